"""The map: the picture and the table say what the tree says, and the picture is sound."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest

from generator.model import Question, Tree
from generator.outputs import outputs
from generator.pages.map import tree_map
from generator.pages.map.layout import Arrow, Block, Place, place
from generator.pages.map.picture import answer, edges, picture, side_by_side, title_of
from generator.pages.site import Site
from tests.conftest import ROOT, checked

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page(made: Mapping[str, str]) -> str:
    return made["karta.md"]


@pytest.fixture(scope="module")
def site(tree: Tree, real_text: str) -> Site:
    return Site.of(tree, real_text)


def svg_of(page: str) -> ElementTree.Element:
    found = re.search(r"<svg.*</svg>", page, re.DOTALL)
    assert found
    markup = found[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
    return ElementTree.fromstring(markup)  # noqa: S314, our own


def text_of(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def boxes(page: str) -> list[tuple[str, str, list[str]]]:
    """Return of each box in the picture: its kind, where its link leads, and the text of its rows."""
    found = []
    for group in svg_of(page).iter(f"{SVG}g"):
        link = group.find(f"{SVG}a")
        if link is not None:
            rows = [text_of(text) for text in group.iter(f"{SVG}text")]
            found.append((group.get("class", "").rpartition("--")[2], link.get("href", ""), rows))
    return found


def test_every_place_stands_in_the_picture_with_its_answers_and_link(page: str, site: Site) -> None:
    shown = {(href, *rows) for _, href, rows in boxes(page)}
    tree = site.tree
    for node in tree.nodes:
        question = tree.get(node.ask, Question)
        rows = [question.text, *(answer(node, option, option.short) for option in question.options)]
        assert (site.page_of(node.id, "nodes"), *map(str, rows)) in shown
    firsts = {(href, rows[0]) for _, href, rows in boxes(page)}
    for situation in tree.situations:
        assert (site.page_of(situation.id, "situations"), str(situation.short)) in firsts
    for gap in tree.end_gaps:
        assert (site.page_of(gap.id, "gaps"), str(gap.title)) in firsts


def test_each_place_that_leads_on_is_drawn_in_full_once(page: str, tree: Tree) -> None:
    questions = Counter(href for kind, href, _ in boxes(page) if kind == "question")
    assert set(questions.values()) == {1}
    assert len(questions) == len(tree.nodes)
    going_on = [s for s in tree.situations if s.continues]
    pages = Counter(href for kind, href, _ in boxes(page) if kind == "situation")
    assert all(pages[f"situation/{s.id}.html"] == 1 for s in going_on)


def test_each_answer_has_a_line_from_its_row_to_the_place_it_leads_to(site: Site) -> None:
    drawn = picture(site)
    at = {(one.x, one.y + one.box.rows[0].height // 2): one.box for one in drawn.boxes}
    rows = {
        (one.x + drawn.box_width, one.y + row.y + row.height // 2): (one.box.place, n)
        for one in drawn.boxes
        for n, row in enumerate(one.box.rows)
    }
    led: Counter[tuple[str, int, str, bool]] = Counter()
    for arrow in drawn.arrows:
        numbers = [int(n) for n in re.findall(r"-?\d+", arrow.path)]
        tail, row = rows[numbers[0], numbers[1]]
        point = re.search(r"L(\d+) (\d+)L", arrow.path)
        assert point
        led[tail, row, at[int(point[1]), int(point[2])].place, arrow.goes_on] += 1
    expected: Counter[tuple[str, int, str, bool]] = Counter()
    for node in site.tree.nodes:
        options = site.tree.get(node.ask, Question).options
        for n, option in enumerate(options, start=1):
            expected[str(node.id), n, str(node.goto[option.id]), False] += 1
    for situation in site.tree.situations:
        if situation.continues:
            expected[str(situation.id), 1, str(situation.continues.node), True] += 1
    assert led == expected


def test_a_box_that_continues_elsewhere_leads_to_the_place_in_the_picture(page: str, site: Site) -> None:
    ids = {group.get("id") for group in svg_of(page).iter(f"{SVG}g")}
    again = [href for kind, href, _ in boxes(page) if kind == "again"]
    assert all(href.removeprefix("#") in ids for href in again)
    together = [group for one in picture(site).boxes for group in side_by_side(one.box.edges)]
    several = Counter(edge.to for edge, *_ in together if edges(site, edge.to))
    assert len(again) == sum(count - 1 for count in several.values())


class Table(HTMLParser):
    """Collects the rows of the page's table: the place, the answer, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.place = ""
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "tbody":
            self.place = str(found["id"]).removeprefix("rad-")
        if found.get("scope") == "row":
            self.rows.append([self.place, "", "", ""])
            self.open = "answer"
        if "data-leads" in found:
            self.rows[-1][2] = str(found["data-leads"])
            self.open = "leads"
        if tag == "a" and self.open == "leads":
            self.rows[-1][3] = str(found["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open == "answer":
            self.rows[-1][1] += data


def test_the_table_says_the_same_as_the_tree(page: str, site: Site) -> None:
    table = Table()
    table.feed(page[page.index("<table") :])
    expected = []
    for node in site.tree.nodes:
        for option in site.tree.get(node.ask, Question).options:
            to = node.goto[option.id]
            question = to in site.tree.ids("nodes")
            href = f"#rad-{to}" if question else site.page_of(to, "situations", "gaps")
            expected.append([str(node.id), answer(node, option, str(option.label)), str(to), href])
    told = [row for row in table.rows if row[0] in site.tree.ids("nodes")]
    assert told == expected
    on = [(row[0], row[2]) for row in table.rows if row[0] not in site.tree.ids("nodes")]
    assert on == [(s.id, s.continues.node) for s in site.tree.situations if s.continues]
    for row in table.rows:
        assert title_of(site, row[2]) in page


def test_the_picture_is_sound(page: str) -> None:
    svg = svg_of(page)
    elements = list(svg.iter())
    assert not [e for e in elements if "style" in e.attrib]
    links = [e.get("href", "") for e in elements if "href" in e.attrib]
    assert links
    assert not [href for href in links if re.match(r"\w+:|//", href)]
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} <= set(ids)


def test_the_first_question_stands_first(site: Site) -> None:
    drawn = picture(site).boxes
    assert drawn[0].box.place == site.tree.routine.start
    assert drawn[0].x == min(box.x for box in drawn)
    assert drawn[0].y == min(box.y for box in drawn)


def test_a_name_that_is_heard_holds_what_is_seen_and_tells_apart(page: str) -> None:
    leads: dict[str, set[str]] = {}
    for link in svg_of(page).iter(f"{SVG}a"):
        name = link.get("aria-label") or text_of(link)
        assert text_of(link).casefold() in name.casefold()
        leads.setdefault(name, set()).add(link.get("href", ""))
    assert all(len(hrefs) == 1 for hrefs in leads.values()), leads


WORDS = """
from generator.rules import check
from generator.pages.map.picture import picture
from generator.pages.site import Site
text = open("tree/avhysning.yaml", encoding="utf-8").read()
print(picture(Site.of(check(text)[0], text)))
"""


def test_the_picture_is_the_same_wherever_it_is_made() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", WORDS],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "HOME": home},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, locale, home in (("1", "C", "/"), ("2", "C.UTF-8", "/nonexistent"))
    }
    assert len(made) == 1


def test_a_layout_has_these_places() -> None:
    blocks = [Block("a", (30, 20, 20)), Block("b", (30,)), Block("c", (30,))]
    # The first arrow is straight: both its ends are 40 below the top.
    assert place(blocks, [Arrow("a", 1, "b"), Arrow("a", 2, "c")], below=10) == {
        "a": Place(0, 0),
        "b": Place(1, 25),
        "c": Place(1, 65),
    }


def test_an_arrow_to_nowhere_is_our_own_fault() -> None:
    with pytest.raises(KeyError):
        place([Block("a", (10,))], [Arrow("a", 0, "b")], 10)


def test_a_tree_too_large_for_a_picture_has_the_table_alone(
    tiny_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = checked(tiny_text)
    places = len(tree.nodes) + len(tree.situations) + len(tree.end_gaps)
    monkeypatch.setattr(tree_map, "MOST", places)
    drawn = outputs(tree, tiny_text)["karta.md"]
    assert "<svg" in drawn
    assert "pictures: true" in drawn
    monkeypatch.setattr(tree_map, "MOST", places - 1)
    page = outputs(tree, tiny_text)["karta.md"]
    assert "<svg" not in page
    assert "pictures: true" not in page
    table = re.compile(r"<table.*</table>", re.DOTALL)
    assert table.findall(page) == table.findall(drawn) != []
    assert f"Trädet har {len(tree.nodes)} frågor" in page


def test_hostile_and_endless_words_stay_text_in_a_box_that_holds_them(tiny_text: str) -> None:
    hostile = "<script>alert(1)</script>]]>&\"'{{7*7}}<table></table>"
    text = tiny_text.replace("short: Inget vatten, facts", f"short: {hostile!r}, facts".replace("\\'", "''"))
    text = text.replace("text: Vad är fel?", f"text: {'Donaudampf' * 6}?")
    tree = checked(text)
    page = outputs(tree, text)["karta.md"]
    assert "<script" not in page
    rows = [row for _, _, rows in boxes(page) for row in rows]
    assert any("<script>alert(1)</script>" in row for row in rows)
    assert picture(Site.of(tree, text)).box_width > 7 * len("Donaudampf") * 6


def test_a_way_that_is_the_tool_s_reading_is_said_to_be_so(page: str, tree: Tree) -> None:
    own = [(node, option) for node in tree.nodes for option in node.own]
    assert own
    for node, id in own:
        (option,) = (o for o in tree.get(node.ask, Question).options if o.id == id)
        (table,) = re.findall(rf'<tbody id="rad-{node.id}">.*?</tbody>', page, re.DOTALL)
        assert f'<th scope="row">{option.label} (verktygets läsning)</th>' in table
    assert page.count("(verktygets läsning)</th>") == len(own)
