"""What a crawl inside `run` need not do again: its fork server has loaded all that a child imports."""

from __future__ import annotations

import subprocess
import sys

from monitor.crawl.forked import CHILD, PRELOAD

IMPORTS = """
import sys
from importlib import import_module
for name in sys.argv[1].split():
    import_module(name)
before = set(sys.modules)
for name in sys.argv[2].split():
    import_module(name)
print(*sorted(set(sys.modules) - before))
"""


def test_a_child_imports_nothing_that_the_fork_server_has_not() -> None:
    """The child unpickles a function of `forked` with its job, runs the console script, and then the spiders' child."""
    needed = ["monitor.crawl.forked", "monitor.cli", CHILD.partition(":")[0], "spiders.ofsted.spider", "aiohttp"]
    command = [sys.executable, "-c", IMPORTS, " ".join(PRELOAD), " ".join(needed)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == []
