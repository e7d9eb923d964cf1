"""Every generated page by itself: its headings, the names of what is pressed, and nothing inline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from lxml import html

# What a search leaves out: what nobody looks for, or what would give an answer that is not theirs.
NOT_SEARCHED = ("vet-inte/", "ova/", "ord.md")


@pytest.fixture(scope="module")
def made(made: Mapping[str, str]) -> Mapping[str, str]:
    return {path: text for path, text in made.items() if path.endswith(".md")}


@pytest.fixture(scope="module")
def bodies(made: Mapping[str, str]) -> Mapping[str, Any]:
    return {path: html.fragment_fromstring(text.split("---\n", 2)[2], "div") for path, text in made.items()}


def test_headings_begin_with_one_and_leave_no_level_out(bodies: Mapping[str, Any]) -> None:
    for path, body in bodies.items():
        found = body.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
        levels = [int(heading.tag[1]) for heading in found if not heading.xpath("ancestor::template")]
        assert levels.count(1) == 1, path
        assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == [], path


def test_whatever_is_pressed_or_filled_in_has_a_name(bodies: Mapping[str, Any]) -> None:
    named = 0
    for path, body in bodies.items():
        beside = {label.get("for"): label for label in body.xpath(".//label[@for]")}
        for control in body.xpath(
            ".//a[@href] | .//button | .//input | .//select | .//textarea | .//summary"
        ):
            label = control.xpath("ancestor::label") if control.tag in ("input", "select", "textarea") else []
            label += [beside[control.get("id")]] if control.get("id") in beside else []
            words = "".join(text for element in (*label, control) for text in element.itertext())
            assert words.strip() or control.get("aria-label"), (path, html.tostring(control)[:200])
            named += 1
    assert named > 1000


def test_nothing_in_a_page_is_inline(bodies: Mapping[str, Any]) -> None:
    for path, body in bodies.items():
        assert body.xpath(".//script | .//style | .//@style") == [], path
        handlers = [name for element in body.iter() for name in element.attrib if str(name)[:2] == "on"]
        assert handlers == [], path


def test_the_search_finds_all_but_what_nobody_is_to_find(made: Mapping[str, str]) -> None:
    left_out = {
        path for path, text in made.items() if json.dumps({"exclude": True}) in text.split("---\n")[1]
    }
    assert left_out == {p for p in made if p.startswith(NOT_SEARCHED)}
