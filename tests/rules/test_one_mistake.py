"""One mistake is one finding: what follows from it is not told again in other words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from generator.rules import check
from tests.tiers import full

_KEY = re.compile(r"( *(?:- )?)([a-z_]+)(: )(.*)")
Change = Callable[[re.Match[str]], str]

# Changes of a line with a key and a value that are one mistake wherever they are made.
ALWAYS_ONE: dict[str, Change] = {
    "a key misspelt": lambda m: f"{m[1]}{m[2]}{m[2][-1]}{m[3]}{m[4]}",
    "a value gone": lambda m: f"{m[1]}{m[2]}:",
    "no space after the colon": lambda m: f"{m[1]}{m[2]}:{m[4]}",
    "a quote that is never closed": lambda m: f'{m[1]}{m[2]}{m[3]}"{m[4]}',
    "a special character": lambda m: f"{m[1]}{m[2]}{m[3]}%{m[4]}",
}
# Some are right in some places, or several mistakes in others: how many findings at the most, on average.
MOSTLY_ONE: dict[str, tuple[float, Change]] = {
    "a value misspelt": (1, lambda m: f"{m[0]}x" if m[4][:1].islower() else m[0]),
    "a number": (1, lambda m: f"{m[1]}{m[2]}{m[3]}99"),
    "keys as a value": (1.1, lambda m: f"{m[1]}{m[2]}{m[3]}{{ett: två}}"),
    "one space more": (1.05, lambda m: f" {m[0]}"),
    "a level too far in": (1.05, lambda m: f"  {m[0]}"),
    "a level too far out": (1.05, lambda m: m[0].removeprefix("  ")),
    "a line removed": (1.8, lambda _: ""),
}


def changed(text: str, change: Change, step: int = 1) -> Iterator[tuple[int, str]]:
    """Yield the number of a line and the text with that line changed, for every line with a key."""
    lines = text.split("\n")
    for n, line in enumerate(lines):
        match = _KEY.fullmatch(line)
        if match and n % step == 0 and (new := change(match)) != line:
            yield n + 1, "\n".join([*lines[:n], new, *lines[n + 1 :]])


@pytest.mark.parametrize("mistake", ALWAYS_ONE)
def test_one_mistake_is_one_finding_in_any_line(mistake: str, tiny_text: str) -> None:
    seen = 0
    for line, text in changed(tiny_text, ALWAYS_ONE[mistake]):
        _, findings = check(text)
        assert len(findings) == 1, (line, findings)
        assert abs(findings[0].pos.line - line) <= 1 or mistake == "a value gone", findings
        seen += 1
    assert seen > 100


@pytest.mark.parametrize("mistake", MOSTLY_ONE)
def test_a_mistake_is_seldom_told_twice(mistake: str, tiny_text: str) -> None:
    limit, change = MOSTLY_ONE[mistake]
    counts = [len(check(text)[1]) for _, text in changed(tiny_text, change)]
    assert any(counts)
    assert sum(counts) / len(counts) <= limit


@pytest.mark.parametrize("mistake", ["a key misspelt", "no space after the colon", "a special character"])
def test_one_mistake_is_one_finding_in_the_real_tree_too(mistake: str, real_text: str) -> None:
    step = 101 if full() else 307
    found = [len(check(text)[1]) for _, text in changed(real_text, ALWAYS_ONE[mistake], step)]
    assert len(found) > 5
    assert set(found) == {1}
