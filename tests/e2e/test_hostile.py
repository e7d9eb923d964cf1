"""A site whose every text is hostile, in a browser: nothing runs, is asked for, or is too wide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from generator.build.postprocess import POLICY
from tests import hostile
from tests.built import built
from tests.e2e.conftest import serving
from tests.hostile.markup import squeezed
from tests.playground import TREE, copy_playground

# Every text has a word that no line holds; some have what a script's own replacing could act on.
LONG = "Längst" * 60
PATTERNS = "$& $1 $$ $` $' {right} {all} {unit} {name} {question}"
PLACED = (("examples", "title"), ("units", "label"), ("questions", "text"), ("situations", "title"))
# Whether a page is as wide as its window, holds no markup but the templates', and where it stands if not.
WATCH = r"""() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const found = wide > 0 ? [`${wide} too wide`] : [];
  if (window.hacked) found.push("hacked");
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of element.attributes) if (name.startsWith("on")) found.push(name);
    const own = ":not([data-many])";
    if (element.matches(`iframe, base, plaintext, object, embed, .r-page :is(img, form${own}, script, meta)`))
      found.push(element.tagName);
  }
  for (const link of document.links) {
    const inside = link.protocol === "http:" && link.host === location.host;
    const known = /^https:\/\/www\.(digg\.se\/tdosanmalan|example\.org\/(lekplatsplan|karta))$/;
    const mail = /^mailto:(lekplats|belysning|garanti)@example\.org(\?|$)/.test(link.href);
    if (!inside && !known.test(link.href) && !mail) found.push(link.href);
  }
  const heading = document.querySelector("h1");
  if (!heading || !heading.innerText.trim()) found.push("no heading");
  return found;
}"""


@pytest.fixture(scope="module")
def built_site(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_playground(tmp_path_factory.mktemp("hostile"))
    words = [w for w in hostile.shown() if w != hostile.LONG_WORD]
    found = hostile.filled(
        TREE.read_text("utf-8"), lambda n: hostile.marked(f"{words[n % len(words)]} {LONG}", n)
    )
    data = hostile.read(found.text)
    for kind, key in PLACED:
        for number, node in enumerate(data[kind]):
            node[key] = f"{PATTERNS} <b>{kind}</b> {number} {LONG}"
    (project / "tree" / TREE.name).write_text(hostile.written(data), "utf-8")
    return built(project, engine)


@pytest.fixture(scope="module")
def address(built_site: Path) -> Iterator[str]:
    with serving(built_site) as address:
        yield address


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page on which a dialog, too, is a fault."""
    page.emulate_media(reduced_motion="reduce")
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    yield page
    assert dialogs == []


def one_of_each_kind(site: Path) -> list[str]:
    """Return every page at the top, and of each folder the first and the last."""
    pages = sorted(path.relative_to(site) for path in site.rglob("*.html") if path.name != "404.html")
    folders = {page.parent for page in pages}
    below = {folder: [p for p in pages if p.parent == folder] for folder in folders}
    chosen = [p for f in sorted(folders) for p in (below[f] if f == Path() else [below[f][0], below[f][-1]])]
    return list(dict.fromkeys(page.as_posix() for page in chosen))


def test_no_kind_of_page_runs_it_or_grows_wider_than_the_window(
    watched: Page, address: str, built_site: Path
) -> None:
    found = {}
    for path in one_of_each_kind(built_site):
        watched.goto(address + path)
        for width in (1280, 320):
            watched.set_viewport_size({"width": width, "height": 900})
            if faults := watched.evaluate(WATCH):
                found[path, width] = faults
    assert found == {}
    assert len(one_of_each_kind(built_site)) > 25


def test_every_page_has_the_policy_whatever_it_says(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert POLICY in html or path.name == "navigator.html", path


@pytest.mark.parametrize("tool", ["index.html", "navigator.html"])
def test_the_navigator_asks_with_the_very_words_and_ends_at_a_page_that_has_them(
    watched: Page, address: str, tool: str
) -> None:
    watched.set_viewport_size({"width": 320, "height": 700})
    watched.goto(address + tool)
    for step in range(4):
        asked = watched.locator("h1:visible")
        assert squeezed(PATTERNS) in squeezed(asked.inner_text())
        if step:
            assert squeezed(PATTERNS) in squeezed(watched.title())
        assert watched.evaluate(WATCH) == []
        if not watched.locator("[data-option]:visible").count():
            break
        watched.locator("[data-option]:visible").first.click()
        expect(watched.locator(".r-trail:visible li").nth(min(step, 1))).to_be_visible()
    watched.locator("[data-unit-choice]:visible").nth(1).check()
    chosen = watched.locator("[data-end]:visible [data-filter]").first.text_content() or ""
    assert squeezed(PATTERNS) in squeezed(chosen)
    assert watched.evaluate(WATCH) == []


def test_practice_says_the_title_of_the_case_letter_for_letter(watched: Page, address: str) -> None:
    watched.set_viewport_size({"width": 320, "height": 700})
    watched.goto(address + "ova/fall/gungan.html")
    title = squeezed(watched.locator("h1").inner_text())
    for _ in range(20):
        if watched.locator(".r-result:visible").count():
            break
        exercise = watched.locator("[data-exercise]:visible")
        exercise.locator("input").first.check()
        exercise.locator("[data-do=answer]").click()
        assert watched.evaluate(WATCH) == []
        exercise.locator("[data-do=next]").click()
    assert title in squeezed(watched.locator("[data-count]:visible").inner_text())
    assert watched.evaluate(WATCH) == []
    watched.goto(address + "ova.html")
    assert title in squeezed(watched.locator("[data-rounds]").inner_text())


def test_the_search_shows_what_it_finds_as_text(watched: Page, address: str, engine: str) -> None:
    if engine == "zensical":
        pytest.skip("its search is another window")
    watched.goto(address + "index.html")
    watched.get_by_role("textbox", name="Sök").click()
    watched.get_by_role("textbox", name="Sök").press_sequentially("src=x", delay=20)
    first = watched.locator(".md-search-result__item").first
    expect(first).to_be_visible()
    assert (
        watched.evaluate(
            "() => document.querySelector('.md-search-result').querySelectorAll('b, img, script').length"
        )
        == 0
    )
    assert watched.evaluate(WATCH) == []
