"""No character that nobody sees comes in with an item of a crawl, however its JSON writes it."""

from __future__ import annotations

import json

import pytest

from monitor.model.characters import harmless_item

CONTROLS = [chr(n) for n in (*range(9), *range(11, 32), 127, 0x85, 0x9F, 0x2028, 0x2029)]


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_a_control_character_is_a_space(control: str, *, ascii_only: bool) -> None:
    line = json.dumps({"title": f"a{control}b"}, ensure_ascii=ascii_only)
    assert harmless_item(json.loads(line), line) == {"title": "a b"}


@pytest.mark.parametrize("ascii_only", [True, False])
def test_an_item_without_any_is_as_it_was(*, ascii_only: bool) -> None:
    raw = {"title": "Ofsted\u2019s report\ton C:\\users", "text": "one\ntwo", "fields": {"day": None}}
    line = json.dumps(raw, ensure_ascii=ascii_only)
    assert harmless_item(json.loads(line), line) == raw
