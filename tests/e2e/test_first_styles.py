"""The start page looks the same while only its first styles are there as when all of them are."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, Route

from tests.tiers import few

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(1280, "light"), (360, "dark"), (1280, "dark"), (360, "light")]
# What every element is computed to, and what stands before and after its content; no custom property is seen.
LOOK = """() => {
  const told = (element, part) => {
    const style = getComputedStyle(element, part);
    const names = [...style].filter((name) => !name.startsWith("--"));
    return names.map((name) => `${element.tagName}.${element.className}${part} ${name} ${style[name]}`);
  };
  const all = [...document.querySelectorAll("body, body *")];
  return all.flatMap((one) => ["", "::before", "::after"].flatMap((part) => told(one, part)));
}"""


def look(page: Page, base: str) -> list[str]:
    page.goto(f"{base}index.html")
    found: list[str] = page.evaluate(LOOK)
    return found


@pytest.mark.engines
@pytest.mark.parametrize(("width", "scheme"), few(LOOKS))
def test_the_start_page_looks_the_same_before_all_styles_are_there(
    page: Page, base: str, width: int, scheme: Scheme
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    later: list[str] = []

    def empty(route: Route) -> None:
        later.append(route.request.url)
        route.fulfill(body="", content_type="text/css")

    page.route("**/bundle*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    whole = look(page, base)
    page.route(lambda url: ".css" in url and "/first." not in url and "print" not in url, empty)
    assert [pair for pair in zip(look(page, base), whole, strict=True) if len(set(pair)) > 1] == []
    assert later
