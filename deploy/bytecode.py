"""Imports every module that the project imports anywhere, also inside functions, so that each gets compiled bytecode.

The Dockerfile uses it to keep the bytecode of these modules only: `bytecode.py monitor notifiers spiders`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path


def imported(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports, and the file's own module."""
    yield ".".join(file.with_suffix("").parts)
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def main(packages: list[str]) -> None:
    """Import them all; an import that fails ends the build."""
    files = [file for package in packages for file in Path(package).rglob("*.py") if file.stem != "__main__"]
    names = {name.removesuffix(".__init__") for file in files for name in imported(file)}
    for name in sorted(names):
        import_module(name)
    sys.stdout.write(f"{len(sys.modules)} modules\n")


if __name__ == "__main__":
    main(sys.argv[1:])
