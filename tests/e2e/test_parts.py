"""The navigator of a large tree, whose data comes in parts: it leads to the same ends and asks for little."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator.data.rutin_json import rutin_json
from generator.model import Tree
from generator.pages.site import Site
from generator.routine.cases import ends, paths, walk
from tests import tiers
from tests.conftest import checked
from tests.deep import OPTIONS, deep_text
from tests.e2e.conftest import open_page, serving
from tests.e2e.test_agreement import check_address, check_end, follow, ways
from tests.wrapped import write_navigator

PART = 8_000
PREFIX = "f0=a&f1=b&f2=c"
HERE = (
    "[...document.querySelectorAll('[data-next]')].every((o) => !(rutinData.ends[o.dataset.next] || {}).part)"
)


@pytest.fixture(scope="module")
def deep() -> Tree:
    return checked(deep_text(5))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, deep: Tree) -> Path:
    return write_navigator(deep, "", PART, tmp_path_factory.mktemp("deep"))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


def parts_asked_for(page: Page) -> list[str]:
    """Return a list that grows with the name of each part that the page asks for."""
    asked: list[str] = []

    def listen(url: str) -> None:
        if "/assets/navigator/" in url:
            asked.append(url.rsplit("/", 1)[-1].removesuffix(".js"))

    page.on("request", lambda request: listen(request.url))
    return asked


def choose(page: Page, *options: str) -> None:
    for option in options:
        heading = page.locator("h1").inner_text()
        page.locator(f'[data-option="{option}"]').click()
        expect(page.locator("h1")).not_to_have_text(heading)


def wait_for(page: Page, condition: str) -> None:
    """Wait until a condition holds; the policy forbids Playwright to evaluate a text inside the page."""
    for _ in range(500):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    pytest.fail(condition)


def trail(page: Page) -> list[str]:
    return page.locator("[data-trail] li > span:first-child").all_inner_texts()


def trail_ids(page: Page) -> list[str]:
    return [text[-1] for text in trail(page)]


def sample(deep: Tree) -> list[tuple[tuple[str, ...], str]]:
    """Return some ways of answers with the end each leads to: all branches, gaps too."""
    found = paths(deep)
    return [
        (tuple(str(a.option.id) for a in way), str(end.id))
        for end in ends(deep)
        for way in found[end.id][:1]
        if end.id != "genast"
    ][:: 29 if tiers.full() else 58]


def test_the_real_tree_s_cases_end_the_same_with_each_question_in_a_part_of_its_own(
    page: Page, tree: Tree, real_text: str, tmp_path: Path
) -> None:
    data = json.loads(rutin_json(Site.of(tree, real_text)))
    some = list(ways(tree).items())[:: 3 if tiers.full() else 9]
    assert any("→" in clicks for clicks, _ in some)
    with serving(write_navigator(tree, real_text, 1, tmp_path)) as address:
        for clicks, (end, cases) in some:
            follow(page, f"{address}index.html", clicks)
            check_end(page, tree, data, end, cases, onward="→" in clicks)
            check_address(page, cases)


@pytest.mark.parametrize("reader", ["page", "plain", "file"])
def test_answers_lead_to_the_end_that_the_tree_says(
    request: pytest.FixtureRequest, deep: Tree, folder: Path, address: str, reader: str
) -> None:
    page: Page = request.getfixturevalue("plain" if reader == "plain" else "page")
    base = f"{folder.as_uri()}/" if reader == "file" else address
    sampled = sample(deep)
    assert {end in deep.ids("gaps") for _, end in sampled} == {True, False}
    for clicks, end in sampled:
        follow(page, f"{base}index.html", clicks)
        assert page.locator("[data-end]").get_attribute("data-end") == end
        if reader != "plain":
            assert trail(page) == [f"{level}{option}" for level, option in enumerate(clicks)]


def test_only_the_parts_that_may_be_next_are_asked_for(page: Page, address: str, folder: Path) -> None:
    parts = {file.stem for file in folder.glob("assets/navigator/*/n-*.js")}
    asked = parts_asked_for(page)
    page.goto(f"{address}index.html", wait_until="networkidle")
    wanted: set[str] = set()
    for option in ("c", "b", "a"):
        at = trail_ids(page)
        wanted |= {"-".join(("n", *at, letter)) for letter in OPTIONS} & parts
        assert set(asked) == wanted != set()
        choose(page, option)
        wait_for(page, HERE)
        assert page.url.startswith(f"{address}index.html#")
    assert len(asked) == len(set(asked)) < len(parts) / 3


def test_a_click_does_not_wait_for_what_was_fetched_ahead(context: BrowserContext, address: str) -> None:
    page = open_page(context)
    asked = parts_asked_for(page)
    page.goto(f"{address}index.html", wait_until="networkidle")
    assert "n-c" in asked
    context.set_offline(True)
    choose(page, "c")
    assert trail(page) == ["0c"]


def test_without_its_part_a_question_has_still_its_page(page: Page, address: str) -> None:
    page.route("**/assets/navigator/**", lambda route: route.abort())
    page.goto(f"{address}index.html", wait_until="networkidle")
    for option in ("a", "b", "c", "a", "b"):
        choose(page, option)
    assert page.locator("[data-end]").get_attribute("data-end") == "n-a-b-c-a-b"
    page.goto(f"{address}index.html#{PREFIX}")
    expect(page.locator("h1")).to_have_text("Vad gäller efter a?")
    expect(page.locator("h1")).to_be_visible()


def test_an_address_opens_where_it_leads_and_shows_nothing_before(page: Page, address: str) -> None:
    page.add_init_script(
        """
        window.seen = [];
        const look = () => {
          const heading = document.querySelector("h1");
          if (heading && heading.checkVisibility({ visibilityProperty: true })) seen.push(heading.innerText);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """
    )
    page.goto(f"{address}index.html#{PREFIX}")
    expect(page.locator("h1")).to_have_text("Vad gäller efter a b c?")
    wait_for(page, "seen.length > 0")
    assert set(page.evaluate("seen")) == {"Vad gäller efter a b c?"}
    assert page.url == f"{address}index.html#{PREFIX}"
    page.reload()
    expect(page.locator("h1")).to_have_text("Vad gäller efter a b c?")
    assert trail(page) == ["0a", "1b", "2c"]
    page.goto("about:blank")
    page.goto(f"{address}index.html#{PREFIX}&f3=a&f4=b")
    page.wait_for_url("**/situation/n-a-b-c-a-b.html#*")
    assert trail(page) == ["0a", "1b", "2c", "3a", "4b"]


def test_back_and_forward_walk_the_questions(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    choose(page, "b", "a", "c", "a", "a")
    page.wait_for_url("**/situation/n-b-a-c-a-a.html#*")
    for shown in ("b a c a", "b a c", "b a", "b", "inget"):
        page.go_back()
        expect(page.locator("h1")).to_have_text(f"Vad gäller efter {shown}?")
    page.go_forward()
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Vad gäller efter b a?")
    assert trail(page) == ["0b", "1a"]


@pytest.mark.parametrize("start", ["index.html", "situation/n-a-b-c-a-b.html"])
def test_a_changed_answer_keeps_the_others(page: Page, address: str, start: str) -> None:
    facts = PREFIX if start == "index.html" else f"{PREFIX}&f3=a&f4=b"
    page.goto(f"{address}{start}#{facts}")
    page.get_by_role("link", name="Ändra svaret på: Vad gäller efter inget?").click()
    expect(page.locator("h1")).to_have_text("Vad gäller efter inget?")
    choose(page, "c")
    assert trail(page) == ["0c", "1b", "2c", *(["3a", "4b"] if start != "index.html" else [])]


def test_whoever_does_not_know_comes_back_with_every_answer(page: Page, address: str) -> None:
    page.goto(f"{address}index.html#{PREFIX}")
    page.locator("[data-unsure-link]").click()
    page.wait_for_url("**/vet-inte/n-a-b-c.html#*")
    assert trail(page) == ["0a", "1b", "2c"]
    page.locator("[data-back]").click()
    expect(page.locator("h1")).to_have_text("Vad gäller efter a b c?")
    page.locator("[data-unsure-link]").click()
    page.wait_for_url("**/vet-inte/n-a-b-c.html#*")
    page.locator('[data-option="b"]').click()
    expect(page.locator("h1")).to_have_text("Vad gäller efter a b c b?")
    assert trail(page) == ["0a", "1b", "2c", "3b"]


def test_a_situation_goes_on_into_another_part(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    choose(page, "genast")
    page.wait_for_url("**/situation/genast.html#*")
    page.locator("[data-onward]").first.click()
    expect(page.locator("h1")).to_have_text("Vad gäller efter a?")
    choose(page, "b", "a", "c", "b")
    page.wait_for_url("**/situation/n-a-b-a-c-b.html#*")
    assert trail(page) == ["0genast", "1b", "2a", "3c", "4b"]
    expect(page.locator("[data-message]").get_by_role("link")).to_have_text("Genast")


def test_a_gap_stays_in_sight_in_another_part_and_after_a_reload(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    choose(page, "b", "a", "a", "a", "c")
    page.wait_for_url("**/lucka/n-b-a-a-a-c.html#*")
    page.locator("[data-as]").first.click()
    page.wait_for_url("**/n-a-a-a-a-c.html#*")
    for _ in range(2):
        expect(page.locator("[data-message]").get_by_role("link")).to_have_text("Slut b a a a c")
        page.reload()
    page.locator("[data-message]").get_by_role("link").click()
    page.wait_for_url("**/lucka/n-b-a-a-a-c.html#*")


@pytest.mark.parametrize(
    ("fragment", "told"),
    [
        (f"{PREFIX}&_lucka=finns-inte", "_lucka=finns-inte"),
        (f"{PREFIX}&_lucka=../../../../etc/x", "_lucka=../../../../etc/x"),
        (f"{PREFIX}&_lucka=constructor", "_lucka=constructor"),
        (f"{PREFIX}&_fraga=n-c-c-c", "_fraga=n-c-c-c"),
        (f"{PREFIX}&f3=<b>x</b>", "f3=<b>x</b>"),
    ],
)
def test_a_broken_address_says_so_and_keeps_what_fits(
    page: Page, address: str, fragment: str, told: str
) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto("about:blank")
    page.goto(f"{address}index.html#{fragment}")
    expect(page.locator("h1")).to_have_text("Vad gäller efter a b c?")
    assert trail(page) == ["0a", "1b", "2c"]
    message = page.locator("[data-message]").inner_text().replace("%3C", "<").replace("%3E", ">")
    assert told in message
    assert not [url for url in requested if "etc" in url.split("#")[0]]


def test_an_edited_address_is_followed_into_other_parts(page: Page, address: str) -> None:
    page.goto(f"{address}index.html")
    page.evaluate("location.hash = 'f0=c&f1=c&f2=b&f3=a'")
    expect(page.locator("h1")).to_have_text("Vad gäller efter c c b a?")
    assert page.url.startswith(f"{address}index.html#")
    assert trail(page) == ["0c", "1c", "2b", "3a"]


def test_the_model_agrees_with_the_sample(deep: Tree) -> None:
    for clicks, end in sample(deep):
        assert walk(deep, {f"f{level}": option for level, option in enumerate(clicks)}).at == end
