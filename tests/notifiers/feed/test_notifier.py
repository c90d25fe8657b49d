"""The feeds as a reader finds them: valid by RFC 4287, stable, bounded, and never half written."""

from __future__ import annotations

import errno
import os
import resource
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from monitor.model import DeliveryError, Event
from monitor.model.addresses import slug
from monitor.model.event import WordingError
from monitor.wording.describe import describe
from notifiers.feed.notifier import FeedNotifier
from tests.notifiers.notifier_samples import CASES, hostile_events, ilacs, make_event, visit

ID = "ab" * 16
BASE = "tag:ofsted-watch,2026:"
NS = {"a": "http://www.w3.org/2005/Atom"}
START = datetime(2025, 5, 1, 6, tzinfo=UTC)
ONCE = {"id", "title", "updated"}
KNOWN = ONCE | {"link", "category", "summary", "content", "author", "generator", "entry"}


def keep(folder: Path, *events: Event) -> Path:
    FeedNotifier(folder=folder, region_of={"80461": "South West"}).send(ID, events)
    return folder


def numbered(count: int, start: int = 0) -> list[Event]:
    """Events an hour apart, each with its own id."""
    hours = range(start, start + count)
    return [
        make_event("news.published", id=f"{n:020x}", title=f"Item {n}", at=(START + timedelta(hours=n)).isoformat())
        for n in hours
    ]


def distinct(events: Sequence[Event]) -> list[Event]:
    return [replace(event, id=f"{n:020x}") for n, event in enumerate(events)]


def parsed(path: Path) -> etree._Element:
    """A feed, checked: what RFC 4287 demands of a feed and its entries (4.1.1, 4.1.2), and nothing unknown."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    assert root.tag == f"{{{NS['a']}}}feed"
    assert root.findtext("a:author/a:name", namespaces=NS)
    entries = root.findall("a:entry", NS)
    for element in (root, *entries):
        names = [etree.QName(child).localname for child in element]
        assert set(names) <= KNOWN
        assert {n for n in names if names.count(n) == 1} >= ONCE
        assert max(names.count(n) for n in ("content", "summary", "generator", "link")) <= 1
        assert urlsplit(text(element, "id")).scheme == "tag"
        moment(element)
    ids = [text(e, "id") for e in entries]
    assert len(set(ids)) == len(ids) > 0
    times = [moment(e) for e in entries]
    assert times == sorted(times, reverse=True)
    assert moment(root) == times[0]
    return root


def text(element: etree._Element, name: str) -> str:
    found = element.findtext(f"a:{name}", namespaces=NS)
    assert found
    return str(found)


def moment(element: etree._Element) -> datetime:
    """A time by RFC 3339, which wants the zone."""
    written = text(element, "updated")
    assert written[10] == "T"
    when = datetime.fromisoformat(written)
    assert when.utcoffset() is not None
    return when


def titles(path: Path) -> list[str]:
    return [text(e, "title") for e in parsed(path).findall("a:entry", NS)]


def failure(folder: Path, *events: Event) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        keep(folder, *(events or [ilacs()]))
    return caught.value


def pages(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# what is in them


def test_feed_is_the_reviewed_one(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    keep(tmp_path, *distinct([ilacs(), visit(at="2025-05-14T09:00:00+01:00"), CASES["source.failing"]]))
    golden("feed_all.atom", (tmp_path / "all.atom").read_text(encoding="utf-8"))


def test_a_feed_says_where_it_is_if_people_reach_it(tmp_path: Path) -> None:
    FeedNotifier(folder=tmp_path, address="https://ofsted.test/feeds/feed").send("m", [visit()])
    link = etree.parse(str(tmp_path / "all.atom")).getroot().find("{http://www.w3.org/2005/Atom}link")
    assert dict(link.attrib) == {
        "rel": "self",
        "type": "application/atom+xml",
        "href": "https://ofsted.test/feeds/feed/all.atom",
    }


def test_an_event_goes_to_all_to_its_council_and_to_its_region(tmp_path: Path) -> None:
    events = distinct(
        [
            ilacs(),
            visit(council="Brent", urn="80999"),
            CASES["govuk.published"],
            replace(CASES["source.failing"], urn="80461", council="Devon"),
        ]
    )
    keep(tmp_path, *(replace(e, urn=None) if e.kind.startswith("govuk") else e for e in events))
    assert {p.name: len(titles(p)) for p in tmp_path.iterdir()} == {
        "all.atom": 4,
        "council-80461.atom": 1,
        "council-80999.atom": 1,
        "region-south-west.atom": 1,
    }
    heads = {p.name: (text(parsed(p), "id"), text(parsed(p), "title")) for p in tmp_path.iterdir()}
    assert heads == {
        "all.atom": (f"{BASE}feed:all", "ofsted-watch: all councils"),
        "council-80461.atom": (f"{BASE}feed:council-80461", "ofsted-watch: Devon"),
        "council-80999.atom": (f"{BASE}feed:council-80999", "ofsted-watch: Brent"),
        "region-south-west.atom": (f"{BASE}feed:region-south-west", "ofsted-watch: South West"),
    }


def test_without_regions_there_are_no_region_feeds(tmp_path: Path) -> None:
    FeedNotifier(folder=str(tmp_path)).send(ID, [ilacs()])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.atom", "council-80461.atom"]


def test_an_entry_is_the_card(tmp_path: Path) -> None:
    event = ilacs(at="2025-05-13T09:02:11.5+01:00")
    (entry,) = parsed(keep(tmp_path, event) / "all.atom").findall("a:entry", NS)
    assert text(entry, "id") == f"{BASE}event:{event.id}"
    assert text(entry, "title") == describe(event).headline
    assert text(entry, "updated") == "2025-05-13T08:02:11.500000+00:00"
    assert text(entry, "summary").startswith("1 judgement improved and 1 judgement declined, 5 things to improve — “")
    link = entry.find("a:link", NS)
    assert (link.get("rel"), link.get("href")) == ("alternate", event.url)
    categories = {c.get("scheme"): (c.get("term"), c.get("label")) for c in entry.findall("a:category", NS)}
    assert categories == {
        f"{BASE}kind": ("report.published", None),
        f"{BASE}severity": ("critical", None),
        f"{BASE}council": ("80461", "Devon"),
    }
    assert entry.find("a:content", NS).get("type") == "html"
    shown = " ".join(BeautifulSoup(text(entry, "content"), "html.parser").get_text().split())
    for said in (str(line) for line in describe(event).lines):
        assert said in shown


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_event_makes_a_valid_feed(tmp_path: Path, name: str) -> None:
    (entry,) = parsed(keep(tmp_path, CASES[name]) / "all.atom").findall("a:entry", NS)
    assert text(entry, "content")


def test_an_event_with_nothing_to_say_still_has_content(tmp_path: Path) -> None:
    bare = make_event("page.changed", title="Test", url=None, council=None, urn=None, published=None)
    (entry,) = parsed(keep(tmp_path, bare) / "all.atom").findall("a:entry", NS)
    assert text(entry, "content") == "<p>Ofsted&#39;s reports: “Test” is new</p>"
    assert entry.find("a:summary", NS) is None


def test_a_renamed_council_has_its_newest_name(tmp_path: Path) -> None:
    old, new = numbered(2)
    keep(tmp_path, replace(new, council="Devon and Torbay"), replace(old, council="Devon"))
    keep(tmp_path, replace(old, council="Devon"))
    assert text(parsed(tmp_path / "council-80461.atom"), "title") == "ofsted-watch: Devon and Torbay"


# hostile texts


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    events = distinct(hostile_events())
    for at in range(0, len(events), 50):
        keep(tmp_path, *events[at : at + 50])
    assert all(p.parent == tmp_path and p.suffix == ".atom" and len(p.name) < 80 for p in tmp_path.rglob("*"))
    for path in tmp_path.iterdir():
        for entry in parsed(path).findall("a:entry", NS):
            page = BeautifulSoup(text(entry, "content"), "html.parser")
            assert {tag.name for tag in page.find_all()} <= {"p", "strong", "ul", "li", "blockquote", "a"}
            assert all(a["href"].startswith("https://") for a in page.find_all("a"))
            assert not [a for tag in page.find_all() for a in tag.attrs if a != "href"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("a ]]> b <![CDATA[ c", "a ]]> b <![CDATA[ c"),
        ("<script>alert(1)</script> &amp; &lt;", "<script>alert(1)</script> &amp; &lt;"),
        ("a\x00b\x0bc\x1b[31md\ufffee\uffff", "a b c [31md e"),
        ("right \u202eto left\u202c \u2066x\u2069", "right to left x"),
        ("<!DOCTYPE x [<!ENTITY y 'z'>]> &y;", "<!DOCTYPE x [<!ENTITY y 'z'>]> &y;"),
        ("\ud800 \U0001f642", "\U0001f642"),
    ],
)
def test_a_hostile_title_is_read_as_it_was_written(tmp_path: Path, title: str, shown: str) -> None:
    event = make_event("page.changed", title=title, council=None, published=None)
    for _ in range(2):  # the second time it is read back
        assert titles(keep(tmp_path, event, *numbered(1)) / "all.atom")[0] == f"Ofsted's reports: “{shown}” is new"


@pytest.mark.parametrize("urn", ["../../etc/x", "/etc/passwd", "..", "a\x00b", "\ud800", "x" * 400, ""])
def test_a_urn_leads_to_no_other_folder(tmp_path: Path, urn: str) -> None:
    FeedNotifier(folder=tmp_path / "feeds", region_of={urn: "../../" + urn}).send(ID, [ilacs(urn=urn)])
    assert [p for p in tmp_path.rglob("*") if p.is_file() and p.parent != tmp_path / "feeds"] == []
    assert slug("Yorkshire and the Humber") == "yorkshire-and-the-humber"


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://a.example/\x00", "x" * 3000])
def test_no_link_but_a_web_address(tmp_path: Path, url: str | None) -> None:
    assert parsed(keep(tmp_path, make_event(url=url)) / "all.atom").find("a:entry/a:link", NS) is None


# merging


def test_sent_again_nothing_changes(tmp_path: Path) -> None:
    events = distinct(list(CASES.values()))
    before = pages(keep(tmp_path, *events))
    times = {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
    keep(tmp_path, *events)
    keep(tmp_path, *reversed(events))
    keep(tmp_path, events[3])
    assert pages(tmp_path) == before
    assert {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()} == times


def test_the_order_of_messages_does_not_matter(tmp_path: Path) -> None:
    events = distinct(list(CASES.values()))
    for event in events:
        keep(tmp_path / "one", event)
    for event in reversed(events):
        keep(tmp_path / "two", event)
    keep(tmp_path / "three", *events, *events)
    assert pages(tmp_path / "one") == pages(tmp_path / "two") == pages(tmp_path / "three")


def test_the_newest_200_are_kept(tmp_path: Path) -> None:
    keep(tmp_path, *numbered(150))
    keep(tmp_path, *numbered(100, start=150))
    expected = [f"Item {n}" for n in range(249, 49, -1)]
    assert [t.partition("“")[2].partition("”")[0] for t in titles(tmp_path / "all.atom")] == expected
    before = pages(tmp_path)
    keep(tmp_path, *numbered(10))
    assert pages(tmp_path) == before


def test_no_events_no_files(tmp_path: Path) -> None:
    assert pages(keep(tmp_path)) == {}


@pytest.mark.parametrize("at", ["some day", "", "0001-01-01T00:00:00+14:00"])
def test_an_event_without_a_time_is_refused(tmp_path: Path, at: str) -> None:
    error = failure(tmp_path, make_event(id="2e", at=at))
    assert error.permanent
    assert str(error).startswith("event 2e has no time: ")
    with pytest.raises(WordingError) as caught:
        keep(tmp_path, ilacs(), make_event(id="2e", at=at))
    assert caught.value.events == ("2e",)
    assert pages(tmp_path) == {}


def test_a_time_without_zone_is_utc(tmp_path: Path) -> None:
    keep(tmp_path, make_event(at="2025-05-13T08:02:11"))
    assert moment(parsed(tmp_path / "all.atom")) == datetime(2025, 5, 13, 8, 2, 11, tzinfo=UTC)


# files that cannot be read back


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "damaged: no element found"),
        (b"<feed", "damaged"),
        (b"\xff\xfe\x00", "can't decode byte 0xff"),
        (b"<html/>", f"not the feed {BASE}feed:council-80461"),
        (b'<!DOCTYPE feed [<!ENTITY a "b">]><feed>&a;</feed>', "DOCTYPE"),
        ("<!DOCTYPE feed><feed/>".encode("utf-16-le"), "NUL"),
        (f"<feed xmlns='{NS['a']}'><id>{BASE}feed:all</id></feed>".encode(), "not the feed"),
        (f"<feed xmlns='{NS['a']}'><title/></feed>".encode(), "no id"),
        (b"%s<entry><title/></entry></feed>", "no id"),
        (b"%s<entry><id>x</id></entry></feed>", "Invalid isoformat string"),
        (b"%s<entry><id>x</id><updated>2025-05-13T08:00:00</updated></entry></feed>", "no zone"),
    ],
)
def test_a_file_that_cannot_be_read_back_is_left(tmp_path: Path, content: bytes, reason: str) -> None:
    opening = f"<feed xmlns='{NS['a']}'><id>{BASE}feed:council-80461</id>".encode()
    (tmp_path / "council-80461.atom").write_bytes(content.replace(b"%s", opening))
    before = pages(tmp_path)
    error = failure(tmp_path)
    assert not error.permanent
    assert str(error).startswith(f"cannot read {tmp_path}/council-80461.atom back, mend it or move it away: ")
    assert reason in str(error)
    assert pages(tmp_path) == before  # nor was all.atom written
    (tmp_path / "council-80461.atom").unlink()
    assert len(pages(keep(tmp_path, ilacs()))) == 3


def test_every_cut_file_is_noticed(tmp_path: Path) -> None:
    whole = (keep(tmp_path, ilacs()) / "all.atom").read_bytes()
    for end in range(0, len(whole.rstrip()), 97):
        (tmp_path / "all.atom").write_bytes(whole[:end])
        assert not failure(tmp_path).permanent


# the disk


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    old, new = numbered(2)
    before = pages(keep(tmp_path, old))
    with small_disk(len(before["all.atom"]) + 100):
        error = failure(tmp_path, new)
    assert not error.permanent
    assert str(error) == f"cannot write {tmp_path}/all.atom: {os.strerror(errno.EFBIG)}"
    assert pages(tmp_path) == before
    keep(tmp_path, new)
    assert len(titles(tmp_path / "council-80461.atom")) == 2


def test_a_file_appears_only_by_replacing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = numbered(2)
    before = pages(keep(tmp_path, old))

    def refuse(source: Path, target: Path) -> None:
        assert Path(source).parent == Path(target).parent
        assert len(titles(source)) == 2, "it is whole before it has the name"
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "replace", refuse)
    assert str(failure(tmp_path, new)) == f"cannot write {tmp_path}/all.atom: {os.strerror(errno.EROFS)}"
    assert pages(tmp_path) == before


def test_what_a_killed_process_left_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".all.atom.new").write_bytes(b"<feed")
    keep(tmp_path, ilacs())
    assert sorted(pages(tmp_path)) == ["all.atom", "council-80461.atom", "region-south-west.atom"]


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way")
    error = failure(tmp_path / place)
    assert (error.permanent, error.maybe_sent) == (False, False)
    assert f"{place}/all.atom: {os.strerror(errno.ENOTDIR)}" in str(error)


def test_a_web_server_may_read_the_files(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        keep(tmp_path / "new" / "feeds", ilacs())
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new" / "feeds" / "all.atom").stat().st_mode) == 0o644
