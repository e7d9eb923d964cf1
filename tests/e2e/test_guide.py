"""The editor's guide: examples look the same whichever engine built them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

EDGE = "code => getComputedStyle(code).borderInlineStartStyle"


@pytest.mark.engines
def test_a_wrong_example_and_a_right_one_are_told_apart_by_more_than_colour(page: Page, base: str) -> None:
    page.goto(base + "redigera/fel/attached.html")
    examples = page.locator("pre > code")
    assert set(examples.evaluate_all(f"codes => codes.map({EDGE})")) == {"double", "solid"}
    for example in examples.all():
        assert example.locator("span[class]").count() == 0  # no colours of the engine's own
        wrong = "fel" in (example.get_attribute("class") or "").split()
        assert example.evaluate(EDGE) == ("double" if wrong else "solid")
