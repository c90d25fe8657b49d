"""Any page and selector: entries by their keys, text without what is noise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from werkzeug import Request, Response

from monitor.model import Target
from spiders.http.paragraphs import paragraphs_of
from spiders.page.noise import Noise, gapped, without_today
from spiders.page.parts import entries_of, text_of
from tests.spiders.conftest import Replica
from tests.spiders.crawling import Crawled, crawl
from tests.spiders.windows import Room, again, job_of

DAY = date(2024, 5, 15)
NEWS = "The council has published its improvement plan."


@pytest.fixture
def look(room: Room, tmp_path: Path) -> Callable[..., Crawled]:
    def _look(target: Target, today: str = "2024-05-15", **changes: Any) -> Crawled:
        return crawl(job_of("page.plan", room.url, target, today=today, **changes), tmp_path)

    return _look


def watched(room: Room, **options: Any) -> Target:
    return Target("plan", "Improvement plan", room.url + "/plan", options={"selector": "main", **options})


def html(*paragraphs: str) -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f"<html><head><title>Plan</title></head><body><nav>Menu</nav><main>{body}</main></body></html>"


def answers(room: Room, *pages: Callable[[int], str]) -> None:
    """The page, made anew for each request."""
    numbers = count(1)

    def _answer(_: Request) -> Response:
        return Response(pages[0](next(numbers)), mimetype="text/html")

    room.answers["/plan"] = _answer


def text(seen: Crawled) -> str:
    [record] = seen.records("plan")
    return str(record.fields["text"])


def test_a_part_of_a_page_is_one_record_by_paragraphs(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html("Our\u00a0plan  of\n May", "<b>Two</b> words", "<script>x</script>"))
    seen = look(watched(room))
    [record] = seen.records("plan")
    assert (record.source, record.kind, record.key, record.title) == ("page.plan", "page", "page", "Improvement plan")
    assert (text(seen), record.url) == ("Our plan of May\nTwo words", room.url + "/plan")
    assert room.paths() == ["/plan", "/plan"]
    assert look(again(watched(room), seen)).poll("plan").outcome == "unchanged"
    assert room.paths() == ["/plan"]


def test_a_rewritten_page_is_seen_and_its_noise_is_not(room: Room, look: Callable[..., Crawled]) -> None:
    def page(number: int, news: str = NEWS) -> str:
        return html(
            news, f"Page viewed {number} times", f"Token {number * 7919}", "Updated 3 minutes ago", "End of page"
        )

    answers(room, page)
    seen = look(watched(room))
    assert text(seen) == f"{NEWS}\nPage viewed … times\nToken …\nUpdated … ago\nEnd of page"
    target = again(watched(room), seen)
    for _ in range(3):
        seen = look(target)
        assert (seen.poll("plan").outcome, seen.records("plan")) == ("unchanged", [])
        target = again(target, seen)
    answers(room, lambda n: page(n, "The plan was withdrawn."))
    later = look(target)
    assert text(later).startswith("The plan was withdrawn.\nPage viewed … times")


def test_a_box_that_rotates_is_no_news(room: Room, look: Callable[..., Crawled]) -> None:
    random = Random(5)
    boxes = [f"Story number {word}" for word in ("alpha", "beta", "gamma", "delta", "zeta", "eta", "theta")]
    answers(room, lambda _: html(NEWS, *random.sample(boxes, 3), "End"))
    seen = look(watched(room))
    target, outcomes = again(watched(room), seen), []
    for _ in range(6):
        seen = look(target)
        outcomes.append(seen.poll("plan").outcome)
        target = again(target, seen)
    assert outcomes == ["unchanged"] * 6


def test_todays_date_is_no_news_and_another_date_is(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html("Wednesday 15 May 2024, 10:31", "Published 3 May 2024", NEWS))
    seen = look(watched(room), "2024-05-15")
    target = again(watched(room), seen)
    for today, said in (("2024-05-16", "Thursday 16 May 2024, 09:07"), ("2024-05-20", "Monday 20 May 2024, 14:00")):
        room.says("/plan", html(said, "Published 3 May 2024", NEWS))
        seen = look(target, today)
        assert (seen.poll("plan").outcome, seen.poll("plan").requests) == ("unchanged", 1)
        target = again(target, seen)
    room.says("/plan", html("Tuesday 21 May 2024, 14:00", "Published 21 May 2024", NEWS))
    assert "Published 21 May 2024" in text(look(target, "2024-05-21"))


def test_a_news_items_date_of_today_stays_quiet_tomorrow(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html("Published 15 May 2024", NEWS))
    target = again(watched(room), look(watched(room), "2024-05-15"))
    assert look(target, "2024-05-16").poll("plan").outcome == "unchanged"


@pytest.mark.parametrize(
    ("options", "body", "detail"),
    [
        ({"selector": ".plan"}, html(NEWS), "nothing on the page matches the selector '.plan': it was rebuilt"),
        ({}, html(""), "what the selector 'main' finds holds no text"),
        ({"items": "li", "key": "a::attr(href)"}, html(NEWS), "no item matches 'li' in 'main': the page was rebuilt"),
        ({"items": "p", "key": "a::attr(href)"}, html(NEWS), "of 1 item none has a key by 'a::attr(href)': "
         "the page was rebuilt"),
        ({"selector": "main["}, html(NEWS), "'main[' is no CSS selector"),
    ],
)  # fmt: skip
def test_what_is_not_found_is_never_empty(
    room: Room, look: Callable[..., Crawled], options: dict[str, str], body: str, detail: str
) -> None:
    room.says("/plan", body)
    poll = look(watched(room, **options)).poll("plan")
    assert (poll.outcome, (poll.detail or "").startswith(detail)) == ("invalid", True), poll.detail


def entries(*names: str) -> str:
    items = "".join(
        f'<li><a href="/plan/{name}?utm_source=x">{name}</a> <time datetime="2024-05-0{n}">May</time></li>'
        for n, name in enumerate(names, 1)
    )
    return f"<html><body><main><ul>{items}<li>No link</li></ul></main></body></html>"


def test_entries_are_records_by_their_keys_in_any_order(room: Room, look: Callable[..., Crawled]) -> None:
    target = watched(room, items="li", key="a::attr(href)")
    room.says("/plan", entries("one", "two"))
    seen = look(target)
    first = {record.key: record for record in seen.records("plan")}
    assert [key.rpartition("/")[2] for key in first] == ["one", "two"]
    one = next(iter(first.values()))
    assert (one.kind, one.title, one.published, one.url) == ("entry", "one", "2024-05-01", room.url + "/plan/one")
    assert seen.poll("plan").detail == "1 item without a key was left out"
    assert look(again(target, seen)).poll("plan").outcome == "unchanged"
    room.says("/plan", entries("two", "three", "one").replace("2024-05-01", "2024-05-02"))
    later = {record.key for record in look(again(target, seen)).records("plan")}
    assert {key.rpartition("/")[2] for key in later - set(first)} == {"three"}


def test_words_can_be_the_key(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", entries("one", "one", "two"))
    seen = look(watched(room, items="li", key="a::text"))
    assert [record.key for record in seen.records("plan")] == ["one", "two"]


def test_a_page_that_says_so_itself_is_unchanged(room: Room, look: Callable[..., Crawled]) -> None:
    def answer(request: Request) -> Response:
        same = request.headers.get("If-None-Match") == '"7"'
        return Response("" if same else html(NEWS), 304 if same else 200, mimetype="text/html", headers={"ETag": '"7"'})

    room.answers["/plan"] = answer
    target = again(watched(room), look(watched(room)))
    poll = look(target).poll("plan")
    assert (poll.outcome, poll.bytes, poll.cursor) == ("unchanged", 0, target.cursor)
    assert look(target, sweep=True).poll("plan").outcome == "ok"


def test_the_same_bytes_are_not_read_again_but_another_part_of_them_is(
    room: Room, look: Callable[..., Crawled]
) -> None:
    room.says("/plan", html(NEWS, "<b>Two</b> words"))
    seen = look(watched(room))
    known = json.loads(seen.poll("plan").cursor or "")
    target = again(watched(room), seen)
    assert look(target).poll("plan").outcome == "unchanged"
    assert room.paths() == ["/plan", "/plan", "/plan"]
    other = again(watched(room, selector="main b"), seen)
    assert text(look(other)) == "Two"
    lost = replace(target, cursor=json.dumps(known | {"digest": "another"}))
    assert look(lost).poll("plan").outcome == "unchanged"
    room.says("/plan", html(NEWS, "<b>Two</b> other words"))
    assert "Two other words" in text(look(target))


def test_what_two_paragraphs_have_in_common() -> None:
    assert gapped("Read 12 times", "Read 1,304 times") == "Read … times"
    assert gapped("Your session id is a81 until noon", "Your session id is b77 until noon") == (
        "Your session id is … until noon"
    )
    assert gapped("Have your say", "Become a foster carer") is None
    assert gapped("one", "one two three") is None


def test_noise_does_not_hide_a_paragraph_that_is_only_like_it() -> None:
    noise = Noise()
    assert noise.learn(["Read 1 times", "Box A"], ["Read 2 times", "Box B"])
    lines = ["Read 99 times", "Read the plan", "Box A", "Box C", NEWS]
    assert noise.without(lines, DAY) == ["Read … times", "Read the plan", "Box C", NEWS]


@pytest.mark.parametrize(
    "written", ["15 May 2024", "Wed 15th May 2024", "May 15, 2024", "15/05/2024", "2024-05-15", "14 May 2024"]
)
def test_a_date_of_today_is_known_however_it_is_written(written: str) -> None:
    assert without_today(f"As of {written} at 10:31 am", DAY) == "As of … at …"
    assert without_today("As of 15 June 2024", DAY) == "As of 15 June 2024"


FAULTS = {
    "403": "blocked", "500": "error", "reset": "error", "truncate": "error", "challenge200": "blocked",
    "empty200": "invalid", "garbage": "invalid", "not_modified_always": "invalid", "redirect_loop": "error",
    "redirect_private": "invalid", "huge": "invalid", "withdraw": "missing", "layout_change": "ok",
}  # fmt: skip


@pytest.mark.corpus
def test_every_fault_of_the_replica_at_a_page(replica: Replica, tmp_path: Path) -> None:
    slugs = ("devon", "kent", "essex", "surrey", "dorset", "luton", "derby", "leeds", "bury", "barnet", "brent",
             "camden", "croydon", "bexley")  # fmt: skip
    options = {"selector": "main ul", "items": "li", "key": "a::attr(href)"}
    targets = [Target(slug, slug, f"{replica.address}/news/{slug}/", options=options) for slug in slugs]
    for (kind, _), slug in zip(FAULTS.items(), slugs, strict=False):
        replica.fault(f"/news/{slug}/$", kind)
    seen = crawl(job_of("page.rooms", replica.address, *targets), tmp_path)
    assert {slug: seen.poll(slug).outcome for slug in slugs} == {**dict(zip(slugs, FAULTS.values(), strict=False)),
                                                                 "bexley": "ok"}  # fmt: skip
    assert {slug for slug in slugs if seen.records(slug)} == {"croydon", "bexley"}
    assert seen.connected == {"127.0.0.1"}


@pytest.mark.corpus
def test_the_noise_of_a_real_layout_is_learnt(replica: Replica, tmp_path: Path) -> None:
    path = "/news/devon/2023/05/25/ofsted-report-on-our-childrens-services/"
    target = Target("a", "A", replica.address + path, options={"selector": "main"})
    seen = crawl(job_of("page.a", replica.address, target), tmp_path)
    [record] = seen.records("a")
    assert "… views" in record.fields["text"]
    assert "there is optimism in our teams" in record.fields["text"]
    outcomes = []
    for _ in range(4):
        target = again(target, seen)
        seen = crawl(job_of("page.a", replica.address, target), tmp_path)
        outcomes.append(seen.poll("a").outcome)
    assert outcomes == ["unchanged"] * 4


def graded(*grades: str, extra: str = "", prefix: str = "/r/") -> str:
    items = "".join(
        f'<li><a href="{prefix}{n}">Report {n}</a><p>Overall: {grade}</p>{extra}</li>' for n, grade in enumerate(grades)
    )
    return f"<html><body><main><ul>{items}</ul></main></body></html>"


LIST = {"items": "li", "key": "a::attr(href)"}


def test_the_words_of_an_entry_are_told_by_its_fields(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", graded("Good", "Inadequate"))
    seen = look(watched(room, **LIST))
    assert [r.fields["text"] for r in seen.records("plan")] == [
        "Report 0\nOverall: Good",
        "Report 1\nOverall: Inadequate",
    ]
    room.says("/plan", graded("Good", "Good"))
    later = look(again(watched(room, **LIST), seen))
    assert [r.fields["text"] for r in later.records("plan")] == ["Report 0\nOverall: Good", "Report 1\nOverall: Good"]
    assert [r.key for r in later.records("plan")] == [r.key for r in seen.records("plan")]


def test_the_noise_of_entries_is_learnt(room: Room, look: Callable[..., Crawled]) -> None:
    def noisy(n: int, *grades: str) -> str:
        extra = f"<p>{n * 3} downloads</p><p>Token {n * 7919}</p><p>{n} days ago</p>"
        return graded(*grades, extra=extra)

    answers(room, lambda n: noisy(n, "Good", "Inadequate"))
    seen = look(watched(room, **LIST))
    first = {r.key: r.fields["text"] for r in seen.records("plan")}
    assert next(iter(first.values())) == "Report 0\nOverall: Good\n… downloads\nToken …\n… ago"
    target = again(watched(room, **LIST), seen)
    assert look(target).poll("plan").outcome == "unchanged"
    answers(room, lambda n: noisy(n, "Outstanding", "Inadequate"))
    later = {r.key: r.fields["text"] for r in look(target).records("plan")}
    assert [key.rpartition("/")[2] for key in first if first[key] != later[key]] == ["0"]


def test_the_date_of_today_in_an_entry_is_no_news(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", graded("Good", extra="<p>As of 15 May 2024</p><p>Published 3 May 2024</p>"))
    target = again(watched(room, **LIST), look(watched(room, **LIST), "2024-05-15"))
    room.says("/plan", graded("Good", extra="<p>As of 16 May 2024</p><p>Published 3 May 2024</p>"))
    assert look(target, "2024-05-16").poll("plan").outcome == "unchanged"


def links(*pairs: tuple[str, str], base: str = "") -> str:
    items = "".join(f'<li><a href="{href}">{words}</a></li>' for href, words in pairs)
    return f"<html><head>{base}</head><body><main><ul>{items}</ul></main></body></html>"


@pytest.mark.parametrize(
    ("base", "href", "path"),
    [
        ("<base href='/en/'>", "one", "/en/one"),
        ("<base href='en/'>", "one", "/en/one"),
        ("<base href='/en/'><base href='/cy/'>", "one", "/en/one"),
        ("", "one", "/one"),
        ("", "//{host}/one", "/one"),
        ("<base href='mailto:x@a.uk'>", "one", "/one"),
    ],
)
def test_an_entrys_address_counts_from_the_pages_base(
    base: str, href: str, path: str, room: Room, look: Callable[..., Crawled]
) -> None:
    room.says("/plan", links((href.format(host=room.url.removeprefix("http://")), "One"), base=base))
    [record] = look(watched(room, **LIST)).records("plan")
    assert record.url == room.url + path
    assert record.key == room.url.replace("http:", "https:") + path


@pytest.mark.parametrize(
    "query",
    ["?X-Amz-Signature={n}&X-Amz-Date={n}", ";jsessionid={n}A", "?Expires={n}&Signature=s{n}", "?PHPSESSID=a{n}",
     "?sv=1&sig={n}", "?utm_source={n}", "?token=t{n}", "?_={n}"],
)  # fmt: skip
def test_a_key_has_no_session_and_no_signature(query: str, room: Room, look: Callable[..., Crawled]) -> None:
    titles = ("Minutes of June", "Minutes of July", "Plan")
    answers(room, lambda n: links(*[(f"/doc/{t[-1]}{query.format(n=n)}", t) for t in titles]))
    seen = look(watched(room, **LIST))
    assert len(seen.records("plan")) == 3
    assert look(again(watched(room, **LIST), seen)).poll("plan").outcome == "unchanged"


def test_what_alone_tells_two_entries_apart_is_in_their_keys(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", links(("/get?token=a", "June"), ("/get?token=b", "July"), ("/p#x1", "X"), ("/p#x2", "Y")))
    keys = [record.key for record in look(watched(room, **LIST)).records("plan")]
    place = room.url.replace("http:", "https:")
    assert keys == [f"{place}{rest}" for rest in ("/get?token=a", "/get?token=b", "/p#x1", "/p#x2")]


def test_the_end_of_deep_markup_is_seen(room: Room, look: Callable[..., Crawled]) -> None:
    def deep(count: int) -> str:
        return html("".join(f"<span><b>Entry {n}." for n in range(count)) + "<p>The tail.</p>")

    room.says("/plan", deep(100))
    target = again(watched(room), look(watched(room)))
    room.says("/plan", deep(160))
    seen = look(target)
    assert text(seen).endswith("Entry 159.\nThe tail.")
    room.says("/plan", deep(2000))
    assert text(look(again(target, seen))).endswith("Entry 1999.\nThe tail.")


@pytest.mark.parametrize("label", ["utf8mb4", "none", "x-sbcs", "utf-8"])
def test_a_label_that_is_none_refuses_no_page(label: str, room: Room, look: Callable[..., Crawled]) -> None:
    body = html("The board\u2019s plan").encode()
    room.answers["/plan"] = lambda _: Response(body, content_type=f"text/html; charset={label}")
    seen = look(watched(room))
    assert text(seen) == "The board\u2019s plan"
    assert (seen.poll("plan").detail is None) == (label == "utf-8")


def test_a_refusal_shows_how_the_page_begins(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html("Maintenance. " * 40))
    detail = look(watched(room, selector=".plan")).poll("plan").detail or ""
    assert detail.startswith("nothing on the page matches the selector '.plan': it was rebuilt; it begins \"Menu Maint")
    assert len(detail) < 300


def test_a_list_beyond_all_measure_is_cut_and_that_is_said(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", links(*((f"/doc/{n}", f"Paper {n}") for n in range(1200))))
    seen = look(watched(room, **LIST))
    assert len(seen.records("plan")) == 500
    assert seen.poll("plan").detail == "of 1200 entries the first 500 were read"


@pytest.mark.parametrize("other", [("Mae'r bwrdd yn cyfarfod yn fisol.", "Cyhoeddwyd y cynllun."), ("Our plan",)])
def test_a_page_of_which_nothing_is_left_is_believed_when_it_comes_again(
    other: tuple[str, ...], room: Room, look: Callable[..., Crawled]
) -> None:
    full = html("Our plan", "The board meets monthly.", NEWS)
    room.says("/plan", full)
    target = again(watched(room), look(watched(room)))
    room.says("/plan", html(*other))
    seen = look(target)
    assert (seen.records("plan"), seen.poll("plan").outcome) == ([], "invalid")
    assert "nothing is left of what the page said" in (seen.poll("plan").detail or "")
    held = replace(target, cursor=seen.poll("plan").cursor)
    assert text(look(held)) == "\n".join(other)
    room.says("/plan", full)
    back = look(held)
    assert back.poll("plan").outcome == "unchanged"
    room.says("/plan", html(*other))
    assert look(replace(held, cursor=back.poll("plan").cursor)).poll("plan").outcome == "invalid"


def test_a_page_that_keeps_one_paragraph_is_changed_at_once(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html("The board meets monthly.", NEWS))
    target = again(watched(room), look(watched(room)))
    room.says("/plan", html("The board meets monthly.", "Ofsted has judged the services."))
    assert "Ofsted has judged" in text(look(target))


def test_another_part_of_a_page_is_no_wall_in_its_place(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html("The board meets monthly.", NEWS))
    target = again(watched(room), look(watched(room)))
    assert text(look(replace(target, options={"selector": "nav"}))) == "Menu"


def test_a_page_that_leads_to_the_home_page_is_missing(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html("The board meets monthly.", NEWS))
    target = again(watched(room), look(watched(room)))
    room.answers["/plan"] = lambda _: Response(status=302, headers={"Location": room.url + "/"})
    room.says("/", html("The board meets monthly.", "Pay your council tax."))
    poll = look(target).poll("plan")
    assert (poll.outcome, poll.detail) == ("missing", "the site led to its home page (/) instead")


COMES_AND_GOES = [
    '<div id="cookie-banner"><p>We use cookies.</p><a href="/c">More</a></div>',
    '<div class="govuk-cookie-banner" aria-label="Cookies on X"><h2>Cookies on X</h2><p>Essential ones.</p></div>',
    '<div id="onetrust-consent-sdk"><div><p>This site uses cookies.</p></div></div>',
    '<div id="ccc"><p>This site uses cookies to store information.</p></div>',
    '<div role="dialog"><h2>We value your privacy</h2><button>Accept</button></div>',
    '<div role="alertdialog"><p>May we set a cookie?</p></div>',
    "<dialog open><p>We use cookies.</p></dialog>",
    "<p>Visitors: 1,234</p>",
    "<p>You are visitor number 12,345</p>",
    "<ul><li>12 people are viewing this page</li></ul>",
    "<p>1,234 page views</p>",
    "<p>Last checked: 10:32</p>",
    "<p>Last checked on Tuesday 3rd March 2026, 10:32am</p>",
    "<p>Page generated in 0.031 seconds</p>",
]


@pytest.mark.parametrize("note", COMES_AND_GOES)
def test_what_comes_and_goes_by_the_reader_is_none_of_the_pages_words(note: str) -> None:
    assert text_of(html(NEWS, f"Before</p>{note}<p>After"), {}) == text_of(html(NEWS, "Before</p><p>After"), {})
    listed = f"<main><ul class='x'><li><a href='/a'>A plan</a>{note}</li></ul></main>"
    ((entry,), _) = entries_of(listed, "https://x.test/", {"items": ".x > li"})
    assert entry.lines == ("A plan",)


OF_THE_COUNCIL = [
    '<div class="cookie-banner-open"><p>Ofsted judged our services good.</p></div>',
    '<div class="page cookie-banner-open"><div class="cookie-banner">We use cookies</div><p>Our plan of May.</p></div>',
    '<div role="dialog" aria-modal="true"><h2>Parental consent</h2><p>We need your consent to share a plan.</p></div>',
    '<div class="accordion"><p>Cookies and cake at the family hub.</p></div>',
    '<h3 id="cookie-settings">Cookie settings</h3>',
    '<section id="cookies"><p>How the council uses cookies.</p></section>',
    '<div aria-live="polite"><h2>Improvement plan</h2><p>Ofsted came in May.</p></div>',
    '<div aria-live="polite">Ofsted judged our services inadequate.</div>',
    '<p role="status">The inspection report is out.</p>',
    '<p role="alert">Ofsted judged us inadequate.</p>',
    "<p>1,200 visits to children in care</p>",
    "<p>Last inspected: 3 May 2026</p>",
    "<p>Last updated 3 May 2026</p>",
    "<p>Time: 10:00 on 3 May 2026</p>",
    "<p>12 people</p>",
]


@pytest.mark.parametrize("words", OF_THE_COUNCIL)
def test_the_councils_own_words_stay(words: str) -> None:
    own = [line for line in paragraphs_of(words) if "We use cookies" not in line]
    assert text_of(html(NEWS, f"Before</p>{words}<p>After"), {"selector": "main"}) == [NEWS, "Before", *own, "After"]


def test_a_cookie_note_that_comes_and_goes_is_no_news(room: Room, look: Callable[..., Crawled]) -> None:
    room.says("/plan", html(NEWS, "End"))
    target = again(watched(room), look(watched(room)))
    for note in (COMES_AND_GOES[0], "<p>Visitors: 1,234</p>", ""):
        room.says("/plan", html(NEWS, f"End</p>{note}<p>"))
        seen = look(target)
        assert seen.poll("plan").outcome == "unchanged"
        target = again(target, seen)


def test_who_watches_a_counter_sees_it() -> None:
    assert text_of("<p>Visitors: 1,234</p>", {}) == ["Visitors: 1,234"]
