"""Which council somebody means who writes part of a name: by its beginning, then by a part of it, then by spelling.

"Bath" begins one council's name and "Kingston" those of two; "Maidenhead" is a part of one. Spelling comes last: by
letters alone "Bath" is nearest to "Barnet".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from monitor.councils.names import name_key

COUNTIES = {
    "beds": "bedfordshire", "berks": "berkshire", "bucks": "buckinghamshire", "cambs": "cambridgeshire",
    "derbys": "derbyshire", "glos": "gloucestershire", "hants": "hampshire", "herts": "hertfordshire",
    "lancs": "lancashire", "leics": "leicestershire", "lincs": "lincolnshire", "northants": "northamptonshire",
    "northumb": "northumberland", "notts": "nottinghamshire", "oxon": "oxfordshire", "salop": "shropshire",
    "staffs": "staffordshire", "warks": "warwickshire", "wilts": "wiltshire", "worcs": "worcestershire",
    "yorks": "yorkshire",
}  # fmt: skip
"""The usual short forms of counties, as in postal addresses."""
MIN_LETTERS = 3
"""Fewer letters begin too many names to mean one."""


def spelled_out(key: str) -> str:
    """A key with the short forms of counties in full: "west northants" → "west northamptonshire"."""
    return " ".join(COUNTIES.get(word, word) for word in key.split())


def by_parts(word: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """The councils whose name begins with the word, or else has it as a part. `names` are each council's names, by its
    official one. Whole words go before beginnings of words."""
    key = spelled_out(name_key(word).removeprefix("the "))
    if len(key) < MIN_LETTERS:
        return []
    keys = {official: [name_key(name) for name in known] for official, known in names.items()}
    ways: Iterable[Callable[[str], bool]] = (
        lambda name: name == key,
        lambda name: f"{name} ".startswith(f"{key} "),
        lambda name: f" {key} " in f" {name} ",
        lambda name: name.startswith(key),
        lambda name: f" {key}" in f" {name}",
    )
    found = ([official for official, known in keys.items() if any(map(fits, known))] for fits in ways)
    return next(filter(None, found), [])
