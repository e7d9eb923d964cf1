"""The documents on engines say what the results say, and no more."""

from __future__ import annotations

from generator.locale import strings
from generator.pages.results import Engines
from tests import engines
from tests.e2e.every_engine import CHECKS

SOME = Engines(
    date="2026-01-02",
    tree="0" * 64,
    generator="0",
    versions={"Firefox": "1.5"},
    found={"Firefox": {"cases": 0, "plain": 2}},
)


def test_the_documents_are_fresh() -> None:
    tried = engines.results()
    assert engines.DOCUMENT.read_text("utf-8") == engines.as_document(tried), "run make statement"
    assert engines.marked(tried) in engines.README.read_text("utf-8"), "run make statement"


def test_what_was_not_tried_is_not_told_as_tried() -> None:
    rows = engines.as_document(SOME).splitlines()
    assert "| Check | Chromium | Firefox 1.5 | WebKit |" in rows
    assert f"| {engines.CHECKS['cases']} | not tried | nothing found | not tried |" in rows
    assert f"| {engines.CHECKS['plain']} | not tried | 2 found | not tried |" in rows
    assert engines.in_readme(SOME) == "Browser engines last tried, 2026-01-02: Firefox 1.5"
    assert "found |" not in engines.as_document(None)


def test_every_check_has_its_words_in_both_places() -> None:
    assert set(CHECKS) == set(engines.CHECKS) == set(strings()["statement"]["engine_checks"])
