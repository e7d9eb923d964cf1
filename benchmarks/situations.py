"""How soon a reader of a situation comes to its first step, and how much there is to take in.

What is folded when the page opens stays folded, and the way to the page is that of the questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from playwright.sync_api import Page
from pypdf import PdfReader

from generator.model import Situation, Tree
from generator.routine.cases import paths, settled

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# At most, on a wide page and on a narrow one.
FIRST_STEP, HEIGHT = (500, 1000), (2400, 4500)
WORDS, STOPS, OPEN_GAPS, SHEETS = 70, 10, 3, 2
# The height of the other pages that answers or the menu lead to, and where the first way on from it ends.
HEIGHTS = {"lucka": (2400, 4100), "vet-inte": (3800, 6300), "enhet": (3400, 6800), "luckor": (2600, 3800)}
# And the sheets of paper that they take, as they stand when they open.
FEW_SHEETS = {"lucka": 4, "vet-inte": 5, "enhet": 6, "luckor": 10}
WAY_ON = (600, 900)

READ = """() => {
  const end = document.querySelector("[data-end]");
  const first = end.querySelector("li.r-step");
  const walker = document.createTreeWalker(end, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode() && !first.contains(walker.currentNode)) {
    const at = walker.currentNode.parentElement;
    // Not what is out of sight, nor what stands on something to press.
    if (at.checkVisibility() && !at.closest(".r-hidden, .r-trail__title, .r-trail a, button, label"))
      texts.push(walker.currentNode.textContent);
  }
  return {
    first: Math.round(first.getBoundingClientRect().top + scrollY),
    height: document.documentElement.scrollHeight,
    words: (texts.join(" ").match(/\\p{L}[\\p{L}\\d]*/gu) || []).length,
    gaps: [...end.querySelectorAll("[data-gaps]")].filter((gap) => gap.checkVisibility())
      .map((gap) => gap.dataset.gaps.split(" ")),
  };
}"""


@dataclass(frozen=True)
class Measured:
    """A situation's page: where its first step stands, how high it is, and what stands before that step."""

    first: int
    height: int
    words: int
    gaps: list[list[str]]


def addresses(tree: Tree) -> Iterator[tuple[Situation, str]]:
    """Yield each situation with the address that its answers lead to, from the site's root."""
    ways = paths(tree)
    for situation in tree.situations:
        answers = "&".join(f"{fact}={value}" for fact, value in settled(ways[situation.id][0]).items())
        yield situation, f"situation/{situation.id}.html#{answers}"


def measured(page: Page, address: str) -> Measured:
    """Open a page and measure it."""
    page.goto("about:blank")
    page.goto(address)
    page.locator("[data-trail] li").first.wait_for()
    read: dict[str, Any] = page.evaluate(READ)
    return Measured(**read)


def stops(page: Page) -> int:
    """Return how many times Tab is pressed from the heading of the open page to the box of its first step."""
    page.locator("h1").focus()
    for count in range(1, 60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('li.r-step input')"):
            return count
    return 60


def sheets(page: Page) -> int:
    """Return how many sheets of paper the open page takes."""
    return len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)
