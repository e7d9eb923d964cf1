"""Each server serves the site whole, compressed and cached as it should be, and no answer lacks a header."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from tests.e2e import servers
from tests.e2e.servers import APACHE, NGINX, Answer, ask, files, write_small
from tests.promised import ASKED, FRAMES, HEADERS, KEPT, POLICY_OF_THE_FILE, TYPES
from tests.tiers import few

HASHED = re.compile(r"assets/.+\.[0-9a-f]{8}\.min\.(js|css)(\.map)?")
LOADED = re.compile(r'<(?:script[^>]* src|link rel="stylesheet"[^>]* href)="([^"]+)"')


def bare(answer: Answer) -> list[str]:
    """Return the headers that an answer should have once, and has not. Without a body there is no type."""
    wanted = [*HEADERS, *([] if answer.status == 304 else ["Content-Type"])]
    return [name for name in wanted if len(answer.headers.get_all(name, [])) != 1]


@pytest.fixture(scope="session", params=[NGINX, APACHE], ids=lambda folder: folder.name)
def server(request: pytest.FixtureRequest) -> Path:
    """The folder of a server's configuration."""
    return Path(request.param)


@pytest.fixture(scope="session")
def address(site: Path, server: Path) -> Iterator[str]:
    with servers.served(site, folder=server) as base:
        yield base


@pytest.fixture(scope="session")
def swept(site: Path, server: Path) -> list[str]:
    """The files that are asked for one by one: all, but of the second server some in the fast tier."""
    found = files(site)
    return found if server == NGINX else few(found, kind=lambda path: (Path(path).suffix, Path(path).parent))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture(scope="module", params=["site.conf", "sub-path.conf"])
def guarded(
    request: pytest.FixtureRequest, server: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the small site, at a root and below a path."""
    below = "forebygga/" if request.param == "sub-path.conf" else ""
    site = write_small(tmp_path_factory.mktemp("small"))
    with servers.served(site, request.param, below=below, folder=server) as base:
        yield base


def test_every_file_comes_whole_and_as_what_it_is(site: Path, address: str, swept: list[str]) -> None:
    for path in swept:
        found = ask(address, path)
        if path == "404.html":
            assert found.status == 404
            continue
        assert (path, found.status) == (path, 200)
        assert (path, found.headers["Content-Type"]) == (path, TYPES[Path(path).suffix])
        assert found.body == (site / path).read_bytes(), path


def test_no_file_lacks_a_header_whether_it_is_sent_or_known_already(address: str, swept: list[str]) -> None:
    for path in swept:
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
def test_no_other_answer_lacks_a_header(address: str, server: Path, path: str) -> None:
    found = ask(address, path)
    assert found.status == REFUSED[path] or (path, found.status, server) == ("redigera", 404, APACHE)
    assert bare(found) == []
    assert found.headers["Server"].lower() == server.name
    assert {name: found.headers[name] for name in HEADERS} == {
        **{name: said[0] for name, said in HEADERS.items()},
        "Cache-Control": ASKED,
    }
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


def test_pages_have_the_strict_policy_and_the_file_to_carry_has_its_own(
    site: Path, address: str, swept: list[str]
) -> None:
    own_policy = {"navigator.html": POLICY_OF_THE_FILE}
    for path in {*swept, "navigator.html"}:
        usual = FRAMES if path.endswith(".pdf") else HEADERS["Content-Security-Policy"][0]
        policy = ask(address, path, "HEAD").headers["Content-Security-Policy"]
        assert (path, policy) == (path, own_policy.get(path, usual))
    own = (site / "navigator.html").read_text("utf-8")
    assert '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;' in own


def test_text_is_compressed_and_nothing_else(site: Path, address: str, swept: list[str]) -> None:
    smaller = 0
    for path in swept:
        found = ask(address, path, Accept_Encoding="gzip, br")
        text = "charset" in TYPES[Path(path).suffix]
        if (
            found.status == 200
            and text
            and ((site / path).stat().st_size > 512 or (site / f"{path}.gz").exists())
        ):
            assert (path, found.headers["Content-Encoding"]) == (path, "gzip")
            assert (path, found.headers["Vary"]) == (path, "Accept-Encoding")
            assert gzip.decompress(found.body) == (site / path).read_bytes()
            smaller += 1
        elif not text:  # with little text and the page "404", each server does what it likes
            assert (path, found.headers["Content-Encoding"]) == (path, None)
    assert smaller > len(swept) / 2


def test_what_was_sent_compressed_is_known(address: str) -> None:
    first = ask(address, "rutin.json", Accept_Encoding="gzip")
    again = ask(address, "rutin.json", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert (first.headers["Content-Encoding"], again.status, bare(again)) == ("gzip", 304, [])


def test_what_is_compressed_beforehand_is_sent_as_it_is(small: Path, server: Path) -> None:
    names = ("index.html", "navigator.html", "404.html", "assets/page.01234567.min.js")
    for name in names:
        (small / f"{name}.gz").write_bytes(gzip.compress((small / name).read_bytes(), mtime=0))
    with servers.served(small, folder=server) as base:
        for name in ("", *names):
            beforehand = (small / f"{name or 'index.html'}.gz").read_bytes()
            found, plain = ask(base, name, Accept_Encoding="gzip"), ask(base, name)
            assert (name, found.headers["Content-Encoding"], found.body) == (name, "gzip", beforehand)
            assert (name, plain.headers["Content-Encoding"], plain.body) == (
                name,
                None,
                gzip.decompress(beforehand),
            )
            for header in ("Content-Type", "Content-Security-Policy", "Cache-Control"):
                assert (name, found.headers[header]) == (name, plain.headers[header])
            assert (found.status, bare(found)) == (plain.status, [])


def test_only_what_changes_its_address_is_kept(address: str, swept: list[str]) -> None:
    hashed = {path for path in swept if HASHED.fullmatch(path)}
    assert len(hashed) >= 4
    for path in swept:
        plain = ask(address, path, "HEAD").headers["Cache-Control"]
        assert (path, plain) == (path, KEPT if path in hashed else ASKED)
        versioned = ask(address, f"{path}?v=0123456789ab", "HEAD").headers["Cache-Control"]
        assert (path, versioned) == (path, KEPT if path.startswith(("assets/", "search/")) else ASKED)


@pytest.mark.parametrize(
    "query", ["?v=", "?v=1", "?v=<b>", "?w=0123456789ab", "?v=%30123456789ab", "#v=0123456789ab"]
)
def test_what_is_no_hash_keeps_nothing(address: str, query: str) -> None:
    found = ask(address, f"assets/page.js{query}")
    assert found.status == 200 or (query[0], found.status) == ("#", 400)  # no browser sends it
    assert found.headers["Cache-Control"] == ASKED


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
    assert len(named) >= 12
    for reference in sorted(named):
        found = ask(address, reference, "HEAD")
        assert (reference, found.status, found.headers["Cache-Control"]) == (reference, 200, KEPT)


def test_what_has_changed_is_sent_anew(small: Path, server: Path) -> None:
    with servers.served(small, folder=server) as base:
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
    outside = (
        (403,) if ".." in unquote(path) else ()
    )  # which a server that holds other things decides on itself
    assert found.status in (400, 404, *outside)
    assert b"secret" not in found.body
    assert b"page.html" not in found.body


def test_hosted_below_a_path_every_answer_has_them_too(small: Path, server: Path) -> None:
    named = {"below": "forebygga/", "frame_ancestors": "'self' https://intranat.example.org"}
    with servers.served(small, "sub-path.conf", folder=server, **named) as base:
        answers = {path: ask(base, path) for path in ("", "index.html", "nej.html", ".git/config", "deep/")}
        answers["POST"] = ask(base, "index.html", "POST")
        answers["304"] = ask(base, "", If_None_Match=answers[""].headers["ETag"])
        root = ask(base.removesuffix("/"), "")
    assert [answer.status for answer in answers.values()] == [200, 200, 404, 404, 404, 405, 304]
    assert [bare(answer) for answer in answers.values()] == [[]] * 7
    policies = {answer.headers["Content-Security-Policy"].rpartition("; ")[2] for answer in answers.values()}
    assert policies == {f"{FRAMES} https://intranat.example.org"}
    assert (root.status, root.headers["Location"], bare(root)) == (301, "/forebygga/", [])


def tried(server: Path, address: str, site: Path, work: Path, which: str) -> subprocess.CompletedProcess[str]:
    command = [*servers.command(address, site, work, which, server), "-t"]
    return subprocess.run(command, env=servers.environment(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("configuration", ["site.conf", "sub-path.conf"])
def test_a_server_has_nothing_to_remark(
    small: Path, server: Path, tmp_path: Path, configuration: str
) -> None:
    done = tried(server, "127.0.0.1:8080", small, tmp_path, configuration)
    said = {line.rpartition(" ")[2] for line in done.stderr.splitlines()}
    assert (done.returncode, said) in ((0, {"ok", "successful"}), (0, {"OK"}))


def test_an_address_that_is_no_address_is_refused(small: Path, server: Path, tmp_path: Path) -> None:
    done = tried(server, "127.0.0.1:80; include /etc/passwd", small, tmp_path, "site.conf")
    assert done.returncode == 2
    assert "Not an address" in done.stderr
