"""A gap that says in which cases and at which actions it holds is shown there, in whichever situation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.diff.compare import compare
from generator.diff.history import comparable
from generator.model import Gap, Situation, Text, Tree
from generator.outputs import outputs
from generator.pages.report.changes import as_text, report
from generator.reading import parse
from generator.routine.spots import with_places
from generator.routine.steps import gaps_of, placed_steps
from tests.conftest import checked
from tests.listed import listed
from tests.playground import TREE as PLAYGROUND

GAPS = "gaps:\n"
GAP = """\
  - id: oklart
    title: Något oklart
    text: Rutinen säger inte hur.
    cite: 1-vatten/2
    on: {on}
    decided_by: [kaffechef]
"""


def read(text: str) -> Tree:
    """Return a tree as it stands in the file."""
    tree = parse.parse(text).tree
    assert tree
    return tree


def gaps_in(tree: Tree, situation: Situation) -> list[tuple[str, list[str]]]:
    """Return the gaps of a situation and of each of its steps."""
    places = (str(situation.id), *(placed.id for placed in placed_steps(tree, situation)))
    return [(place.partition("/")[2], [str(gap.id) for gap in gaps_of(tree, place)]) for place in places]


def test_a_copied_situation_has_the_gaps_of_the_one_that_it_was_copied_from(real_text: str) -> None:
    tree, found = read(real_text), 0
    for situation in tree.situations:
        copy = replace(situation, id=Text("kopia"))
        after = with_places(replace(tree, situations=(*tree.situations, copy)))
        assert gaps_in(after, copy) == gaps_in(after, situation)
        found += sum(len(gaps) for _, gaps in gaps_in(after, copy))
    assert found > 100


def test_a_gap_shows_at_the_same_places_as_if_they_were_listed(tree: Tree, real_text: str) -> None:
    text = listed(tree, real_text)
    assert sum(bool(gap.on) for gap in tree.gaps) > 20
    assert "    on:\n" not in text
    other, kept = checked(text), comparable(real_text)
    assert kept
    assert compare(kept, other).empty
    assert compare(tree, other).empty
    assert outputs(other, "") == outputs(tree, "")


# --- What a spot finds ------------------------------------------------------------------------------------


def concerned(text: str, on: str) -> list[str]:
    """Return what a gap with this spot concerns in the tree of a text."""
    (gap, *_) = with_places(read(text.replace(GAPS, GAPS + GAP.format(on=on), 1))).gaps
    return [str(place) for place in gap.concerns]


def test_facts_alone_are_the_situations_that_have_them_in_all_their_cases(tiny_text: str) -> None:
    assert concerned(tiny_text, "[{facts: {fel: vatten}}]") == ["utan-vatten"]
    assert concerned(tiny_text, "[{facts: {fel: [annat, vatten]}}]") == ["utan-vatten"]
    assert concerned(tiny_text, "[{facts: {fel: annat}}]") == []
    assert concerned(tiny_text, "[{facts: {fel: vatten, bradskar: ja}}]") == []  # some of its cases are not
    assert concerned(tiny_text, "[{facts: [{fel: annat}, {fel: vatten}]}]") == ["utan-vatten"]
    either = tiny_text.replace(
        "    facts: {fel: vatten}\n    source", "    facts: {bradskar: [ja, nej]}\n    source"
    )
    assert concerned(either, "[{facts: {bradskar: ja}}]") == []
    assert concerned(either, "[{facts: [{bradskar: ja}, {bradskar: nej}]}]") == []  # each set by itself
    sets = "    facts: [{fel: vatten, bradskar: ja}, {fel: vatten, bradskar: nej}]\n    source"
    parted = tiny_text.replace("    facts: {fel: vatten}\n    source", sets)
    assert concerned(parted, "[{facts: {bradskar: ja}}]") == []
    assert concerned(parted, "[{facts: [{bradskar: ja}, {bradskar: nej}]}]") == ["utan-vatten"]


def test_actions_are_the_steps_that_take_them(tiny_text: str) -> None:
    every = ["utan-vatten/fylla", "utan-vatten/trosta"]
    assert concerned(tiny_text, "[{action: [fylla, trosta]}]") == every
    assert concerned(tiny_text, "[{action: trosta}, {facts: {fel: vatten}, action: fylla}]") == every[::-1]
    assert concerned(tiny_text, "[{facts: {fel: annat}, action: fylla}]") == []


def test_a_step_of_some_cases_is_found_by_what_these_have(tiny_text: str) -> None:
    some = tiny_text.replace("cite: 1-vatten/3\n", "cite: 1-vatten/3\n        facts: {bradskar: ja}\n")
    assert concerned(some, "[{facts: {bradskar: ja}, action: [fylla, trosta]}]") == ["utan-vatten/trosta"]
    assert concerned(some, "[{facts: {bradskar: nej}, action: trosta}]") == []


def test_steps_that_a_situation_takes_over_are_found_by_its_own_facts() -> None:
    text = PLAYGROUND.read_text("utf-8")
    places = ["trasigt-redskap/laga", "upprepat-redskap/laga"]
    for facts, found in (("{fel: redskap, upprepat: nej}", places[:1]), ("{fel: redskap}", places)):
        tree = checked(text.replace("{fel: redskap, upprepat: nej}, action", f"{facts}, action"))
        assert [str(place) for place in tree.get("ingen-tid", Gap).concerns] == found


def test_what_is_listed_stands_first_and_once(tiny_text: str) -> None:
    text = tiny_text.replace(GAPS, GAPS + GAP.format(on="[{action: [trosta, fylla]}]"), 1)
    text = text.replace("    on: [", "    concerns: utan-vatten/fylla\n    on: [")
    assert with_places(read(text)).gaps[0].concerns == ("utan-vatten/fylla", "utan-vatten/trosta")


@pytest.mark.parametrize("gone", [False, True])
def test_a_gap_that_no_longer_shows_is_told(tree: Tree, real_text: str, gone: bool) -> None:
    """So it is where it follows a step that is withdrawn, which the check cannot ask about."""
    step = tree.get("barnfamilj-ekonomi-skuld", Situation).steps[-1]
    assert step.action == "oanmalt-hembesok"
    lines = real_text.split("\n")
    if gone:
        del lines[step.pos.line - 1 : step.cite.pos.line]
    else:
        at = next(n for n, line in enumerate(lines) if line == "      - {action: oanmalt-hembesok}")
        lines[at] = "      - {facts: {hushall: utan-barn}, action: oanmalt-hembesok}"
    after = with_places(read("\n".join(lines)))
    difference = compare(tree, after)
    assert "efter-oanmalt-hembesok" in {change.gap.id for change in difference.gaps}
    assert "När det oanmälda hembesöket inte ger kontakt" in as_text(report(difference))
