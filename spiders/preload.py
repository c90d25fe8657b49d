"""What a fork server imports before it forks the first crawl: everything a crawl will need."""

from __future__ import annotations

from importlib import import_module

from spiders.child import PRELOAD

for _name in PRELOAD:
    import_module(_name)
