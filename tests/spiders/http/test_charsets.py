"""Bytes become the text that a browser shows, by the strongest evidence that fits them."""

# ruff: noqa: RUF001 - typographic quotes are what it is about

from __future__ import annotations

import pytest
import webencodings  # type: ignore[import-untyped]
from scrapy.http import HtmlResponse

from spiders.http.answers import html_of
from spiders.http.charsets import codec_of, decode
from spiders.http.errors import PageError

WORDS = "Ofsted’s report – 7–18 September, £5"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        *[
            (name, "cp1252")
            for name in ("iso-8859-1", "ISO8859-1", "latin1", "us-ascii", "ascii", "x-cp1252", "l1", "x-user-defined")
        ],
        *[(name, "cp932") for name in ("shift_jis", "x-sjis", "windows-31j", "MS_Kanji")],
        *[(name, "utf-8") for name in ("utf8", "UTF-8", " utf-8 ", "unicode-1-1-utf-8")],
        ("iso-8859-9", "cp1254"),
        ("csisolatin9", "iso8859-15"),
        ("gb2312", "gbk"),
        ("unicode", "utf-16-le"),
        *[(name, None) for name in ("utf8mb4", "none", "x-sbcs", "binary", "hex", "rot13", "utf-7", "cp500", "", "ü")],
        ("iso-2022-kr", None),
    ],
)
def test_labels_mean_what_browsers_take_them_for(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        (WORDS.encode("cp1252"), ["iso-8859-1"]),
        (WORDS.encode("cp1252"), ["ascii", "utf-8"]),
        (WORDS.encode("cp1252"), ["utf8mb4", "windows-1252"]),
        (WORDS.encode("utf-8"), ["none"]),
        (WORDS.encode("utf-8"), ["x-sbcs", None, ""]),
        (b"\xef\xbb\xbf" + WORDS.encode("utf-8"), ["windows-1252"]),
        (WORDS.encode("utf-16"), ["utf-8"]),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), ["iso-8859-1"]),
        (WORDS.encode("utf-16-le"), ["utf-16"]),
        (WORDS.encode("utf-8"), ["iso-8859-1", "utf-8"]),
        (WORDS.encode("cp1252"), ["utf-8", "windows-1252"]),
        (WORDS.encode("cp1252"), ["utf-8"]),
    ],
)
def test_a_text_is_read_by_the_strongest_evidence_that_fits(body: bytes, labels: list[str | None]) -> None:
    assert decode(body, labels).text == WORDS


def test_the_first_label_wins_where_both_fit() -> None:
    assert decode("日本".encode("cp932"), ["Shift_JIS", "windows-1252"]).text == "日本"
    assert decode("日本".encode("cp932"), ["x-sjis"]).remark is None


def test_xml_in_utf_16_without_a_mark_is_known_by_its_beginning() -> None:
    assert decode('<?xml version="1.0"?><a/>'.encode("utf-16-be"), ["utf-8"]).text.startswith("<?xml")


def test_a_stray_byte_in_utf_8_is_the_character_that_somebody_pasted() -> None:
    body = "Café’s ".encode() + "children’s".encode("cp1252")
    found = decode(body, ["utf-8", "windows-1252"])
    assert found.text == "Café’s children’s"
    assert found.remark == "1 of its bytes is not UTF-8 and was read as windows-1252"


@pytest.mark.parametrize(
    ("body", "labels", "remark"),
    [
        (WORDS.encode(), ["utf-8"], None),
        (b"a \xef\xbf\xbd b", [], "1 character is lost (U+FFFD)"),
        (b"a", ["utf8mb4"], '"utf8mb4" is no charset that browsers know'),
        (b"\x81\x82 \x81", ["windows-1252"], "2 characters are lost (U+FFFD)"),
        (WORDS.encode("cp1252"), ["utf-8", "windows-1252"], "it is cp1252 and not utf-8, which it declares"),
    ],
)
def test_what_is_odd_is_said_with_its_number(body: bytes, labels: list[str], remark: str | None) -> None:
    assert decode(body, labels).remark == remark


def page(body: bytes, content_type: str = "text/html") -> HtmlResponse:
    return HtmlResponse("https://a.uk/n", body=body, headers={"Content-Type": content_type})


EVERY = [label for label in webencodings.LABELS if codec_of(label)]


def test_any_bytes_become_text_by_any_label() -> None:
    body = bytes(range(256)) * 2
    assert len(EVERY) > 200
    assert all(decode(body, [label]).text for label in EVERY)


META = '<html><head><meta charset="{}"></head><body>{}</body></html>'
PRAGMA = '<html><head><meta http-equiv=Content-Type content="text/html; charset={}"></head><body>{}</body></html>'
XHTML = '<?xml version="1.0" encoding="{}"?><html><body>{}</body></html>'


@pytest.mark.parametrize("form", [META, PRAGMA, XHTML])
@pytest.mark.parametrize(
    ("declared", "encoding", "header"),
    [
        ("iso-8859-1", "cp1252", "text/html"),
        ("utf-8", "cp1252", "text/html; charset=windows-1252"),
        ("windows-1252", "utf-8", "text/html; charset=utf-8"),
        ("windows-1252", "cp1252", "text/html; charset=utf8mb4"),
        ("utf-16", "utf-8", "text/html"),
        ("none", "utf-8", "text/html; charset="),
        ("iso-8859-1", "utf-16", "text/html; charset=utf-8"),
    ],
)
def test_the_header_goes_before_the_page_itself(form: str, declared: str, encoding: str, header: str) -> None:
    assert WORDS in html_of(page(form.format(declared, WORDS).encode(encoding), header)).text


def test_a_charset_in_a_comment_is_none() -> None:
    body = "<html><!-- <meta charset=shift_jis> --><body>" + WORDS
    assert WORDS in html_of(page(body.encode())).text


def test_a_lost_character_is_a_remark() -> None:
    body = META.format("utf-8", "Caf\ufffd").encode()
    assert html_of(page(body)).remark == "1 character is lost (U+FFFD)"
    assert WORDS in html_of(page(META.format("utf-8", WORDS).encode("cp1252"))).text


def test_a_page_that_is_mostly_lost_is_refused() -> None:
    with pytest.raises(PageError, match="/n does not decode: 300 characters are lost"):
        html_of(page(META.format("utf-8", "Caf\ufffd" * 300).encode()))


def test_what_is_no_page_shows_how_it_begins() -> None:
    with pytest.raises(PageError, match=r'/n is not an HTML page; it begins "{ "error": "busy" }"'):
        html_of(page(b'{\n "error":   "busy" }', "application/json"))
