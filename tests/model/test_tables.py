"""The tables of sources and of kinds of records: each row whole, each event told in one way, each name in one place."""

from __future__ import annotations

from dataclasses import fields

import pytest

from monitor.config.sources import Sources, SourceTables
from monitor.councils.council import Council
from monitor.model import EVENT_KINDS, KINDS, Kind, Record, Voice
from monitor.model.kinds import PAGE_TOLD
from monitor.model.sources import OFSTED, SOURCES, TELLINGS, RegistryColumn, kind_of, telling, title
from monitor.wording import source_health

COLUMNS = {field.name for field in fields(Council)}


@pytest.mark.parametrize("row", SOURCES.values(), ids=str)
def test_a_row_names_columns_that_the_registry_has(row: object) -> None:
    way = getattr(row, "targets", None)
    if isinstance(way, RegistryColumn):
        assert {way.column, *filter(None, [way.alternatives])} <= COLUMNS
        assert way.each.format("Devon").endswith("Devon")


def test_every_source_has_a_table_in_the_configuration() -> None:
    assert set(Sources.model_fields) == set(SOURCES)
    assert isinstance(Sources.model_validate({}), SourceTables)


def test_a_row_gives_its_schedules() -> None:
    tables = Sources.model_validate({"moderngov": {}, "govuk": {}})
    assert (tables.ofsted.schedule, tables.ofsted.full_schedule) == ("0 7-19 * * mon-fri", "30 3 * * *")
    found = {name: (section.schedule, section.full_schedule) for name, section in tables.enabled().items()}
    assert found["moderngov"] == ("15 6,18 * * mon-fri", "0 4 * * sun")
    assert found["govuk"] == ("40 7-19 * * mon-fri", "0 4 * * sun")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (OFSTED, "Ofsted's reports"),
        ("newsroom", "Councils' news"),
        ("page.press", "press"),
        ("page.Board. North", "Board. North"),
        ("channel a.b", "channel a.b"),
        ("nothing", "nothing"),
    ],
)
def test_a_source_has_one_name_for_people(source: str, name: str) -> None:
    assert (title(source), source_health.name(source)) == (name, name[0].upper() + name[1:])


def test_an_article_is_told_as_its_source_tells_it_and_all_else_by_its_kind() -> None:
    assert telling(Kind.ARTICLE, "press").event == "press.published"
    assert telling(Kind.ARTICLE, "newsroom").voice is Voice.NEWS
    assert telling(Kind.ARTICLE, "page.Board") == telling(Kind.ARTICLE, "unknown") == PAGE_TOLD
    assert telling(Kind.MINUTES, "press").event == "meeting.minutes"


def test_every_telling_is_of_a_kind_of_event_that_channels_can_name() -> None:
    assert set(TELLINGS) <= set(EVENT_KINDS)
    assert len(EVENT_KINDS) == len(set(EVENT_KINDS))
    assert {row.updated for row in KINDS.values() if row.updated} <= set(EVENT_KINDS)


@pytest.mark.parametrize("name", ["reports", "", None, 7, ["report"], "REPORT"])
def test_a_kind_that_is_not_in_the_table_is_named(name: object) -> None:
    with pytest.raises(ValueError, match=r"not one of report, item, "):
        Kind.named(name)


def test_a_kind_is_its_name_in_json() -> None:
    assert [Kind.named(str(kind)) for kind in Kind] == list(Kind)
    assert KINDS[Kind.named("report")] is Kind.REPORT.row


@pytest.mark.parametrize(
    ("kind", "item"), [("item", "k"), ("minutes", "k"), ("document", "7"), ("article", None), ("report", None)]
)
def test_a_record_knows_its_agenda_item(kind: str, item: str | None) -> None:
    assert Record("s", "t", Kind.named(kind), "k", "", "", fields={"item": "7"}).item == item


def test_a_paper_that_names_no_item_is_of_none() -> None:
    assert Record("s", "t", Kind.DOCUMENT, "k", "", "").item is None


def test_the_kind_of_a_page_is_page() -> None:
    assert [kind_of(name) for name in ("page.a.b", OFSTED)] == ["page", OFSTED]
