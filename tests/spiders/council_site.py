"""A small ModernGov for tests, with the quirks of the real one: counts with a leading space, empty elements that hold
newlines, titles encoded twice, a byte order mark before the feed, documents named by http. Below `/one` and `/two`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.model import Http, Job, Target

TODAY = "2026-03-10"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Answer = Callable[[Request], Response]


def twice(text: str) -> str:
    return escape(text).replace("&#x27;", "&#39;").replace("&", "&amp;")


def uk(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


@dataclass
class Paper:
    """A document of an item."""

    key: str
    title: str
    day: str = "2026-03-02"
    restricted: bool = False
    url: str = ""


@dataclass
class Matter:
    """An agenda item; `agenda`, `minutes` and `decision` are HTML."""

    key: str
    title: str
    number: str = "4."
    agenda: str = ""
    minutes: str = ""
    decision: str = ""
    restricted: bool = False
    papers: list[Paper] = field(default_factory=list)


@dataclass
class Gathering:
    """A meeting; `printed` are the PDFs that its page links to, as (address, words)."""

    committee: str
    day: str
    matters: list[Matter] = field(default_factory=list)
    status: str = "Confirmed"
    minuted: bool = False
    decided: bool = False
    printed: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Install:
    """One ModernGov: committees are (title, expired) by id; the feed is (title, link's query, day). `unescaped`: HTML
    stands in the XML as it is."""

    committees: dict[str, tuple[str, bool]]
    meetings: dict[str, Gathering] = field(default_factory=dict)
    feed: list[tuple[str, str, str]] = field(default_factory=list)
    all_at_once: bool = True
    unescaped: bool = False


LETTER = Matter(
    "501",
    "Children's Services: Ofsted Focused Visit & Next Steps",
    agenda='<div class="WordSection1"><p class="MsoNormal">Report of the Director,\r\nattached.</p></div>',
    papers=[Paper("901", "Ofsted's Letter")],
)


def an_install() -> Install:
    """Three committees, one of them expired, with two meetings to come and one that was held."""
    meetings = {
        "11": Gathering("1", "2026-02-10", [Matter("401", "Youth Justice Plan")], minuted=True),
        "12": Gathering("1", "2026-03-17", [Matter("400", "Heading", "0"), LETTER]),
        "13": Gathering("2", "2026-03-24"),
        "19": Gathering("9", "2026-03-01", [Matter("499", "Ofsted letter")]),
    }
    committees = {"1": ("Children's Scrutiny & Families", False), "2": ("Cabinet", False), "9": ("Old Panel", True)}
    return Install(committees, meetings, [agenda("12", "2026-03-09"), agenda("11", "2026-02-02")])


def agenda(meeting: str, day: str, committee: str = "Children's Scrutiny") -> tuple[str, str, str]:
    """An entry of the feed."""
    return (f"Agenda published: Meeting {meeting}, {committee}", f"CId=1&MId={meeting}", day)


@dataclass
class Councils:
    """Installs by folder on one host. `answers` replace what an address (a pattern) gets."""

    server: HTTPServer
    installs: dict[str, Install]
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    def url(self, name: str) -> str:
        return self.server.url_for(f"/{name}")

    def target(self, name: str, mark: str | None = None, *alternatives: str) -> Target:
        """The council of an install."""
        return Target(name, name, self.url(name), mark, options={"alternatives": list(alternatives)})

    def asked_for(self) -> list[str]:
        """What was asked for since the last time, in short: "one feed", "one GetMeeting 12"."""
        said = [_short(path) for path in self.asked]
        self.asked.clear()
        return said

    def _answer(self, request: Request) -> Response:
        self.asked.append(request.full_path)
        for pattern, answer in self.answers.items():
            if re.search(pattern, request.full_path):
                return answer(request)
        if request.path == "/robots.txt":
            return Response("User-agent: *\nDisallow:\n", mimetype="text/plain")
        _, name, page = request.path.split("/", 2)
        return self._page(self.installs[name], page.lower(), request, self.url(name))

    def _page(self, install: Install, page: str, request: Request, base: str) -> Response:
        if page == "mgrss.aspx":
            return Response(feed(install, base), content_type="application/xml")
        if page.endswith("getcommittees"):
            return xml(committees(install))
        if page.endswith("getmeetings"):
            return meetings(install, request.args["lCommitteeId"])
        if page.endswith("getmeeting"):
            key = request.args["lMeetingId"]
            return xml(meeting(key, install, base))
        if page == "mgconvert2pdf.aspx":
            return Response(PDF + request.args["ID"].encode(), mimetype="application/pdf")
        if page == "ielistdocuments.aspx":
            return meeting_page(install.meetings[request.args["MId"]])
        if page.startswith("documents/g"):
            return Response(PDF + page.encode(), mimetype="application/pdf")
        if page == "mgerror.aspx":
            return Response("<html><head><title>Error</title></head><body>An error has occurred</body></html>")
        return Response(b"", 302, headers={"Location": f"{base}/mgError.aspx"})


def job(*targets: Target, today: str = TODAY, sweep: bool = False, documents_dir: str = "", **options: object) -> Job:
    """A job without delays."""
    http = Http("ofsted-watch-tests/0", delay=0, timeout=2, max_bytes=2_000_000)
    return Job("r", "moderngov", "", documents_dir, http, targets, sweep, {"today": today, **options})


def xml(body: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n', content_type="text/xml; charset=utf-8")


def committees(install: Install) -> str:
    rows = "".join(
        f"<committee><committeeid>{key}</committeeid><committeetitle>{twice(title)}</committeetitle>"
        f"<committeedeleted>False</committeedeleted><committeeexpired>{expired}</committeeexpired></committee>"
        for key, (title, expired) in install.committees.items()
    )
    return f"<committees>\n<committeescount> {len(install.committees)}</committeescount>{rows}</committees>"


def meetings(install: Install, wanted: str) -> Response:
    if wanted == "0" and not install.all_at_once:
        return Response("System.Web.Services.Protocols.SoapException: Server was unable to process request.", 500)
    body = "".join(_of(install, key) for key in install.committees if wanted in ("0", key))
    return xml(f"<getmeetings>{body}</getmeetings>")


def _of(install: Install, committee: str) -> str:
    rows = "".join(
        f"<meeting><meetingid>{key}</meetingid><meetingdate>{uk(one.day)}</meetingdate>"
        f"<meetingstatus>{one.status}</meetingstatus></meeting>\n"
        for key, one in install.meetings.items()
        if one.committee == committee
    )
    name = f"<committeetitle>{twice(install.committees[committee][0])}</committeetitle>"
    listed = f"<committeemeetings>\n{rows}</committeemeetings>"
    return f"<committee><committeeid>{committee}</committeeid>{name}{listed}</committee>"


def meeting(key: str, install: Install, base: str) -> str:
    one = install.meetings.get(key)
    if one is None:
        return "<meeting>\n</meeting>"
    items = "".join(_item(matter, place, one, install, base) for place, matter in enumerate(one.matters, 3))
    return (
        f"<meeting>\n<meetingid>{key}</meetingid><meetingdate>{uk(one.day)}</meetingdate>"
        f"<meetingstatus>{one.status}</meetingstatus><agendapublished>{bool(one.matters)}</agendapublished>"
        f"<decisionpublished>{one.decided}</decisionpublished><minutepublished>{one.minuted}</minutepublished>"
        f"<agendaitemscount> {len(one.matters)}</agendaitemscount><agendaitems>\n{items}</agendaitems></meeting>"
    )


def _item(matter: Matter, place: int, one: Gathering, install: Install, base: str) -> str:
    """`agendaitemnumber` is an inner order; what is printed stands in `fulldisplaynumberformat`."""
    committee = twice(install.committees[one.committee][0])
    papers = "".join(
        f"<linkeddoc><attachmentid>{p.key}</attachmentid><title>{twice(p.title)}</title>"
        f"<url>{p.url or base + '/mgConvert2PDF.aspx?ID=' + p.key}</url><isrestricted>{p.restricted}</isrestricted>"
        f"<publicationdate>{uk(p.day)}</publicationdate><committeetitle>{committee}</committeetitle></linkeddoc>"
        for p in matter.papers
    )
    heading = matter.number == "0"
    agenda, minutes, decision = (_html(h, install) for h in (matter.agenda, matter.minutes, matter.decision))
    return (
        f"<agendaitem><agendaitemid>{matter.key}</agendaitemid><agendaitemtitle>{twice(matter.title)}</agendaitemtitle>"
        f"<agendatext>{agenda}</agendatext><agendaitemnumber>{0 if heading else place}</agendaitemnumber>"
        f"<fulldisplaynumberformat>{chr(10) if heading else matter.number}</fulldisplaynumberformat>"
        f"<minutesnonemptyhtmlbody>{minutes}</minutesnonemptyhtmlbody>"
        f"<decisionnonemptyhtmlbody>{decision}</decisionnonemptyhtmlbody>"
        f"<isdecisionpublished>{one.decided}</isdecisionpublished><isminutepublished>{one.minuted}</isminutepublished>"
        f"<isrestricted>{matter.restricted}</isrestricted>"
        f"<linkeddocuments>{papers or chr(10)}</linkeddocuments></agendaitem>"
    )


def _html(html: str, install: Install) -> str:
    return (html if install.unescaped else escape(html)) or "\n"


def meeting_page(one: Gathering) -> Response:
    """The page of a meeting, of which only the list of printed PDFs is of use."""
    rows = "".join(f'<li><a href="{escape(href)}" >{escape(words)}</a></li>' for href, words in one.printed)
    return Response(
        f'<html><body><div id="modgov"><ul class="mgActionList" >{rows}</ul></div></body></html>', mimetype="text/html"
    )


def feed(install: Install, base: str) -> bytes:
    rows = "".join(
        f"<item><title>{twice(title)}</title><link>{base}/ieListDocuments.aspx?{escape(query)}&amp;Ver=4</link>"
        f"<pubDate>{day} 00:00:00</pubDate></item>"
        for title, query, day in install.feed
    )
    return b"\xef\xbb\xbf" + f'<?xml version="1.0"?><rss version="2.0"><channel>{rows}</channel></rss>'.encode()


def _short(path: str) -> str:
    name = path.split("/")[1] if path.count("/") > 1 else ""
    page = path.rstrip("?").partition("?")[0].rpartition("/")[2]
    key = re.search(r"(?:lCommitteeId|lMeetingId|MId|ID)=(\d+)", path)
    page = {"mgRss.aspx": "feed", "mgConvert2PDF.aspx": "document", "ieListDocuments.aspx": "page"}.get(page, page)
    return " ".join(part for part in (name, page, key[1] if key else "") if part)
