"""The answer before the detail: every situation keeps its measures, wide and narrow, and on paper."""

from __future__ import annotations

from statistics import median

from playwright.sync_api import Page, ViewportSize

from benchmarks import situations
from benchmarks.situations import addresses, measured, sheets, stops
from generator.model import Gap, Tree
from tests.tiers import few

ENGINES = ("mkdocs",)
WIDTHS = [ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)]


def test_a_reader_soon_comes_to_the_first_step_of_any_situation(page: Page, base: str, tree: Tree) -> None:
    words, some = [], 0
    wide = few(list(addresses(tree)), 6)
    for situation, address in addresses(tree):
        for size, first, height in zip(WIDTHS, situations.FIRST_STEP, situations.HEIGHT, strict=True):
            if size == WIDTHS[0] and (situation, address) not in wide:
                continue  # narrow, there is less room
            page.set_viewport_size(size)
            found = measured(page, base + address)
            assert found.first <= first, situation.id
            assert found.height <= height, situation.id
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), situation.id
        words.append(found.words)
        shown = [gap for line in found.gaps for gap in line]
        assert len(found.gaps) <= situations.OPEN_GAPS, situation.id
        assert len(set(shown)) == len(shown), situation.id  # each once
        assert not [gap for gap in shown if tree.get(gap, Gap).weight == "document"]
        assert stops(page) <= situations.STOPS, situation.id
        some += len(shown)
    assert some
    assert 20 < median(words) <= situations.WORDS


def test_who_gets_no_steps_soon_sees_a_way_on(page: Page, base: str, tree: Tree) -> None:
    """Where the routine leaves off, an answer is missing, or only to read."""
    ways = {f"lucka/{gap.id}": "[data-ways] a" for gap in tree.end_gaps}
    ways |= {f"vet-inte/{node.id}": "[data-back]" for node in few(tree.nodes, 5)}
    ways |= {f"enhet/{unit.id}": "h2" for unit in tree.units} | {"luckor": "h2"}
    for path, way in ways.items():
        heights = situations.HEIGHTS[path.partition("/")[0]]
        for size, height, on in zip(WIDTHS, heights, situations.WAY_ON, strict=True):
            page.set_viewport_size(size)
            page.goto(f"{base}{path}.html")
            box = page.locator(way).first.bounding_box()
            assert box, path
            assert box["y"] + box["height"] <= on, path
            assert page.evaluate("document.documentElement.scrollHeight") <= height, path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_what_has_no_steps_takes_few_sheets_of_paper(page: Page, base: str, tree: Tree) -> None:
    ends = [f"lucka/{gap.id}" for gap in tree.end_gaps] + [f"enhet/{unit.id}" for unit in few(tree.units, 1)]
    for path in [*ends, *(f"vet-inte/{node.id}" for node in few(tree.nodes, 3)), "luckor"]:
        page.goto(f"{base}{path}.html")
        assert sheets(page) <= situations.FEW_SHEETS[path.partition("/")[0]], path


def test_a_situation_takes_two_sheets_of_paper_and_the_longest_three(
    page: Page, base: str, tree: Tree
) -> None:
    longest = []
    for situation, address in few(list(addresses(tree)), 4):
        measured(page, base + address)
        taken = sheets(page)
        assert taken <= situations.SHEETS + 1, situation.id
        longest += [situation.id] * (taken > situations.SHEETS)
    assert set(longest) <= {"barnfamilj-ekonomi-upprepad-storning", "kronofogden-barnfamilj"}
