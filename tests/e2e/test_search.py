"""Search finds pages by the words people use, from a server and from a file share."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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


def search(page: Page, word: str) -> list[str]:
    page.get_by_role("textbox", name="Sök").press_sequentially(word, delay=20)
    results = page.locator(".md-search-result__item > a")
    expect(results.first).to_be_attached()
    page.wait_for_timeout(200)  # the list is filled in steps
    return [str(link.get_attribute("href")) for link in results.all()]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_finds_its_page_among_the_first(page: Page, base: str, word: str) -> None:
    page.goto(base + "index.html")
    page.get_by_role("textbox", name="Sök").click()
    assert any(WORDS[word] in address for address in search(page, word)[:6])


def test_search_works_from_a_file(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("textbox", name="Sök").click()
    assert any("oanmalt-hembesok" in address for address in search(page, "hembesök"))
