"""The database's shape, one function for each step. `PRAGMA user_version` counts the steps applied.

A step is never edited once released: a database out there has had it. sqlite-utils applies them,
each in a transaction together with its own record, and is imported only when one is due.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from monitor.store.migrations import first_edition, since, troubles
from monitor.store.sqlite import sqlite3

if TYPE_CHECKING:
    from sqlite_utils import Database

SET = "ofsted-watch"
STEPS: tuple[Callable[[Database], None], ...] = (
    first_edition.m001_sources,
    first_edition.m002_records,
    first_edition.m003_outbox,
    first_edition.m004_text,
    first_edition.m005_stories,
    first_edition.m006_threads,
    first_edition.m007_subscriptions,
    first_edition.m008_standing,
    since.m009_pages,
    troubles.m009_troubles,
    since.m010_outbox,
    since.m011_returns,
    since.m012_indexes,
    since.m013_ends,
    since.m014_texts,
    since.m015_words,
)
VERSION = len(STEPS)


def version(connection: sqlite3.Connection) -> int:
    """How many steps this database has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def apply(connection: sqlite3.Connection) -> None:
    """Bring a database up to date. Each step is whole or has not happened."""
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(SET)
    for step in STEPS:
        migrations(name=step.__name__)(step)
    migrations.apply(Database(connection))
    connection.execute(f"PRAGMA user_version = {VERSION}")
