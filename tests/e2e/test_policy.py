"""The strict content security policy: nothing that the site does breaks it, and it stops what is put in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from generator.build.postprocess import POLICY
from tests.e2e.conftest import QuietHandler
from tests.e2e.servers import served
from tests.e2e.survey import every_page, kind, reach
from tests.e2e.test_accessible import STATES
from tests.tiers import few

META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
PAGES = ["index.html", "situation/barnfamilj-ekonomi-skuld.html", "redigera/index.html"]
# What an attacker could try to get into a page. Each sets "hacked" if it runs.
INJECTED = {
    "script": "<script>window.hacked = 1</script>",
    "handler": '<img src="assets/none.png" alt="" onerror="window.hacked = 1">',
    "remote script": '<script src="http://127.0.0.1:9/x.js"></script>',
    "data script": '<script src="data:text/javascript,window.hacked = 1"></script>',
    "style": "<style>h1 { display: none }</style>",
    "base": '<base href="http://127.0.0.1:9/">',
}


@pytest.fixture(scope="module")
def hosted(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.engines
def test_no_page_breaks_the_policy(page: Page, hosted: str, site: Path) -> None:
    for address in few(every_page(site), 1, kind):
        answer = page.goto(hosted + address, wait_until="load")
        if address != "404.html":
            assert answer is not None
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["content-security-policy"] or "navigator" in address


@pytest.mark.full
def test_no_state_breaks_the_policy(page: Page, hosted: str) -> None:
    for state in STATES.values():
        reach(page, hosted, state)
        page.evaluate("localStorage.clear(), sessionStorage.clear()")


@contextmanager
def _without_headers(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def _ran(browser: Browser, address: str) -> tuple[bool, bool]:
    """Tell whether anything injected had its way in a page, and whether the policy was called on."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(200)
    had_its_way = page.evaluate(
        "'hacked' in window || document.baseURI.includes(':9/')"
        " || getComputedStyle(document.querySelector('h1')).display === 'none'"
    )
    context.close()
    return bool(had_its_way), any("Content Security Policy" in text for text in said)


@pytest.mark.parametrize("by", few(["header", "meta", "neither"]))
def test_what_is_put_into_a_page_is_stopped(browser: Browser, site: Path, tmp_path: Path, by: str) -> None:
    """By the server's header alone, by the page's own policy alone; and without either it would run."""
    broken = Path(shutil.copytree(site, tmp_path / "site"))
    index = broken / "index.html"
    html = index.read_text("utf-8")
    policy = META if by == "meta" else ""
    assert META in html
    with served(broken) if by == "header" else _without_headers(broken) as address:
        for what, injected in INJECTED.items():
            index.write_text(html.replace(META, policy + injected, 1), "utf-8")
            had_its_way, was_stopped = _ran(browser, address + "index.html")
            if by != "neither":
                assert (had_its_way, was_stopped) == (False, True), what
            elif what != "remote script":  # nothing answers there
                assert had_its_way, what


@pytest.mark.parametrize("address", PAGES)
def test_what_a_script_writes_into_a_page_does_not_run(browser: Browser, hosted: str, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(hosted + address)
    page.evaluate("(html) => { document.querySelector('h1').innerHTML = html }", "".join(INJECTED.values()))
    page.wait_for_timeout(200)
    assert not page.evaluate("'hacked' in window")
    context.close()
