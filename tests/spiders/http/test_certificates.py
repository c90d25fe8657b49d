"""Certificates: verified always; a host whose server leaves its intermediate out may be helped, that host alone."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from monitor.config.file import ConfigError, load
from tests.certificates import certificate
from tests.spiders.crawling import Crawled, council
from tests.spiders.site import Site

Crawl = Callable[..., Crawled]


@dataclass(frozen=True)
class Chain:
    """A root, an intermediate and a server's certificate; `site` shows the last alone."""

    root: Path
    intermediate: Path
    site: Site


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    root = certificate("root")
    intermediate = certificate("intermediate", root)
    server = certificate("server", intermediate, "127.0.0.1")
    for name, body in (("root", root.pem()), ("intermediate", intermediate.pem())):
        (tmp_path / f"{name}.pem").write_bytes(body)
    (tmp_path / "server.pem").write_bytes(server.pem() + server.secret())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with HTTPServer(host="127.0.0.1", ssl_context=context) as http:
        site = Site(http, {"80461": [("1", "2024-01-01", "Thematic letter")]})
        yield Chain(tmp_path / "root.pem", tmp_path / "intermediate.pem", site)


def polled(chain: Chain, crawled: Crawl, **extra_ca: str) -> tuple[str, str]:
    given = {name.replace("_", "."): path for name, path in extra_ca.items()}
    poll = crawled(chain.site.url, council("80461"), http={"extra_ca": given}).poll("search")
    return poll.outcome, poll.detail or ""


def test_a_chain_without_its_intermediate_is_refused(chain: Chain, crawled: Crawl) -> None:
    outcome, detail = polled(chain, crawled)
    assert outcome == "error"
    assert "TLS: unable to get local issuer certificate" in detail


def test_an_intermediate_is_no_root(chain: Chain, crawled: Crawl) -> None:
    """It helps to find the way to a root that is trusted; alone it vouches for nobody."""
    outcome, detail = polled(chain, crawled, **{"127_0_0_1": str(chain.intermediate)})
    assert outcome == "error"
    assert "TLS: unable to get issuer certificate" in detail


def test_with_its_intermediate_the_chain_is_whole(chain: Chain, crawled: Crawl, tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(chain.intermediate.read_bytes() + chain.root.read_bytes())
    assert polled(chain, crawled, **{"127_0_0_1": str(both)}) == ("ok", "")


def test_it_is_used_for_no_other_host(chain: Chain, crawled: Crawl, tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(chain.intermediate.read_bytes() + chain.root.read_bytes())
    outcome, detail = polled(chain, crawled, **{"127_0_0_2": str(both)})
    assert outcome == "error"
    assert "TLS: unable to get local issuer certificate" in detail


def config(folder: Path, file: str) -> Path:
    path = folder / "config.toml"
    path.write_text(f'[http]\ncontact = "me@council.example"\nextra_ca = {{"Reports.Ofsted.gov.uk" = "{file}"}}\n')
    return path


def test_the_file_is_beside_the_configuration(chain: Chain, tmp_path: Path) -> None:
    loaded = load(config(tmp_path, chain.intermediate.name))
    assert loaded.job_http("1").extra_ca == {"reports.ofsted.gov.uk": str(chain.intermediate.resolve())}


@pytest.mark.parametrize(("body", "reason"), [(None, "cannot be read: No such file"), (b"x", "holds no certificate")])
def test_a_file_that_does_not_serve_is_one_line(tmp_path: Path, body: bytes | None, reason: str) -> None:
    if body is not None:
        (tmp_path / "x.pem").write_bytes(body)
    with pytest.raises(ConfigError) as refused:
        load(config(tmp_path, "x.pem"))
    [line] = refused.value.lines
    assert 'http.extra_ca."Reports.Ofsted.gov.uk"'.lower() in line.lower()
    assert reason in line
