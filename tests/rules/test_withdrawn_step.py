"""A step that is withdrawn takes one round: who does what the findings say is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest

from generator.reading.diagnostics import Diagnostic
from generator.rules import check
from tests.conftest import REAL
from tests.tiers import few

LINES = REAL.read_text("utf-8").splitlines(keepends=True)


def _steps() -> Iterator[tuple[int, int]]:
    """Yield where each step of the file begins and ends, with its list if it is the only one in it."""
    for first in range(LINES.index("situations:\n"), LINES.index("gaps:\n")):
        if LINES[first].startswith("      - action: "):
            end = _end(LINES, first, "        ")
            alone = LINES[first - 1].strip() == "steps:" and not LINES[end].startswith("      - ")
            yield first - alone, end


def _end(lines: Sequence[str], first: int, indent: str) -> int:
    return next(n for n in range(first + 1, len(lines)) if not lines[n].startswith(indent))


STEPS = list(_steps())


@pytest.mark.parametrize("step", few(STEPS), ids=lambda step: f"line {step[0] + 1}")
def test_a_withdrawn_step_takes_one_round(step: tuple[int, int]) -> None:
    first, end = step
    text = "".join([*LINES[:first], *LINES[end:]])
    _, findings = check(_mended(text, check(text)[1]))
    # Which other example a gap is to be practised in, if it lost its own, is a decision that comes after.
    assert [found for found in findings if found.rule != "practised"] == []


def _mended(text: str, findings: Sequence[Diagnostic]) -> str:
    """Return the text with what is named and not there, and what is not used, taken away too."""
    lines = text.splitlines(keepends=True)
    unused: set[int] = set()
    outside = ""
    for found in sorted(findings, key=lambda found: found.pos, reverse=True):
        at = found.pos.line - 1
        if found.rule in ("unused", "attached"):
            unused.update([at] if "{" in lines[at] else range(at, _end(lines, at, "    ")))
        elif found.rule == "cited":
            (id, numbers) = re.findall(r"”(.+?)” .*stycke (.+?)\.", found.message)[0]
            outside += f"  - {{cite: '{id}/{numbers.replace(' ', '')}', reason: Utgått.}}\n"
        else:
            assert found.rule in ("known-target", "example"), found
            lines[at] = _without(lines[at], found.pos.column - 1)
    rest = "".join(line for n, line in enumerate(lines) if n not in unused)
    return rest.replace("out_of_scope:\n", f"out_of_scope:\n{outside}")


def _without(line: str, column: int) -> str:
    """Return a line with a list without the word at a column, or nothing if it was the only one."""
    before, after = line[:column], re.sub(r"^[\w/-]+", "", line[column:])
    left = before.removesuffix(", ") + after if before.endswith(", ") else before + after.removeprefix(", ")
    return "" if re.fullmatch(r"\s*\w+:\s*(\[\])?\s*", left) else left
