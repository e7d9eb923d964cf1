"""For every combination of facts, tree, page, navigator and rutin.json say the same.

The navigator's logic is asked about every case at once, the plain links are followed in the built files,
and each end is read once. The ways are clicked in a real browser, on the site and in the single file: so
many that every answer is given once, and in the full tier all. Cases that give the same answers share a way.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Page, Route, expect

from generator.model import Gap, Situation, Tree
from generator.routine.cases import Answer, covers, go_on, settled, walk
from tests import tiers
from tests.e2e.steps_on_page import in_data, in_model, on_page
from tests.every_case import all_cases
from tests.tiers import few

Clicks = tuple[str, ...]


def ways(tree: Tree) -> dict[Clicks, tuple[str, list[dict[str, str]]]]:
    """Return the options to click → where they end and the cases that click them."""
    found: dict[Clicks, tuple[str, list[dict[str, str]]]] = {}
    for case in all_cases(tree):
        way = walk(tree, case)
        found.setdefault(_clicks(way.answers), (way.at, []))[1].append(case)
        if onward := go_on(tree, case):
            clicks = (*_clicks(way.answers), "→", *_clicks(onward.answers))
            found.setdefault(clicks, (onward.at, []))[1].append(case)
    return found


def _clicks(answers: tuple[Answer, ...]) -> Clicks:
    return tuple(str(answer.option.id) for answer in answers)


TOOLS = ["index.html", "navigator.html"]


def to_click(tree: Tree) -> dict[Clicks, tuple[str, list[dict[str, str]]]]:
    """Return the ways to click: all, or so many that every answer at every place is given."""
    every = ways(tree)
    if tiers.full():
        return every
    given = {clicks: answers_on(tree, cases[0]) for clicks, (_, cases) in every.items()}
    left, chosen = answers_of(tree), {}
    while left:
        clicks = max(every, key=lambda clicks: len(given[clicks] & left))
        chosen[clicks] = every[clicks]
        left -= given[clicks]
    return chosen


def answers_of(tree: Tree) -> set[tuple[str, str]]:
    """Return every answer that some case gives: where, and which."""
    return {answer for case in all_cases(tree) for answer in answers_on(tree, case)}


def answers_on(tree: Tree, case: dict[str, str]) -> set[tuple[str, str]]:
    onward = go_on(tree, case)
    given = (*walk(tree, case).answers, *(onward.answers if onward else ()))
    return {(str(answer.node.id), str(answer.option.id)) for answer in given}


def told_by(tree: Tree, case: dict[str, str], onward: bool) -> dict[str, str]:
    """Return the facts that the address has come to carry where a case ends."""
    further = go_on(tree, case) if onward else None
    return settled((*walk(tree, case).answers, *(further.answers if further else ())))


def follow(page: Page, start: str, clicks: Clicks) -> None:
    """Click through the questions, and on past a situation at an arrow."""
    page.goto("about:blank")
    page.goto(start)
    left = list(clicks)
    while left:
        heading = page.locator("h1:visible").inner_text()
        if boxes := page.locator("[data-many]:visible input").all():
            for box in boxes:
                box.set_checked(box.get_attribute("value") == left.pop(0))
            page.locator("[data-many] [data-change]:visible").click()
        elif (option := left.pop(0)) == "→":
            page.locator("[data-onward]:visible").first.click()
        else:
            page.locator(f'[data-option="{option}"]:visible').click()
        expect(page.locator("h1:visible")).not_to_have_text(heading)


def check_address(page: Page, cases: list[dict[str, str]]) -> None:
    """Assert that the address carries the answers, all of them true of each case."""
    told = dict(pair.split("=") for pair in page.evaluate("location.hash").lstrip("#").split("&"))
    told.pop("_sida", None)
    assert told
    assert all(case[fact] == value for fact, value in told.items() for case in cases)


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((site / "rutin.json").read_text("utf-8"))
    return loaded


def check_end(
    page: Page,
    tree: Tree,
    data: dict[str, Any],
    end: str,
    cases: list[dict[str, str]],
    onward: bool,
    settles: bool = False,
) -> None:
    """Assert that the open page is the end, and that the model and the data say the same of it.

    A page that ``settles`` shows the steps of the case, as far as it was answered.
    """
    assert page.locator("[data-end]:visible").get_attribute("data-end") == end
    key = "then" if onward else "ends_in"
    for case in cases:
        (told,) = [way for way in data["ways"] if covers(way["facts"], case)]
        assert end in told[key].values()
    if end in tree.ids("situations"):
        shown = on_page(page, f'[data-end="{end}"]')
        assert in_model(tree, end) == in_data(data, end)
        assert shown == in_model(tree, end, told_by(tree, cases[0], onward) if settles else {})
        text = tree.get(end, Situation).text
        assert bool(shown) is (text is None)
        if text:
            expect(page.locator("[data-instead]:visible")).to_have_text(str(text))
    else:
        assert page.locator("h1:visible").inner_text() == tree.get(end, Gap).title
        assert on_page(page, f'[data-end="{end}"]') == []


LOGIC = """(cases) => cases.map(({ facts, given }) => {
  const whole = rutinLogic.follow(rutinData, facts);
  let known = {};
  const passed = given.map(function ([node, option]) {
    const at = rutinLogic.follow(rutinData, known).at;
    const options = rutinData.questions[rutinData.nodes[node].ask].options;
    const state = { facts: known, gaps: [] };
    known = rutinLogic.answer(rutinData, state, node, options.find((o) => o.id === option)).facts;
    return at;
  });
  const places = [...passed, rutinLogic.follow(rutinData, known).at];
  return [places, whole.via ? [whole.via, whole.at] : [whole.at]];
})"""


def test_the_navigator_s_logic_takes_every_case_the_way_that_the_tree_says(
    page: Page, site: Path, tree: Tree
) -> None:
    page.goto("about:blank")
    for name in ("navigator-logic.js", "navigator-data.js"):
        page.add_script_tag(content=(site / "assets" / name).read_text("utf-8"))
    cases, expected = [], []
    for case in all_cases(tree):
        way, onward = walk(tree, case), go_on(tree, case)
        more = onward.answers if onward else ()
        given = [(answer.node.id, answer.option.id) for answer in (*way.answers, *more)]
        # Who answers the last question of the first way stands at its end, and goes on from there.
        places = [a.node.id for a in way.answers] + [way.at] + [a.node.id for a in more[1:]]
        found = [way.at, *([onward.at] if onward else [])]
        cases.append({"facts": case, "given": given})
        expected.append([[*places, *([onward.at] if onward else [])], found])
    assert page.evaluate(LOGIC, cases) == expected
    assert len(cases) == 96


class Files:
    """The built pages without a browser: where a plain link leads, on the site or in the single file."""

    def __init__(self, site: Path, tool: str) -> None:
        self.site, self.path, self.anchor = site, tool, ""
        self.read: dict[str, Any] = {}

    @property
    def shown(self) -> Any:
        if self.path not in self.read:
            self.read[self.path] = html.parse(str(self.site / self.path)).getroot()
        page = self.read[self.path]
        if self.path != "navigator.html":
            return page
        (sheet,) = page.xpath("//*[@data-sheet][@id=$id]", id=self.anchor or "index")
        return sheet

    def click(self, option: str) -> None:
        found = "@data-onward" if option == "→" else "@data-option=$option"
        link = self.shown.xpath(f".//a[{found}]", option=option)[0]
        path, _, self.anchor = link.get("href").partition("#")
        self.path = (
            posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)) if path else self.path
        )


@pytest.mark.parametrize("tool", TOOLS)
def test_plain_links_lead_every_case_to_its_end(site: Path, tree: Tree, tool: str) -> None:
    walked = 0
    files = Files(site, tool)
    for clicks, (end, cases) in ways(tree).items():
        files.path, files.anchor = tool, ""
        for option in clicks:
            files.click(option)
        assert [found.get("data-end") for found in files.shown.xpath(".//*[@data-end]")] == [end]
        walked += len(cases)
    assert walked == 96 + 48  # every case, and those from Kronofogden once more as notices


def ends_reached(tree: Tree) -> dict[str, tuple[bool, list[dict[str, str]]]]:
    """Return each end that some case reaches → whether by going on, and the cases of one such way."""
    reached: dict[str, tuple[bool, list[dict[str, str]]]] = {}
    for clicks, (end, cases) in ways(tree).items():
        reached.setdefault(end, ("→" in clicks, cases))
    assert set(tree.ids("situations")) <= set(reached)
    return reached


@pytest.mark.parametrize("tool", few(TOOLS[::-1], 1))
def test_without_script_each_end_shows_the_steps_of_the_tree_and_of_the_data(
    plain: Page, base: str, tree: Tree, data: dict[str, Any], tool: str
) -> None:
    for end, (onward, cases) in ends_reached(tree).items():
        path = f"situation/{end}" if end in tree.ids("situations") else f"lucka/{end}"
        plain.goto(base + (f"{path}.html" if tool == "index.html" else f"{tool}#{path.replace('/', '-')}"))
        check_end(plain, tree, data, end, cases, onward=onward)


@pytest.mark.parametrize("tool", few(TOOLS, 1))
def test_the_navigator_leads_every_case_to_the_same_steps(
    page: Page, base: str, tree: Tree, data: dict[str, Any], tool: str
) -> None:
    given: set[tuple[str, str]] = set()
    left = ends_reached(tree)
    for clicks, (end, cases) in to_click(tree).items():
        follow(page, base + tool, clicks)
        check_end(page, tree, data, end, cases, onward="→" in clicks)
        check_address(page, cases)
        given |= answers_on(tree, cases[0])
        left.pop(end, None)
    assert given == answers_of(tree)
    # What no chosen way clicks to, with the answers in its address; without script, each is read above.
    for end, (onward, cases) in few(list(left.items()), 4):
        path = f"situation/{end}" if end in tree.ids("situations") else f"lucka/{end}"
        answers = "&".join(f"{fact}={value}" for fact, value in told_by(tree, cases[0], onward).items())
        page.goto(
            base + (f"{path}.html#{answers}" if tool == "index.html" else f"{tool}#_sida={path}&{answers}")
        )
        check_end(page, tree, data, end, cases, onward=onward)


@pytest.mark.full
@pytest.mark.parametrize("tool", TOOLS)
def test_plain_links_lead_every_case_to_the_same_steps(
    plain: Page, base: str, tree: Tree, data: dict[str, Any], tool: str
) -> None:
    for clicks, (end, cases) in ways(tree).items():
        follow(plain, base + tool, clicks)
        check_end(plain, tree, data, end, cases, onward="→" in clicks)


def test_the_section_pages_show_the_same_steps(page: Page, base: str, tree: Tree) -> None:
    shown = []
    for section in tree.source:
        if section.page_id:
            page.goto(f"{base}avsnitt/{section.page_id}.html")
            page.evaluate("document.querySelectorAll('details').forEach((folded) => (folded.open = true))")
            for part in page.locator("[data-situation]").all():
                id = part.get_attribute("data-situation") or ""
                assert on_page(page, f'[data-situation="{id}"]') == in_model(tree, id)
                shown.append(id)
    assert sorted(shown) == sorted(s.id for s in tree.situations)


def test_the_action_pages_show_each_step_where_it_is_taken(site: Path, tree: Tree) -> None:
    for action in tree.actions:
        page = html.parse(str(site / "atgard" / f"{action.id}.html"))
        shown = [
            id for ids in page.xpath("//li[contains(@class, 'r-step')]/@data-steps") for id in ids.split()
        ]
        steps = [step for s in tree.situations for step in in_model(tree, s.id)]
        assert sorted(shown) == sorted(step.id for step in steps if step.ids[0] == action.id)


def test_the_matrix_names_those_whom_the_steps_name(page: Page, base: str, tree: Tree) -> None:
    page.goto(f"{base}matris.html")
    for situation in tree.situations:
        steps = in_model(tree, situation.id)
        for column in tree.matrix:
            cell = page.locator(f'[id="{situation.id}"] td[data-column="{column.id}"]')
            shown = {name.strip("●▲■ \u00a0") for name in cell.locator("[data-line]").all_inner_texts()}
            mine = [step for step in steps if step.ids[0] in column.actions]
            who = {n for s in mine for n in (s.to if column.shows == "to" else s.who)}
            also = {n for s in mine for n in s.with_} if column.shows == "who-and-with" else set()
            assert shown == who | also


TAMPERED = {
    "the force on the page": (r'(r-force--must">)ska(<)', r"\1bör\2"),
    "who visits, on the page": (r' och <b class="r-named r-as-who"[^>]*>enheten för barn och unga</b>', ""),
    "with whom, on the page": (r'(r-as-with"[^>]*>)enheten', r"\1inte enheten"),
    "to whom, on the page": (r'(r-as-to">)familjen', r"\1grannen"),
    "the phase on the page": ("Om besöket uteblir", "Om besöket blir av"),
    "the place in the routine": ("stycke 5, s. 9", "stycke 5, s. 10"),
    "whom it concerns, in the markup": (r'data-who="vuxen barn-unga"', 'data-who="vuxen"'),
    "the condition on the page": (r"(r-when\">)Om familjen inte kommer", r"\1Om familjen kommer"),
    "the order of the steps": (r'value="3"', 'value="4"'),
}


def tampering(before: str, after: str) -> Callable[[Route], None]:
    def tamper(route: Route) -> None:
        response = route.fetch()
        changed = re.sub(before, after, response.text())
        assert changed != response.text()
        route.fulfill(response=response, body=changed)

    return tamper


def test_a_change_in_the_page_alone_is_noticed(plain: Page, base: str, tree: Tree) -> None:
    page, situation = plain, "barnfamilj-barn-unga-skuld"
    page.goto(f"{base}situation/{situation}.html")
    assert on_page(page) == in_model(tree, situation)
    for what, (before, after) in TAMPERED.items():
        page.route("**/situation/*.html", tampering(before, after))
        page.goto(f"{base}situation/{situation}.html")
        assert on_page(page) != in_model(tree, situation), what
        page.unroute("**/situation/*.html")


def test_a_change_in_the_data_alone_is_noticed(tree: Tree, data: dict[str, Any]) -> None:
    text = json.dumps(data)
    changes = defaultdict(list)
    for old, new in [
        ('"must"', '"may"'),
        ('["vuxen", "barn-unga"]', '["vuxen"]'),
        ("hembes\\u00f6k", "besök"),
    ]:
        tampered = json.loads(text.replace(old, new))
        changes[old] = [s.id for s in tree.situations if in_data(tampered, s.id) != in_model(tree, s.id)]
    assert all(changes.values())


def test_a_change_in_the_navigator_s_data_alone_is_noticed(
    page: Page, base: str, tree: Tree, data: dict[str, Any]
) -> None:
    def tamper(route: Route) -> None:
        response = route.fetch()
        swapped = response.text().replace(
            '"nej":"barnfamilj-ekonomi-skuld"', '"nej":"barnfamilj-ej-aktuell-skuld"'
        )
        assert swapped != response.text()
        route.fulfill(response=response, body=swapped)

    page.route("**/assets/navigator.*.min.js", tamper)  # the data is joined with the scripts
    clicks = ("hyresskuld", "barnfamilj", "bara-ekonomi", "nej")
    end, cases = ways(tree)[clicks]
    follow(page, base + "index.html", clicks)
    with pytest.raises(AssertionError):
        check_end(page, tree, data, end, cases, onward=False)
