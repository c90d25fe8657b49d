"""Addresses of the site's pages: what people keep, and what must not lead out of a folder."""

from __future__ import annotations

import pytest

from monitor.model.addresses import council_page, letter_page, page, safe_id

HOME = "https://ofsted.example.org"


def test_addresses_are_below_the_sites_own_and_end_with_a_slash() -> None:
    assert council_page(HOME, "bath-and-north-east-somerset") == f"{HOME}/councils/bath-and-north-east-somerset/"
    assert letter_page(HOME, "50276411") == f"{HOME}/letters/50276411/"
    assert letter_page(HOME, "50276411", 7) == f"{HOME}/letters/50276411/#page-7"
    assert page(HOME) == f"{HOME}/"


def test_without_an_address_they_begin_at_the_root() -> None:
    assert (page(""), page("", "moves"), letter_page("", "7", 2)) == ("/", "/moves/", "/letters/7/#page-2")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a/b", "<script>", "a" * 65, ".", "-x", "\ud800", "a b"])
def test_a_name_that_is_none_of_ours_becomes_a_digest(name: str) -> None:
    assert safe_id(name).isalnum()
    assert len(safe_id(name)) == 21
    assert safe_id(name) != safe_id(name + "x")
