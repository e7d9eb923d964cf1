"""Search finds pages by the words people use, from a server and from a file share."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

WORDS = {
    "vräkning": "/situation/",
    "vräka": "/situation/kronofogden-",
    "KFM": "kronofogden",
    "kronofogden": "kronofogden",
    "hembesök": "/atgard/",
    "hembesöken": "hembesok.html",
    "störning": "storning",
    "skuld": "skuld",
    "obetald hyra": "skuld",
    "orosanmälan": "/situation/barnfamilj-",
    "budgetrådgivning": "/enhet/ekonomi.html",
    "lucka": "/lucka",
}


def finds(page: Page, word: str, address: str) -> bool:
    """Type the word, and tell whether the address comes to stand among the first six results."""
    page.get_by_role("textbox", name="Sök").press_sequentially(word, delay=20)
    results = page.locator(".md-search-result__item > a")
    for _ in range(50):  # the list is filled in steps
        first = results.evaluate_all("(all) => all.slice(0, 6).map((link) => link.getAttribute('href'))")
        if any(address in found for found in first):
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("word", WORDS)
def test_a_word_finds_its_page_among_the_first(page: Page, base: str, word: str) -> None:
    page.goto(base + "index.html")
    page.get_by_role("textbox", name="Sök").click()
    assert finds(page, word, WORDS[word])


def test_search_works_from_a_file(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("textbox", name="Sök").click()
    assert finds(page, "hembesök", "oanmalt-hembesok")
