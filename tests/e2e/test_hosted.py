"""Served by nginx, the tool works in a browser: at an address of its own, below a path, in a frame."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.built import built
from tests.conftest import copy_project
from tests.e2e.conftest import QuietHandler
from tests.e2e.servers import edit, served

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""
# What a page could ask for and must not, as far as the browser knows of it.
POWERS = [
    "camera",
    "microphone",
    "geolocation",
    "clipboard-read",
    "display-capture",
    "payment",
    "usb",
    "fullscreen",
]


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as base:
        yield base


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that was built to stand below a path."""
    project = copy_project(tmp_path_factory.mktemp("below"))
    edit(project / "mkdocs.yml", 'site_url: ""', "site_url: https://intranat.example.org/forebygga/")
    with served(built(project), "sub-path.conf", below="forebygga/") as base:
        yield base


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A page in which the policy is to be violated, which fails a test in the others."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def answers(page: Page) -> list[Response]:
    """Everything that the page was answered."""
    found: list[Response] = []
    page.on("response", lambda response: found.append(response))  # noqa: PLW0108, a built-in cannot listen
    page.add_init_script(WATCH)
    return found


def walk(page: Page) -> None:
    """Answer the first option of each question, until there is none left."""
    text = "document.querySelector('main')?.innerText"
    for _ in range(10):
        options = page.locator("main [data-option]:visible")
        if not options.count():
            break
        before = page.evaluate(text)
        options.first.click()
        # The address changes before what is shown: the file to carry shows another part when it is told so.
        page.wait_for_function(f"before => {text} !== before", arg=before)
    expect(page.locator("main input[type=checkbox]:visible").first).to_be_visible()


def page_that_is_missing(page: Page, base: str, answers: list[Response], path: str) -> None:
    response = page.goto(base + path)
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    page.wait_for_load_state("networkidle")
    assert {answer.request.resource_type for answer in answers} >= {"document", "script", "stylesheet"}
    assert [answer.url for answer in answers[1:] if answer.status != 200] == []
    assert page.evaluate("violations") == []
    page.get_by_role("link", name="Börja med frågorna").click()
    expect(page.locator("main [data-option]").first).to_be_visible()
    assert page.url.startswith(f"{base}index.html")


@pytest.mark.parametrize("path", ["nej.html", "situation/", "a/b/c/d/nej?x=1"])
def test_a_page_that_is_missing_leads_on(
    page: Page, address: str, answers: list[Response], path: str
) -> None:
    page_that_is_missing(page, address, answers, path)


@pytest.mark.full
@pytest.mark.parametrize("path", ["a/b/c/nej.html"])
def test_so_does_it_below_a_path(page: Page, below: str, answers: list[Response], path: str) -> None:
    page_that_is_missing(page, below, answers, path)


@pytest.mark.full
def test_the_questions_and_the_search_work_below_a_path(
    page: Page, below: str, answers: list[Response]
) -> None:
    page.goto(below.removesuffix("/"))
    assert page.url == below
    walk(page)
    assert page.url.startswith(f"{below}situation/")
    page.get_by_role("textbox", name="Sök").click()
    page.get_by_role("textbox", name="Sök").press_sequentially("skuld", delay=20)
    expect(page.locator(".md-search-result__item > a").first).to_be_visible()
    assert [answer.url for answer in answers if answer.status not in (200, 301, 304)] == []
    assert page.evaluate("violations") == []


def test_the_file_to_carry_runs_its_scripts(page: Page, address: str, answers: list[Response]) -> None:
    page.goto(f"{address}navigator.html")
    walk(page)
    assert "_sida=" in page.url
    page.get_by_role("checkbox").first.check()
    expect(page.get_by_role("button", name="Kopiera till journalen")).to_be_visible()
    assert page.evaluate("violations") == []
    assert answers[0].status == 200


def test_what_is_written_into_a_page_does_not_run(visitor: Page, tmp_path: Path) -> None:
    hostile = (
        "<!doctype html><p onclick='x'>x</p><script>window.ran = 1</script><style>p { color: red }</style>"
    )
    (tmp_path / "index.html").write_text(hostile, "utf-8")
    visitor.add_init_script(WATCH)
    with served(tmp_path) as base:
        visitor.goto(base)
        assert visitor.evaluate("window.ran") is None
        assert visitor.evaluate("getComputedStyle(document.querySelector('p')).color") == "rgb(0, 0, 0)"
        assert sorted(visitor.evaluate("violations")) == [
            "script-src-attr",
            "script-src-elem",
            "style-src-elem",
        ]


def test_a_page_may_ask_the_reader_for_nothing_but_to_copy(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    allowed = page.evaluate("document.featurePolicy.allowedFeatures()")
    assert set(POWERS) & set(allowed) == set()
    assert set(POWERS) <= set(page.evaluate("document.featurePolicy.features()"))
    assert "clipboard-write" in allowed
    assert said == []


@contextmanager
def intranet(folder: Path, shown: str) -> Iterator[str]:
    """Serve, at another address, a page that shows a page of the tool in a frame."""
    (folder / "index.html").write_text(
        f'<!doctype html><h1>Intranät</h1><iframe src="{shown}"></iframe>', "utf-8"
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["index.html", "navigator.html"])
def test_others_may_not_show_it_in_a_frame(visitor: Page, address: str, tmp_path: Path, path: str) -> None:
    with intranet(tmp_path, address + path) as elsewhere:
        visitor.goto(elsewhere)
        visitor.wait_for_load_state("networkidle")
        assert visitor.frames[1].url.startswith("chrome-error:")
        assert visitor.frames[1].locator("main").count() == 0


@pytest.mark.parametrize("path", ["index.html", "navigator.html"])
def test_who_is_named_may_show_it_in_a_frame(page: Page, site: Path, tmp_path: Path, path: str) -> None:
    with intranet(tmp_path, "about:blank") as elsewhere:
        named = f"'self' {elsewhere.removesuffix('/')}"
        with served(site, frame_ancestors=named) as base:
            edit(tmp_path / "index.html", "about:blank", base + path)
            page.goto(elsewhere)
            expect(page.frame_locator("iframe").locator("main [data-option]:visible").first).to_be_visible()


def test_its_own_pages_may_show_it_in_a_frame(page: Page, address: str) -> None:
    page.goto(f"{address}om-verktyget.html")
    page.evaluate("""() => {
        const frame = document.createElement("iframe");
        frame.src = "navigator.html";
        document.querySelector("main").append(frame);
    }""")
    expect(page.frame_locator("iframe").locator("[data-option]:visible").first).to_be_visible()
