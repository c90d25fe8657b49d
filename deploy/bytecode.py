"""Import all that the project imports anywhere, also inside functions: what is imported gets its bytecode.

For the Dockerfile, which keeps the bytecode of what runs and of nothing else: `bytecode.py monitor notifiers spiders`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path


def imported(file: Path) -> Iterator[str]:
    """The modules that a file names in an import, and itself."""
    yield ".".join(file.with_suffix("").parts)
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def main(packages: list[str]) -> None:
    """Import it; what cannot be imported ends the build."""
    files = [file for package in packages for file in Path(package).rglob("*.py") if file.stem != "__main__"]
    names = {name.removesuffix(".__init__") for file in files for name in imported(file)}
    for name in sorted(names):
        import_module(name)
    sys.stdout.write(f"{len(sys.modules)} modules\n")


if __name__ == "__main__":
    main(sys.argv[1:])
