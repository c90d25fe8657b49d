"""Templates of HTML, in which every value is escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template


@cache
def template(package: str, name: str) -> Template:
    """The template `name` of a package here."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files(package).joinpath(f"{name}.html.j2").read_text(encoding="utf-8"))
