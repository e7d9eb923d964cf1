"""Text has three sizes below the headings, and space one scale: no style of ours says another length."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "site_overrides/assets"
STYLES = ("rutin", "reading", "practice", "pictures", "theme", "sheets")  # print.css counts in points
SCALED = re.compile(r"^\s*(font-size|(?:margin|padding)[\w-]*|[\w-]*gap): ([^;]*);", re.MULTILINE)
SIZES = {"small": 0.7, "text": 0.8, "large": 0.9}
SPACES = {"1": 0.2, "2": 0.4, "3": 0.8, "4": 1.6}
HEADINGS = {("rutin", "1.4rem"), ("rutin", "1.2rem"), ("sheets", "1.6rem")}


def lengths(path: Path) -> list[tuple[str, str]]:
    """Return each size and space that a style says for the screen, by its property."""
    text = re.sub(r"@media print \{.*?\n\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [(prop, part) for prop, value in SCALED.findall(text) for part in value.split()]


@pytest.mark.parametrize("name", STYLES)
def test_sizes_and_spaces_are_those_of_the_scale(name: str) -> None:
    found = lengths(FOLDER / f"{name}.css")
    assert found
    for prop, value in found:
        scale = SIZES if prop == "font-size" else SPACES
        if re.fullmatch(r"[\d.]+r?em", value) and (name, value) not in HEADINGS:
            raise AssertionError(f"{prop}: {value}")
        for step in re.findall(r"var\(--r-(small|text|large|\d)\)", value):
            assert step in scale, (prop, value)


def test_the_scale_says_what_it_is() -> None:
    text = (FOLDER / "rutin.css").read_text("utf-8")
    said = dict(re.findall(r"--r-(small|text|large|[1-4]): ([\d.]+)rem;", text))
    assert {name: float(value) for name, value in said.items()} == SIZES | SPACES
