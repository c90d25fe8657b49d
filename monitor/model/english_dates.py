"""How dates are written in England: names of months, patterns to look for them, and a day from its parts. Pure.

Each reader keeps its own places to look; what a month is called and which days there are, it asks here.
"""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FULL_MONTH = "|".join(MONTHS)
"""A month's whole name, inside a group of a longer pattern."""
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
"""A month's name or its abbreviation, inside a longer pattern."""
MONTH_START = "|".join(name[:3] for name in MONTHS)
"""What a month's name begins with, inside a group: sites misspell the rest now and then."""
ORDINAL = r"(?:st|nd|rd|th)?"
"""What may follow the number of a day."""

_NUMBERS = {name[:cut].casefold(): number for number, name in enumerate(MONTHS, 1) for cut in range(3, len(name) + 1)}


def month_number(name: str) -> int:
    """1 to 12, for a month's name or its first three letters or more. Raises ValueError for another word."""
    try:
        return _NUMBERS[name.casefold()]
    except KeyError:
        raise ValueError(f"no month: {name}") from None


def iso(day: str, month: str, year: str | int) -> str | None:
    """The ISO 8601 date of a day whose month is a name or a number; None where there is no such day."""
    try:
        number = int(month) if month.isdigit() else month_number(month)
        return date(int(year), number, int(day)).isoformat()
    except (ValueError, OverflowError):
        return None


def printed(day: date) -> str:
    """ "3 July 2023", whatever the machine's locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
