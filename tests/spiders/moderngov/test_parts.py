"""The parts of the committee spiders by themselves: texts, feeds, XML, marks, names, days and turns."""

from __future__ import annotations

import asyncio

import pytest
from scrapy.http import Response

from spiders.committees.memory import CommitteeMemory, Held, read_memory, write_memory
from spiders.committees.names import matters
from spiders.committees.span import date_span
from spiders.committees.word_text import may_hold, paragraphs, plain_title
from spiders.http.errors import PageError
from spiders.http.vendors import HostLimiter, VendorLimiter, vendor_of
from spiders.http.xml import xml_root
from spiders.moderngov.feed import Entry, digest, entries, news
from spiders.moderngov.printed import printed
from spiders.moderngov.service import listed_meetings, live_committees, read_meeting
from spiders.moderngov.site import Site, folder

URL = "https://democracy.example.gov.uk/mgWebService.asmx/GetMeeting?lMeetingId=7"
BOM = b"\xef\xbb\xbf"
WORD = """<div class="WordSection1"><p class="MsoNormal" style="text-align:justify">(Councillors A Leadbetter and
J&nbsp;Bailey attended)</p>
<p class="MsoNormal">&nbsp;</p>
<p class="MsoNormal">·&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; Professional <b>curi</b>osity.<o:p></o:p></p>
<p class="MsoListParagraph"><![if !supportLists]><span>·<span>&nbsp;&nbsp;</span></span><![endif]>The
front door</p>
<!-- [if gte mso 9]><xml>noise</xml><![endif] --><style>p {}</style>
<table><tr><td>Help</td><td>good</td></tr><tr><td>Care</td><td>to<br>improve</td></tr></table>
RESOLVED<ul><li>(a) that it be noted;</li><li>(b) thanks</li></ul></div>"""


def answer(body: bytes, status: int = 200, url: str = URL) -> Response:
    return Response(url, status=status, body=body)


def xml(body: str) -> object:
    return xml_root(answer(body.encode()), ("rss", "feed", "meeting", "getmeetings", "getcommittees", "committees"))


def test_only_tags_end_a_paragraph() -> None:
    assert paragraphs(WORD).split("\n") == [
        "(Councillors A Leadbetter and J Bailey attended)",
        "· Professional curiosity.",
        "· The front door",
        "Help good",
        "Care to",
        "improve",
        "RESOLVED",
        "(a) that it be noted;",
        "(b) thanks",
    ]


@pytest.mark.parametrize("html", ["", "\n ", "<p>&nbsp;</p>", "<div></div>"])
def test_no_text_is_no_text(html: str) -> None:
    assert paragraphs(html) == ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Of<b>sted</b> came</p>", True),
        ("<p>the focused\r\nvisit to children&#39;s services</p>", True),
        ("<p>a focused&nbsp;visit</p><p>children</p>", True),
        ("<p>The budget of schools</p>", False),
        ("\n", False),
    ],
)
def test_whether_a_fragment_may_concern_us_is_told_without_parsing(html: str, expected: bool) -> None:
    assert may_hold(html) == expected


def test_titles_are_decoded_once_more_than_xml_does() -> None:
    root = xml("<rss><channel><item><title>Chair&amp;#39;s  A &amp;amp; B\n</title></item></channel></rss>")
    assert [entry.title for entry in entries(root)] == ["Chair's A & B"]
    assert plain_title("Good &amp; better") == "Good & better"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Children's Scrutiny Committee", True),
        ("Cabinet", True),
        ("Council", True),
        ("Audit and Governance Committee", True),
        ("Health and Wellbeing Board", True),
        ("Corporate Parenting Panel", True),
        ("Planning and Schools Scrutiny", True),
        ("Planning Committee", False),
        ("Licensing Sub-Committee", False),
        ("Pensions Board", False),
        ("Eltham Crematorium Joint Committee", False),
    ],
)
def test_committees_are_left_out_only_if_they_are_plainly_about_something_else(title: str, expected: bool) -> None:
    assert matters(title) == expected


def an_entry(n: int, day: str = "Tue, 07 May 2024 00:00:00 +0000", page: str = "ieListDocuments") -> str:
    link = f"http://a.gov.uk/x/{page}.aspx?MeetingId={n}&amp;CId=4&amp;Ver=4"
    return f"<item><title>Agenda published: Cabinet {n}</title><link>{link}</link><pubDate>{day}</pubDate></item>"


def a_feed(*rows: str) -> list[Entry]:
    return entries(xml(f"<rss><channel>{''.join(rows)}</channel></rss>"))


def seen(*rows: str) -> tuple[str, ...]:
    return tuple(entry.edition for entry in a_feed(*rows))


def test_a_feed_names_meetings_whatever_the_host_and_the_view() -> None:
    one = a_feed(an_entry(7))
    other = entries(
        xml(
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Agenda published: Cabinet 7</title>'
            '<link href="https://b.moderngov.co.uk/ieListDocuments.aspx?CId=4&amp;MId=7"/>'
            "<updated>Tue, 07 May 2024 09:11:12 GMT</updated></entry></feed>"
        )
    )
    assert one[0].meeting == "7"
    assert digest(one) == digest(other)


def test_what_is_new_in_a_feed() -> None:
    before = seen(an_entry(1), an_entry(2))
    assert news(a_feed(an_entry(3), an_entry(2), an_entry(1)), before).meetings == ("3",)
    assert not news(a_feed(an_entry(3), an_entry(2)), before).gap
    assert news(a_feed(an_entry(2, "Wed, 08 May 2024"), an_entry(1)), before).meetings == ("2",)
    assert news(a_feed(an_entry(3), an_entry(4)), before).gap
    assert news([], before).gap


def test_a_time_of_the_request_is_no_news_on_the_same_day() -> None:
    assert digest(a_feed(an_entry(1, "Tue, 07 May 2024 10:00:00"))) == digest(a_feed(an_entry(1)))


def test_an_entry_without_its_meeting_is_a_gap_unless_it_is_of_no_meeting() -> None:
    before = seen(an_entry(1))
    nameless = "<item><title>{}: Cabinet</title><link>http://a.gov.uk/ieIssueDetails.aspx?IId=9</link></item>"
    assert news(a_feed(an_entry(1), nameless.format("Minutes published")), before).gap
    assert not news(a_feed(an_entry(1), nameless.format("Issue Published")), before).gap


@pytest.mark.parametrize("prefix", [BOM, b"", b"\r\n", BOM + b'<?xml version="1.0" encoding="utf-8"?>'])
def test_xml_is_read_from_bytes(prefix: bytes) -> None:
    assert xml_root(answer(prefix + "<RSS><a>é£</a></RSS>".encode()), ("rss",)).findtext("a") == "é£"


@pytest.mark.parametrize(
    ("head", "header", "encoding"),
    [
        ("", "text/xml; charset=windows-1252", "cp1252"),
        ("", "text/xml; charset=iso-8859-1", "cp1252"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "text/xml", "cp1252"),
        ('<?xml version="1.0" encoding="utf8mb4"?>', "text/xml", "utf-8"),
        ('<?xml version="1.0" encoding="utf-8"?>', "text/xml", "cp1252"),
        ("", "text/xml", "cp1252"),
        ('<?xml version="1.0" encoding="utf-8"?>', "text/xml; charset=none", "utf-16"),
    ],
)
def test_xml_is_read_by_the_charset_that_fits_it(head: str, header: str, encoding: str) -> None:
    body = (head + "<rss><a>é£</a></rss>").encode(encoding)
    found = xml_root(Response(URL, body=body, headers={"Content-Type": header}), ("rss",))
    assert found.findtext("a") == "é£"


def test_characters_that_xml_forbids_are_left_out_and_entities_are_not_followed() -> None:
    assert xml_root(answer(b"<rss><a>b&#x1F;c&#11;\x0bd</a></rss>"), ("rss",)).findtext("a") == "bcd"
    bomb = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><a>&a;</a></rss>'
    assert not xml_root(answer(bomb), ("rss",)).findtext("a")


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (b"", 200, "invalid"),
        (b"<rss", 200, "invalid"),
        (b"<html><head><title>Welcome</title></head></html>", 200, "invalid"),
        (b"Server was unable to process request.", 200, "error"),
        (b"System.InvalidOperationException: Web Service method name is not valid", 500, "error"),
        (b"<html><title>Pardon Our Interruption</title></html>", 200, "blocked"),
        (b"The request is blocked.", 403, "blocked"),
        (b"<rss/>", 304, "invalid"),
        (b"gone", 410, "missing"),
    ],
)
def test_what_is_not_the_xml_that_was_asked_for(body: bytes, status: int, outcome: str) -> None:
    with pytest.raises(PageError) as failed:
        xml_root(answer(body, status), ("rss",))
    assert failed.value.outcome == outcome


def test_a_lenient_reader_reads_on() -> None:
    body = "<rss><item><title>£</title></item><item>".encode("cp1252")
    assert len(entries(xml_root(answer(body), ("rss",), lenient=True))) == 2
    with pytest.raises(PageError):
        xml_root(answer(bytes(range(256))), ("rss",), lenient=True)


def test_committees_that_are_over_are_left_out() -> None:
    row = "<committee><committeeid>{}</committeeid><committeetitle>A &amp;amp; B</committeetitle>{}</committee>"
    gone = "<committeedeleted>True</committeedeleted>", "<committeeexpired>True</committeeexpired>"
    rows = [row.format(1, ""), row.format(2, gone[0]), row.format(3, gone[1])]
    root = xml(f"<committees><committeescount> 3</committeescount>{''.join(rows)}</committees>")
    assert live_committees(root) == ({"1": "A & B"}, ())
    with pytest.raises(PageError, match="lists no committee"):
        live_committees(xml("<committees>\n</committees>"))


def test_a_listed_meeting_that_cannot_be_read_is_left_out_and_said() -> None:
    row = "<meeting><meetingid>{}</meetingid><meetingdate>{}</meetingdate></meeting>"
    rows = (("7", "05/03/2026 00:00:00"), ("8", "31/02/2026"), ("", "1/3/2026"))
    good, bad, nameless = (row.format(*values) for values in rows)
    head = "<committeeid>1</committeeid><committeetitle>A &amp;amp; B</committeetitle>"
    listing = f"<getmeetings><committee>{head}{bad}{good}{nameless}</committee></getmeetings>"
    found, remarks = listed_meetings(xml(listing))
    assert [(m.key, m.day, m.status, m.committee) for m in found["1"]] == [("7", "2026-03-05", "Confirmed", "A & B")]
    assert remarks == ('left out 2 of the listed meetings: the date of meeting 8 reads "31/02/2026", not dd/mm/yyyy',)


def test_a_meeting_is_the_one_that_was_asked_for() -> None:
    assert read_meeting(xml("<meeting>\n</meeting>"), "7") is None
    with pytest.raises(PageError, match="told of meeting 8, not of 7"):
        read_meeting(xml("<meeting><meetingid>8</meetingid></meeting>"), "7")


def test_items_that_do_not_come_are_remarked() -> None:
    head = "<meetingid>7</meetingid><meetingdate>05/03/2026</meetingdate><agendaitemscount> 16</agendaitemscount>"
    meeting = read_meeting(xml(f"<meeting>{head}</meeting>"), "7")
    assert meeting is not None
    assert meeting.remarks == ("meeting 7 is said to have 16 items and shows 0",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://a.gov.uk/mgConvert2PDF.aspx?ID=9", "https://a.gov.uk/x/mgConvert2PDF.aspx?ID=9"),
        ("http://a.moderngov.co.uk/documents/s9/Letter.pdf", "https://a.gov.uk/x/mgConvert2PDF.aspx?ID=9"),
        ("http://a.gov.uk/x/documents/s9/Letter.pdf?T=10", "https://a.gov.uk/x/documents/s9/Letter.pdf?T=10"),
        ("", "https://a.gov.uk/x/mgConvert2PDF.aspx?ID=9"),
    ],
)
def test_documents_have_one_address_on_the_sites_own_host(given: str, expected: str) -> None:
    site = Site("https://a.gov.uk/x", fetcher=None)  # type: ignore[arg-type]
    assert site.document_url(given, "9") == expected


@pytest.mark.parametrize("address", ["https://a.gov.uk", "https://a.gov.uk/", "https://a.gov.uk/mgRss.aspx?XXR=0"])
def test_an_address_is_a_folder(address: str) -> None:
    assert folder(address) == "https://a.gov.uk/"
    assert folder("https://a.gov.uk/modern.gov") == "https://a.gov.uk/modern.gov/"


def test_a_cursor_is_what_was_remembered() -> None:
    items = (("1", "4", "Ofsted"),)
    held = {
        "7": Held("2026-03-05", "Cancelled", "am", "Cabinet & co", items),
        "6": Held("2026-03-05", "Cancelled", "am", "Cabinet & co"),
        "5": Held("2026-03-05", "Confirmed", "", "", items),
        "8": Held("2026-03-06"),
    }
    memory = CommitteeMemory("https://a.gov.uk/", "abc", ("x", "y"), "2026-03-05", True, held, {"9": 2})
    assert read_memory(write_memory(memory)) == memory


@pytest.mark.parametrize(
    "text", [None, "", "[]", "{", '{"v": 0}', '{"v": 1}', '{"v": 1, "base": "", "feed": "", "meetings": 3}']
)
def test_a_cursor_that_cannot_be_read_is_none(text: str | None) -> None:
    assert read_memory(text) == CommitteeMemory()


def test_the_window_keeps_to_the_calendar() -> None:
    found = date_span({"today": "2026-05-31"})
    assert (found.first, found.last) == ("2026-02-28", "2026-07-31")
    assert found.months() == [f"2026-0{month}-01" for month in range(2, 8)]
    assert date_span({"today": "2026-01-15"}).first == "2025-10-15"


@pytest.mark.parametrize(
    ("host", "vendor"),
    [
        ("lambeth.moderngov.co.uk", "moderngov.co.uk"),
        ("birmingham.cmis.uk.com", "cmis.uk.com"),
        ("notmoderngov.co.uk", None),
        ("moderngov.lambeth.gov.uk", None),
    ],
)
def test_hosts_of_a_vendor_are_known_by_their_names(host: str, vendor: str | None) -> None:
    assert vendor_of(host) == vendor


async def most_at_once(limiter: HostLimiter | VendorLimiter, hosts: list[str]) -> int:
    under_way, most = 0, 0

    async def ask(host: str) -> None:
        nonlocal under_way, most
        async with limiter.of(host):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.001)
            under_way -= 1

    await asyncio.gather(*map(ask, hosts))
    return most


def test_turns_are_one_for_a_host_and_four_for_a_vendor() -> None:
    assert asyncio.run(most_at_once(HostLimiter(), ["a.gov.uk"] * 9)) == 1
    assert asyncio.run(most_at_once(VendorLimiter(), [f"c{n}.moderngov.co.uk" for n in range(39)])) == 4
    assert asyncio.run(most_at_once(VendorLimiter(), [f"c{n}.gov.uk" for n in range(9)])) == 9


@pytest.mark.parametrize(("crawls", "each"), [(1, 4), (2, 2), (3, 1), (4, 1), (9, 1)])
def test_crawls_beside_each_other_share_what_a_vendor_gets(crawls: int, each: int) -> None:
    assert asyncio.run(most_at_once(VendorLimiter(crawls), [f"c{n}.cmis.uk.com" for n in range(9)])) == each


MEETING = (
    "<meeting><meetingid>7</meetingid><meetingdate>10/02/2026</meetingdate><agendaitems><agendaitem><agendaitemid>8"
    "</agendaitemid><agendaitemtitle>Ofsted's letter</agendaitemtitle></agendaitem></agendaitems></meeting>"
)
WRAPPED = {
    "text in an element": f'<string xmlns="http://tempuri.org/">{MEETING.replace("<", "&lt;")}</string>',
    "CDATA in an element": f'<string xmlns="http://tempuri.org/"><![CDATA[{MEETING}]]></string>',
    "SOAP": '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetMeetingResponse>'
    f"<GetMeetingResult>{MEETING}</GetMeetingResult></GetMeetingResponse></s:Body></s:Envelope>",
    "a script behind it": MEETING + '<script src="/_proxy/x.js"></script>',
    "a line behind it": MEETING + "\nServed by node 4 & co.",
    "ISO days": MEETING.replace("10/02/2026", "2026-02-10T00:00:00"),
}


@pytest.mark.parametrize("body", WRAPPED.values(), ids=WRAPPED)
def test_an_answer_in_another_wrapping_is_the_same(body: str) -> None:
    found = read_meeting(xml(body), "7")
    assert found is not None
    assert (found.day, [item.title for item in found.items]) == ("2026-02-10", ["Ofsted's letter"])


@pytest.mark.parametrize("body", [MEETING, *WRAPPED.values()])
def test_an_answer_that_is_cut_is_no_meeting(body: str) -> None:
    end = body.rfind("</agendaitem>")
    for cut in range(1, end, 7):
        with pytest.raises(PageError):
            read_meeting(xml(body[:cut]), "7")


def test_a_meetings_page_that_is_cut_leads_to_no_wrong_file() -> None:
    page = (
        '<html><body><ul><li><a href="documents/g7/Printed minutes 10th-Feb-2026 10.00 Cabinet.pdf?T=1">Printed minutes'
        " PDF 119 KB</a></li><li><a href='documents/g7/Printed decisions.pdf?T=2'>Decisions</a></li></ul></body></html>"
    )
    whole = printed(page, URL, "7")
    assert sorted(whole) == ["d", "m"]
    for cut in range(len(page)):
        assert printed(page[:cut], URL, "7").items() <= whole.items()


@pytest.mark.parametrize(
    ("status", "read"),
    [
        ("", "Confirmed"), ("Confirmed", "Confirmed"), ("Provisional", "Confirmed"),
        ("Provisional - hybrid", "Confirmed"),
        ("Agenda published", "Confirmed"), ("Decision published", "Confirmed"), ("Upcoming", "Confirmed"),
        ("Cancelled", "Cancelled"), ("Postponed", "Postponed"), ("Not held", "Not held"), ("Moved", "Moved"),
        ("Provisional, to be rearranged", "Provisional, to be rearranged"), ("Stood down", "Stood down"),
    ],
)  # fmt: skip
def test_a_status_that_calls_nothing_off_is_no_news(status: str, read: str) -> None:
    head = "<meetingid>7</meetingid><meetingdate>05/03/2026</meetingdate>"
    meeting = read_meeting(xml(f"<meeting>{head}<meetingstatus>{status}</meetingstatus></meeting>"), "7")
    assert meeting is not None
    assert meeting.status == read
