"""What an answer means: the text of a good page, or `PageError` with the outcome that its poll reports.

Pure functions. Status codes are not believed alone: challenge pages, "Report not found", "Slim Application Error" and
maintenance pages have all been seen, or are told of, with status 200.
"""

from __future__ import annotations

import re
from typing import NoReturn

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from monitor.model import Outcome
from spiders.http.addresses import AddressRefused
from spiders.http.apologies import not_found, out_of_order
from spiders.http.challenges import challenge
from spiders.http.charsets import LOST, Decoded, codec_of, decode
from spiders.http.errors import BEGINNING, PageError, beginning, where
from spiders.http.gates import gate, led_home
from spiders.http.middleware import Refused

CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
META_CHARSET = re.compile(rb"<(?:meta\b[^<>]*\bcharset|\?xml\b[^<>]*\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
"""Of a page; XHTML may say it in its XML declaration, as browsers once more allow."""
COMMENT = re.compile(rb"<!--.*?-->", re.S)
META_BYTES = 16_384
"""How far into a page its charset is looked for. Browsers look at 1024 bytes, and at the rest when it comes."""
NOT_FOUND_PAGE = re.compile(r"/mgerror\.aspx$", re.I)
"""Where ModernGov sends whoever asks for what it has not; the page itself comes with 200."""
PDF = b"%PDF-"
MAX_LOST, MAX_LOST_SHARE = 3, 0.01
"""More lost characters than this, and than this share of the text, are a page of another charset than it says."""
END_OF_PDF, END_BYTES, PADDING = b"%%EOF", 1024, b"\0\t\n\r "
"""What stands in the last bytes of a PDF (ISO 32000-1, 7.5.5). Each of the 509 PDFs of the corpus ends with it."""


def html_of(response: Response) -> Decoded:
    """Return the text of an HTML page, and what is odd about its characters. A single lost character is only remarked.
    Raises PageError for what is no HTML page, or has lost too many characters."""
    path = where(response.url)
    refuse_status_and_title(response)
    if not response.body.strip():
        raise PageError("invalid", f"{path} is empty")
    if response.body.startswith(PDF) or b"html" not in (response.headers.get("Content-Type") or b"html"):
        start = response.body[:BEGINNING].decode("ascii", "replace")
        raise PageError("invalid", f"{path} is not an HTML page; {beginning(start)}")
    found = decode(response.body, (*declared_charsets(response), _meta_charset(response.body)))
    if found.text.count(LOST) > max(MAX_LOST, MAX_LOST_SHARE * len(found.text)):
        raise PageError("invalid", f"{path} does not decode: {found.remark}")
    return found


def pdf_body(response: Response) -> bytes:
    """The bytes of a PDF; raises PageError, `gone` where the site itself says that there is no such report."""
    path = where(response.url)
    body: bytes = response.body
    if response.status == 200 and PDF in body[:1024]:
        return _whole_pdf(body, path)
    refuse_status_and_title(response)
    if not body.strip():
        raise PageError("invalid", f"{path} is empty")
    raise PageError("invalid", f"{path} is not a PDF")


def _whole_pdf(body: bytes, path: str) -> bytes:
    """The PDF, if it has its end. A reader would open a part of one too, and find other words in it."""
    if END_OF_PDF in body.rstrip(PADDING)[-END_BYTES:]:
        return body
    raise PageError("error", f"{path} is only a part of a PDF: after {len(body)} bytes its end is missing")


def refuse_status_and_title(response: Response) -> None:
    """Raise PageError unless the status is 200 and the page is what was asked for: no challenge, no apology."""
    path = where(response.url)
    status = response.status
    if NOT_FOUND_PAGE.search(path):
        raise PageError("missing", f"the site led to its error page {path} ({status})", gone=True)
    if sign := challenge(response):
        raise PageError("blocked", f"{path} is a challenge page ({sign}, {status})")
    if words := not_found(response.body):
        raise PageError("missing", f'{path} says "{words[:80]}" ({status})', gone=True)
    if status != 200:
        _refuse_status(status, path)
    if words := out_of_order(response.body):
        raise PageError("error", f'{path} says "{words[:80]}" ({status})')
    if words := gate(response):
        raise PageError("blocked", f'{path} is no page but a gate before it ("{words[:80]}")')
    if led_home(response):
        raise PageError("missing", f"the site led to its home page ({path}) instead")


def _refuse_status(status: int, path: str) -> NoReturn:
    if status in (404, 410):
        raise PageError("missing", f"{path} is not there ({status})", gone=True)
    if status in (401, 403, 407, 451):
        raise PageError("blocked", f"{path} is forbidden to us ({status})")
    if status == 304:
        raise PageError("invalid", f"{path} answered 304 although no earlier version was named")
    outcome: Outcome = "error" if status >= 500 or status in (408, 425, 429) else "invalid"
    raise PageError(outcome, f"{path} answered {status}")


def declared_charsets(response: Response) -> list[str]:
    """The charset labels in an answer's Content-Type."""
    found = CHARSET.search(response.headers.get("Content-Type") or b"")
    return [found.group(1).decode("latin-1")] if found else []


def _meta_charset(body: bytes) -> str | None:
    """The label in a page's own meta element. One that could be read at all is no UTF-16 (WHATWG HTML, prescan)."""
    found = META_CHARSET.search(COMMENT.sub(b"", body[:META_BYTES]))
    label = found.group(1).decode("latin-1") if found else None
    return "utf-8" if label and (codec_of(label) or "").startswith("utf-16") else label


def download_failure(error: Exception, url: str) -> PageError:
    """What it means that a request brought no answer."""
    path = where(url)
    if isinstance(error, Refused):
        return PageError(error.outcome, f"{path}: {error.reason}", not_before=error.not_before)
    if isinstance(error, AddressRefused):
        return PageError("invalid", f"{path}: {error}, which is not allowed")
    if isinstance(error, DownloadCancelledError):
        return PageError("invalid", f"{path}: {error}")
    if isinstance(error, ValueError):
        return PageError("invalid", f"{path}: the answer's head cannot be used ({error})")
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error), path)
    if isinstance(error, CannotResolveHostError | DownloadTimeoutError | ResponseDataLossError):
        return PageError("error", f"{path}: {error}")
    return PageError("error", f"{path}: {str(error) or type(error).__name__}")


def _ignored(words: str, path: str) -> PageError:
    """Scrapy's own reasons for not going on, told apart by their words: it has no classes for them."""
    if "robots.txt" in words:
        return PageError("blocked", f"{path}: robots.txt does not allow it")
    if "redirections" in words:
        return PageError("error", f"{path}: redirected again and again")
    return PageError("error", f"{path}: {words}")


def header(response: Response, name: str) -> str | None:
    """A header of an answer as text; None where it is not there or is empty."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
