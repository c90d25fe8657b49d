"""A configuration from its text."""

from __future__ import annotations

from pathlib import Path

from monitor.config.file import Config, load


def configured(folder: Path, text: str = "") -> Config:
    """Write the text as the configuration of a folder, and load it."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)
