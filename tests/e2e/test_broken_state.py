"""Whatever stands in the address or in the browser's storage: the page says what it cannot use, and works."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import open_page
from tests.tiers import few

SITUATION = "situation/barnfamilj-ekonomi-skuld.html"
CASE = "ova/fall/"
# Pages that read answers from the address, and such that do not.
ASKING = (
    "index.html",
    "fraga/skuld-barnfamilj.html",
    "vet-inte/skuld-barnfamilj.html",
    SITUATION,
    "navigator.html",
)
OTHERS = ("ova.html", "ova/vad-hander-sen.html")
TOLD = (  # what cannot be used, and said to be so
    "finns-inte=ja",
    "inkom=finns-inte",
    "inkom=",
    "inkom=underrattelse&inkom=nej&inkom=",
    "__proto__=x&constructor=x&toString=x&hasOwnProperty=x",
    "inkom=__proto__&orsak=constructor&hushall=toString",
    "_fraga=__proto__&_lucka=constructor",
    "_fraga=finns-inte&_lucka=&_fraga=start",
    "_okant=1&_sida=<script>",
    "x=" + "a" * 100_000,
    "&".join(f"f{n}=v{n}" for n in range(5000)),
    "inkom=underrattelse&x=<img src=x onerror=window.hacked=1>",
    "x=javascript:window.hacked=1",
    "x=%3Cscript%3Ewindow.hacked=1%3C/script%3E",
    "%3D%3D%26%26%3D",
    "x=%&y=%E0%A4%A&z=%ff%fe",
    "====&&&&===",
    "x=\u202e\u0000\ud7ff",
)
QUIET = (  # an anchor that is not there, or a print's link
    "finns-inte",
    "__proto__",
    "%",
    "%E0%A4%A",
    "\\",
    '"]',
    "<img src=x onerror=window.hacked=1>",
    "a" * 100_000,
    "_utskrift=x",
    "_utskrift=1~" + "0" * 100_000 + ".0000",
    "_sida=../../x&_sida=__proto__",
)


HEADINGS = """() => Array.from(document.querySelectorAll("h1"))
  .filter((heading) => heading.checkVisibility()).map((heading) => heading.innerText.trim())"""


def is_clear(page: Page | Frame) -> None:
    """Fail unless the page shows a heading that says something, once."""
    headings = page.evaluate(HEADINGS)
    assert len(headings) == 1
    assert headings[0]
    assert page.evaluate("window.hacked") is None
    assert not page.evaluate("document.documentElement.matches('.r-filtering')")


@pytest.mark.parametrize("path", ASKING)
def test_answers_that_nobody_can_have_given_are_told_in_short_and_the_page_is_clear(
    page: Page, base: str, path: str
) -> None:
    for fragment in few(TOLD, 2):
        page.goto("about:blank")
        page.goto(f"{base}{path}#{fragment}", wait_until="domcontentloaded")
        is_clear(page)
        told = page.locator("[data-message]:visible").first.inner_text()
        assert 10 < len(told) < 600, fragment[:40]


@pytest.mark.parametrize("path", few([*ASKING, *OTHERS], 3))
def test_an_address_that_leads_nowhere_shows_the_page(page: Page, base: str, path: str) -> None:
    for fragment in few((*QUIET, *(TOLD[:5] if path in OTHERS else ())), 2):
        page.goto("about:blank")
        page.goto(f"{base}{path}#{fragment}", wait_until="domcontentloaded")
        is_clear(page)


def test_what_is_asked_for_in_the_address_runs_nothing(page: Page, base: str) -> None:
    """The theme reads two keys there: what to search for, and what to mark."""
    values = few(("<img src=x onerror=window.hacked=1>", "\\", "(", "[a-z", "*:~^", "a" * 4000, "%"), 2)
    for key, value in product("qh", values):
        page.goto(f"{base}{SITUATION}?{key}={quote(value) if value != '%' else value}")
        is_clear(page)


def test_an_address_that_changes_on_the_open_page_is_read_in_the_same_way(page: Page, base: str) -> None:
    for path in ("index.html", "navigator.html"):
        page.goto(base + path)
        for fragment in few((*TOLD, *QUIET), 12):
            page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
            page.wait_for_timeout(20)
            is_clear(page)


# --- Storage ------------------------------------------------------------------------------------------------

KEYS = sorted(
    set(
        re.findall(
            r'"(rutin\.[^"]+)"',
            "\n".join(p.read_text("utf-8") for p in (ROOT / "site_overrides/assets").glob("*.js")),
        )
    )
)
GARBAGE = (
    "",
    "null",
    "0",
    "x",
    "[]",
    '"x"',
    "{",
    '{"__proto__": {"told": "x"}, "constructor": 1}',
    '{"ova/fall/x": {"told": {"x": 1}, "given": 7}, "kundcenter": 3, "x": null}',
    "<img src=x onerror=window.hacked=1>",
    '"] *, [x="',
    "a" * 100_000,
)
FILL = """(text) => {
  const theme = [".__palette", ".__search", ".__tabs", ".__announce"];
  const names = KEYS.concat(theme).map((name) => SCOPE + name);
  for (const storage of [localStorage, sessionStorage]) for (const name of names) storage.setItem(name, text);
}"""
THROWS = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("x", "SecurityError"); } });
}"""
FULL = """for (const name of ["setItem", "removeItem"]) {
  Storage.prototype[name] = function () { throw new DOMException("x", "QuotaExceededError"); };
}"""
NONE = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { return null; } });
}"""


ALLOWED = "() => { try { return Boolean(localStorage); } catch { return false; } }"


def use(page: Page, base: str) -> None:
    """Walk through what remembers anything, and see that it works for as long as the page is open."""
    page.goto(base + "index.html")
    for _ in range(8):
        if not page.locator("[data-option]:visible").count():
            break
        page.locator("[data-option]:visible").last.click()
        page.wait_for_timeout(50)
    page.wait_for_url(re.compile("situation|lucka"))
    page.goto(base + SITUATION)
    is_clear(page)
    choices = page.locator("[data-unit-choice]:visible")
    choices.nth(1).check()
    expect(page.locator(".r-brief__own:visible")).to_have_count(1)
    choices.nth(0).check()
    tick = page.locator(".r-tick input:visible").first
    tick.check()
    expect(tick).to_be_checked()
    page.locator("[data-event] [value=met]").first.check()
    expect(
        page.locator("[data-when]:not([data-when=''])[data-is=open], [data-confirms]:visible").first
    ).to_be_visible()
    page.locator("[data-do=clear]").click()
    expect(tick).not_to_be_checked()
    page.goto(base + "ny-har/ekonomi.html")
    boxes = page.locator("[data-lesson] input:visible")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(boxes.nth(0)).to_be_checked()
    expect(page.locator("[data-progress]:visible").first).to_contain_text("2")
    page.locator("[data-clear]").click()
    expect(boxes.nth(0)).not_to_be_checked()
    page.goto(base + "ova.html")
    is_clear(page)
    page.locator("main .r-list a[href^='ova/fall/']").first.click()
    page.wait_for_url(re.compile("ova/fall/"))
    exercise = page.locator("[data-exercise]:visible")
    exercise.locator("input").first.check()
    exercise.locator("[data-do=answer]").click()
    expect(page.locator("[data-verdict] [data-say]:visible")).not_to_be_empty()
    is_clear(page)


@pytest.mark.parametrize("state", few([THROWS, NONE, FULL]))
def test_everything_works_where_nothing_can_be_kept(context: BrowserContext, base: str, state: str) -> None:
    context.add_init_script(state)
    use(open_page(context), base)


def test_garbage_in_storage_is_nothing_kept(context: BrowserContext, base: str) -> None:
    assert len(KEYS) == 4
    page = open_page(context)
    page.goto(base + "index.html")
    for text in few(GARBAGE, 2):
        page.evaluate(FILL.replace("KEYS", str(KEYS)).replace("SCOPE", "__md_scope.pathname"), text)
        for path in (SITUATION, "ny-har/ekonomi.html", "ova.html"):
            page.goto(base + path, wait_until="domcontentloaded")
            is_clear(page)
            assert "[object" not in page.locator("main").inner_text()
    page.evaluate(FILL.replace("KEYS", str(KEYS)).replace("SCOPE", "__md_scope.pathname"), "{")
    use(page, base)


def test_the_single_file_works_in_a_frame_without_an_origin(context: BrowserContext, base: str) -> None:
    page = open_page(context)
    page.set_content(
        f'<iframe sandbox="allow-scripts" src="{base}navigator.html" width="1200" height="900"></iframe>'
    )
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert frame.evaluate(ALLOWED) is False
    for _ in range(8):
        if not frame.locator("[data-option]:visible").count():
            break
        frame.locator("[data-option]:visible").last.click()
    tick = frame.locator(".r-tick input:visible, [data-do=record]:visible").first
    expect(tick).to_be_visible()
    is_clear(frame)


def test_the_next_question_is_asked_in_a_frame_that_may_not_change_its_address(page: Page, base: str) -> None:
    page.add_init_script("history.pushState = function () { throw new DOMException('x', 'SecurityError'); };")
    page.goto(base + "index.html")
    page.locator("[data-option]:visible").first.click()
    expect(page.locator(".r-trail li:visible").first).to_be_visible()
    is_clear(page)
