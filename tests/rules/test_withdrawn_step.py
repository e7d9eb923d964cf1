"""A step that is withdrawn takes one round: who does what the findings say is done."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence, Set

import pytest

from generator.reading.diagnostics import Diagnostic
from generator.rules import check, known_target
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


def _has_a_gap(step: tuple[int, int]) -> bool:
    named = LINES[step[0]].strip(" -\n")
    return f"{{{named}}}" in "".join(LINES)


STEPS = few(list(_steps()), kind=_has_a_gap)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"line {step[0] + 1}")
def test_a_withdrawn_step_takes_one_round(step: tuple[int, int]) -> None:
    first, end = step
    text = "".join([*LINES[:first], *LINES[end:]])
    tree, findings = check(text)
    assert tree
    places = {place for gap in tree.gaps for place in gap.concerns}
    _, findings = check(_mended(text, findings, places - known_target._places(tree)))
    # Which other example a gap is to be practised in, if it lost its own, is a decision that comes after.
    assert [found for found in findings if found.rule != "practised"] == []


def _mended(text: str, findings: Sequence[Diagnostic], missing: Set[str]) -> str:
    """Return the text with what is named and not there, and what is not used, taken away too."""
    lines = text.splitlines(keepends=True)
    gone: set[int] = set()
    outside = ""
    for found in sorted(findings, key=lambda found: found.pos, reverse=True):
        at = found.pos.line - 1
        if found.rule in ("unused", "attached"):
            gone.update([at] if "{" in lines[at] else range(at, _end(lines, at, "    ")))
        elif found.rule == "cited":
            (id, numbers) = re.findall(r"”(.+?)” .*stycke (.+?)\.", found.message)[0]
            outside += f"  - {{cite: '{id}/{numbers.replace(' ', '')}', reason: Utgått.}}\n"
        elif "- {step: " in lines[at]:
            gone.update([at] if lines[at - 1].startswith("      - ") else [at - 1, at])
        else:
            assert found.rule in ("known-target", "example", "same-steps"), found
            word = lines[at][found.pos.column - 1 :][: found.pos.length]
            words = missing if found.rule == "known-target" else {word}
            for told in {at, *(int(line) - 1 for line in re.findall(r"\b\d{2,}\b", found.message))}:
                lines[told] = _without(lines[told], words)
    rest = "".join(line for n, line in enumerate(lines) if n not in gone)
    rest = re.sub(r"    on:\n(?!      )", "", rest)
    return rest.replace("out_of_scope:\n", f"out_of_scope:\n{outside}")


def _without(line: str, gone: Container[str]) -> str:
    """Return a line with a list without what is gone, or nothing if that was all of it."""
    key, _, listed = line.partition(": ")
    left = [one for one in re.findall(r"[\w/-]+", listed) if one not in gone]
    return f"{key}: [{', '.join(left)}]\n" if left else ""
