"""urlwatch 2.29 beside us: the same site's pages with its best filter, from an installation of its own."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.cost import Cost
from benchmarks.place import Place

VERSION = "2.29"
JOB = """\
name: "{urn}"
url: "{base_url}/provider/44/{urn}"
filter:
  - css: "ol.timeline > li"
  - sort: true
"""
CONFIG = "report:\n  stdout:\n    enabled: true\n"
INSTALL_SECONDS = 300


class Urlwatch:
    """urlwatch in a virtual environment of its own, in a folder that is thrown away with the place's."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.folder = place.folder / "urlwatch"
        self.folder.mkdir()

    def install(self) -> str | None:
        """Make the environment; in words why it cannot be made, or None."""
        pip = [str(self.folder / "venv/bin/pip"), "install", "--quiet", f"urlwatch=={VERSION}"]
        try:
            for command in ([sys.executable, "-m", "venv", str(self.folder / "venv")], pip):
                subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
        except subprocess.CalledProcessError as error:
            return str((error.stderr.strip().splitlines() or [error])[-1])
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        self._configure()
        return None

    def _configure(self) -> None:
        jobs = [JOB.format(urn=urn, base_url=self._place.site.base_url) for urn in self._place.urns()]
        (self.folder / "urls.yaml").write_text("---\n".join(jobs), encoding="utf-8")
        (self.folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
        (self.folder / "hooks.py").touch()

    def watch(self) -> Cost:
        """One pass over the pages; the first one only fills its cache."""
        files = [("urls", "urls.yaml"), ("config", "config.yaml"), ("hooks", "hooks.py"), ("cache", "cache.db")]
        words = [word for name, file in files for word in (f"--{name}", str(self.folder / file))]
        return self._place.cost_of([str(self.folder / "venv/bin/urlwatch"), *words], HOME=str(self.folder))
