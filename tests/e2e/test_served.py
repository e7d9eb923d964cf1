"""nginx serves the site whole, compressed and cached as it should be, and no answer lacks a header."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest

from generator.build.postprocess import POLICY
from tests.e2e import nginx

ONCE = (
    "Content-Type",
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".gz": "application/gzip",
    ".png": "image/png",
    "": "application/octet-stream",
    ".woff2": "font/woff2",
}
KEPT = "public, max-age=31536000, immutable"
ASKED = "no-cache"
HASHED = re.compile(r"assets/.+\.[0-9a-f]{8}\.min\.(js|css)(\.map)?")
LOADED = re.compile(r'<(?:script[^>]* src|link rel="stylesheet"[^>]* href)="([^"]+)"')


class Answer(NamedTuple):
    """What the server says."""

    status: int
    headers: Message
    body: bytes


def ask(base: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Send a path as it is written, which no browser would."""
    connection = HTTPConnection(urlsplit(base).netloc, timeout=10)
    connection.putrequest(method, f"{urlsplit(base).path}{path}", skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def bare(answer: Answer) -> list[str]:
    """Return the headers that an answer should have once, and has not. Without a body there is no type."""
    wanted = ONCE[1:] if answer.status == 304 else ONCE
    return [name for name in wanted if len(answer.headers.get_all(name, [])) != 1]


def files(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with nginx.served(site) as base:
        yield base


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture(scope="module", params=["site.conf", "sub-path.conf"])
def guarded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small site, at a root and below a path."""
    below = "forebygga/" if request.param == "sub-path.conf" else ""
    with nginx.served(write_small(tmp_path_factory.mktemp("small")), request.param, below=below) as base:
        yield base


def write_small(tmp_path: Path) -> Path:
    """Write a site of a few files, with some beside it that are nobody's business."""
    texts = {
        "site/index.html": "<h1>Start</h1>",
        "site/404.html": "<h1>Finns inte</h1>",
        "site/deep/page.html": "<h1>Djupt</h1>",
        "site/.git/config": "secret",
        "site/deep/.htpasswd": "secret",
        "secret.txt": "secret",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "site"


def test_every_file_comes_whole_and_as_what_it_is(site: Path, address: str) -> None:
    for path in files(site):
        found = ask(address, path)
        if path == "404.html":
            assert found.status == 404
            continue
        assert (path, found.status) == (path, 200)
        assert (path, found.headers["Content-Type"]) == (path, TYPES[Path(path).suffix])
        assert found.body == (site / path).read_bytes(), path


def test_no_file_lacks_a_header_whether_it_is_sent_or_known_already(site: Path, address: str) -> None:
    for path in files(site):
        fresh = ask(address, path, "HEAD")
        assert (path, bare(fresh)) == (path, [])
        if path == "404.html":
            continue
        known = ask(address, path, If_None_Match=fresh.headers["ETag"])
        assert (path, known.status, known.body, bare(known)) == (path, 304, b"", [])
        assert (path, known.headers["Cache-Control"]) == (path, fresh.headers["Cache-Control"])
        since = ask(address, path, If_Modified_Since=fresh.headers["Last-Modified"])
        assert (path, since.status, bare(since)) == (path, 304, [])


REFUSED = {
    "finns-inte.html": 404,
    "finns/inte.js?v=0123456789ab": 404,
    "redigera": 301,
    "situation/": 404,
    ".git/config": 404,
    "../../../../etc/passwd": 400,
    "index.html?": 200,
}


@pytest.mark.parametrize("path", REFUSED)
def test_no_other_answer_lacks_a_header(address: str, path: str) -> None:
    found = ask(address, path)
    assert found.status == REFUSED[path]
    assert bare(found) == []
    assert found.headers["Server"] == "nginx"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Cache-Control"] == ASKED


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["", "index.html", "navigator.html", "finns-inte.html"])
def test_nothing_is_taken_in(address: str, path: str, method: str) -> None:
    found = ask(address, path, method)
    assert found.status == 405
    assert bare(found) == []
    assert found.headers["Allow"] == "GET, HEAD"


def test_a_part_is_answered_with_the_whole(address: str) -> None:
    for wanted in ("bytes=0-9", "bytes=999999999-"):
        found = ask(address, "rutin.json", Range=wanted)
        assert (found.status, bare(found)) == (200, [])


def test_pages_have_the_strict_policy_and_the_file_to_carry_has_its_own(site: Path, address: str) -> None:
    for path in files(site):
        policy = ask(address, path, "HEAD").headers["Content-Security-Policy"]
        if path == "navigator.html" or path.endswith(".pdf"):
            assert not re.search("(default|script|style|img|font)-src", policy)
            assert policy.endswith("frame-ancestors 'self'")
        else:
            assert (path, policy) == (path, f"{POLICY}; frame-ancestors 'self'")
    own = (site / "navigator.html").read_text("utf-8")
    assert '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;' in own


def test_text_is_compressed_and_nothing_else(site: Path, address: str) -> None:
    smaller = 0
    for path in files(site):
        found = ask(address, path, Accept_Encoding="gzip, br")
        text = "charset" in TYPES[Path(path).suffix]
        if text and ((site / path).stat().st_size > 512 or (site / f"{path}.gz").exists()):
            assert (path, found.headers["Content-Encoding"]) == (path, "gzip")
            assert (path, found.headers["Vary"]) == (path, "Accept-Encoding")
            assert gzip.decompress(found.body) == (site / path).read_bytes()
            smaller += 1
        else:
            assert (path, found.headers["Content-Encoding"]) == (path, None)
    assert smaller > 200


def test_what_is_compressed_beforehand_is_sent_as_it_is(small: Path) -> None:
    beforehand = gzip.compress(b"<h1>Start</h1>", mtime=0)
    (small / "index.html.gz").write_bytes(beforehand)
    with nginx.served(small) as base:
        found = ask(base, "index.html", Accept_Encoding="gzip")
        plain = ask(base, "index.html")
    assert (found.status, found.headers["Content-Encoding"], found.body) == (200, "gzip", beforehand)
    assert found.headers["Content-Type"] == TYPES[".html"]
    assert bare(found) == []
    assert (plain.headers["Content-Encoding"], plain.body) == (None, b"<h1>Start</h1>")


def test_only_what_changes_its_address_is_kept(site: Path, address: str) -> None:
    hashed = {path for path in files(site) if HASHED.fullmatch(path)}
    assert len(hashed) >= 4
    for path in files(site):
        plain = ask(address, path, "HEAD").headers["Cache-Control"]
        assert (path, plain) == (path, KEPT if path in hashed else ASKED)
        versioned = ask(address, f"{path}?v=0123456789ab", "HEAD").headers["Cache-Control"]
        assert (path, versioned) == (path, KEPT if path.startswith(("assets/", "search/")) else ASKED)


@pytest.mark.parametrize(
    "query", ["?v=", "?v=1", "?v=<b>", "?w=0123456789ab", "?v=%30123456789ab", "#v=0123456789ab"]
)
def test_what_is_no_hash_keeps_nothing(address: str, query: str) -> None:
    found = ask(address, f"assets/page.js{query}")
    assert (found.status, found.headers["Cache-Control"]) == (200, ASKED)


def test_what_is_missing_or_refused_is_never_kept(address: str) -> None:
    there = "assets/page.js?v=0123456789ab"
    found = [
        ask(address, "assets/nej.js?v=0123456789ab"),
        ask(address, "assets/javascripts/bundle.01234567.min.js"),
        ask(address, there, "POST"),
        ask(address, there, If_Match='"another"'),
    ]
    assert [answer.status for answer in found] == [404, 404, 405, 412]
    assert [answer.headers["Cache-Control"] for answer in found] == [ASKED] * 4


def test_every_script_and_style_that_a_page_names_is_kept(site: Path, address: str) -> None:
    named = {
        urljoin(path, reference)
        for path in files(site)
        if path.endswith(".html") and path != "404.html"
        for reference in LOADED.findall((site / path).read_text("utf-8"))
    }
    assert len(named) >= 15
    for reference in sorted(named):
        found = ask(address, reference, "HEAD")
        assert (reference, found.status, found.headers["Cache-Control"]) == (reference, 200, KEPT)


def test_what_has_changed_is_sent_anew(small: Path) -> None:
    with nginx.served(small) as base:
        first = ask(base, "index.html")
        page = small / "index.html"
        page.write_text("<h1>Slut!</h1>", "utf-8")  # of the same length
        os.utime(page, (page.stat().st_mtime + 1,) * 2)
        again = ask(base, "index.html", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (200, b"<h1>Slut!</h1>")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "deep/../../secret.txt",
        "deep/..%5c..%5csecret.txt",
        "..;/secret.txt",
        "....//secret.txt",
        ".git/config",
        "%2egit/config",
        "deep/../.git/config",
        "deep/.htpasswd",
        "deep/",
        "deep",
        "404.html",
    ],
)
def test_what_is_nobody_s_business_is_not_there(guarded: str, path: str) -> None:
    found = ask(guarded, path)
    if found.status == 301:  # a folder's name
        found = ask(guarded, f"{path}/")
    assert found.status in (400, 404)
    assert b"secret" not in found.body
    assert b"page.html" not in found.body


def test_hosted_below_a_path_every_answer_has_them_too(small: Path) -> None:
    with nginx.served(small, "sub-path.conf", below="forebygga/") as base:
        answers = {path: ask(base, path) for path in ("", "index.html", "nej.html", ".git/config", "deep/")}
        answers["POST"] = ask(base, "index.html", "POST")
        answers["304"] = ask(base, "", If_None_Match=answers[""].headers["ETag"])
        root = ask(base.removesuffix("/"), "")
    assert [answer.status for answer in answers.values()] == [200, 200, 404, 404, 404, 405, 304]
    assert [bare(answer) for answer in answers.values()] == [[]] * 7
    assert (root.status, root.headers["Location"], bare(root)) == (301, "/forebygga/", [])


@pytest.mark.parametrize("configuration", ["site.conf", "sub-path.conf"])
def test_nginx_has_nothing_to_remark(small: Path, tmp_path: Path, configuration: str) -> None:
    tried = [*nginx.command("127.0.0.1:8080", small, tmp_path, configuration), "-t"]
    done = subprocess.run(tried, env=nginx.environment(), capture_output=True, text=True, check=False)
    said = [line.rsplit(" ", 2)[-2:] for line in done.stderr.splitlines()]
    assert (done.returncode, said) == (0, [["is", "ok"], ["is", "successful"]])


def test_an_address_that_is_no_address_is_refused(small: Path, tmp_path: Path) -> None:
    tried = nginx.command("127.0.0.1:80; include /etc/passwd", small, tmp_path, "site.conf")
    done = subprocess.run(tried, env=nginx.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Not an address" in done.stderr
