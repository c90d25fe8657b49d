"""Councils that do not exist, for the demonstration: as registry rows, and as a registry file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from monitor.councils.registry import Council


def made_up(name: str, number: int, region: str, la_type: str, body: str) -> Council:
    """A registry row. Its numbers lie outside the ranges in use: URN 809xx, area code E06900xxx."""
    slug = name.lower().replace(" ", "-")
    return Council(
        name=name,
        slug=slug,
        ofsted_urn=str(80900 + number),
        region=region,
        gss_code=f"E06900{number:03d}",
        dfe_la_number=f"{8900 + number}",
        la_type=la_type,
        aliases=(body,),
        website_url=f"https://www.{slug}.example",
    )


FENWICK_VALE = made_up(
    "Fenwick Vale", 1, "North East", "Metropolitan district", "Fenwick Vale Metropolitan Borough Council"
)
PORT_CARROW = made_up("Port Carrow", 2, "South West", "Unitary", "Port Carrow City Council")
HARROWMOOR = made_up(
    "Harrowmoor", 4, "Yorkshire and the Humber", "Metropolitan district", "Harrowmoor Metropolitan Borough Council"
)
WEALDSHIRE = made_up("Wealdshire", 5, "South East", "County", "Wealdshire County Council")

COUNCILS = (FENWICK_VALE, PORT_CARROW, HARROWMOOR, WEALDSHIRE)


def write_registry(path: Path, councils: Iterable[Council] = COUNCILS) -> None:
    """Writes the councils as a CSV file with the registry's columns, lists joined by a bar."""
    columns = [field.name for field in fields(Council)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for council in councils:
            writer.writerow([_cell(getattr(council, column)) for column in columns])


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "|".join(value)
    return "" if value is None else str(value)
