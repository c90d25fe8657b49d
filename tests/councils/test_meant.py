"""A council is found by the beginning of its name, by a part of it, by a county's short form; spelling comes last."""

from __future__ import annotations

import pytest

from monitor.councils.registry import Registry, UnknownCouncil

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Bath", "Bath and North East Somerset"),
        ("windsor", "Windsor and Maidenhead"),
        ("Maidenhead", "Windsor and Maidenhead"),
        ("Richmond", "Richmond upon Thames"),
        ("Kensington", "Kensington and Chelsea"),
        ("Wight", "Isle of Wight"),
        ("Stoke", "Stoke-on-Trent"),
        ("the wirral", "Wirral"),
        ("Herts", "Hertfordshire"),
        ("North Yorks", "North Yorkshire"),
        ("Cornwal", "Cornwall"),
        ("York", "York"),
        ("Devon", "Devon"),
    ],
)
def test_words_that_mean_one_council_find_it(words: str, name: str) -> None:
    assert REGISTRY.find(words).name == name


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Kingston", ["Kingston upon Hull", "Kingston upon Thames"]),
        ("Northants", ["North Northamptonshire", "West Northamptonshire"]),
        ("Sussex", ["East Sussex", "West Sussex"]),
        ("Cheshire", ["Cheshire East", "Cheshire West and Chester"]),
        ("Devn", ["Devon"]),
        ("xyzzy", []),
    ],
)
def test_words_that_may_mean_several_or_are_misspelt_name_those(words: str, meant: list[str]) -> None:
    with pytest.raises(UnknownCouncil) as unknown:
        REGISTRY.find(words)
    assert sorted(unknown.value.nearest) == meant


def test_a_configuration_wants_the_name_and_is_told_it() -> None:
    """A name in a file holds for years: it is not to change its meaning with a new council."""
    with pytest.raises(UnknownCouncil, match='did you mean "Bath and North East Somerset"'):
        REGISTRY.get("Bath")


def test_of_many_the_first_are_named() -> None:
    with pytest.raises(UnknownCouncil, match=r"\(or one of \d+ more\)"):
        REGISTRY.find("London")
