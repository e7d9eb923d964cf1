"""The answer before the detail: every situation keeps its measures, wide and narrow, and on paper."""

from __future__ import annotations

from statistics import median

import pytest
from playwright.sync_api import Page, ViewportSize

from benchmarks import situations
from benchmarks.situations import addresses, measured, sheets, stops
from generator.model import Tree

ENGINES = ("mkdocs",)
WIDTHS = [ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)]


@pytest.mark.parametrize("index", [0, 1], ids=["wide", "narrow"])
def test_a_reader_soon_comes_to_the_first_step_of_any_situation(
    page: Page, base: str, tree: Tree, index: int
) -> None:
    page.set_viewport_size(WIDTHS[index])
    words = []
    for situation, address in addresses(tree):
        found = measured(page, base + address)
        assert found.first <= situations.FIRST_STEP[index], situation.id
        assert found.height <= situations.HEIGHT[index], situation.id
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), situation.id
        words.append(found.words)
    assert 20 < median(words) <= situations.WORDS


def test_few_stops_lead_there_and_few_gaps_stand_open(page: Page, base: str, tree: Tree) -> None:
    some = 0
    for situation, address in addresses(tree):
        found = measured(page, base + address)
        shown = [gap for line in found.gaps for gap in line]
        assert len(found.gaps) <= situations.OPEN_GAPS, situation.id
        assert len(set(shown)) == len(shown), situation.id  # each once
        assert not [gap for gap in shown if tree.get(gap, "gaps").weight == "document"]
        assert stops(page) <= situations.STOPS, situation.id
        some += len(shown)
    assert some


def test_a_situation_takes_two_sheets_of_paper(page: Page, base: str, tree: Tree) -> None:
    for situation, address in addresses(tree):
        measured(page, base + address)
        assert sheets(page) <= situations.SHEETS, situation.id
