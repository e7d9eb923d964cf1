"""What is certain without an answer, counted a second time by following the ways, not the cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import make_dataclass, replace

import pytest

from generator.model import Ask, Gap, Option, Question, Situation, Step, Text, Tree
from generator.model.declared import declared, duty
from generator.routine.cases import paths, settled
from generator.routine.least import least_of
from generator.routine.other_answers import other_answers
from generator.routine.passages import passages
from generator.routine.shared_duties import SharedDuties, shared_duties
from generator.routine.steps import PlacedStep, concerns, open_gaps, placed_steps, same_duty
from generator.rules import check

Duty = tuple[object, ...]
EVERY = {"aktualisera", "folja-checklistan"}  # roller-vuxen/2


def outcomes(tree: Tree, at: str) -> Iterator[tuple[str, ...]]:
    """Yield the ends of every way on from a node or end, by its links alone."""
    if at in tree.ids("nodes"):
        for target in tree.get(at, Ask).goto.values():
            yield from outcomes(tree, target)
        return
    on = tree.get(at, Situation, Gap)
    if isinstance(on, Situation) and on.continues:
        for rest in outcomes(tree, on.continues.node):
            yield (at, *rest)
    else:
        yield (at,)


def duties(tree: Tree, ends: tuple[str, ...]) -> set[Duty]:
    known = tree.ids("situations")
    steps = [p for end in ends if end in known for p in placed_steps(tree, tree.get(end, Situation))]
    return {same_duty(placed.step) for placed in steps}


def at(tree: Tree, node: str, option: Option | None = None) -> SharedDuties:
    return shared_duties(tree, [p for p in passages(tree) if p.node == node], option)


def keys(certain: object) -> list[str]:
    assert isinstance(certain, tuple)
    return [str(c.placed.step.action) for c in certain]


def behind(tree: Tree, node: str) -> tuple[str, ...]:
    """Return the situation that goes on with this node, and that every way to it has come by."""
    return tuple(str(s.id) for s in tree.situations if s.continues and s.continues.node == node)


def expected(tree: Tree, node: str, start: str) -> tuple[set[Duty], set[Duty]]:
    """Return what holds in every outcome, and what holds in every outcome without a gap.

    Where a gap lies, vuxenenheten registers and handles all the same (roller-vuxen/2).
    """
    all_ = [(*behind(tree, node), *ends) for ends in outcomes(tree, start)]
    gaps = {str(gap.id) for gap in tree.end_gaps}
    described = [ends for ends in all_ if not gaps & set(ends)]
    every = {same_duty(p.step) for p in placed_steps(tree, tree.situations[0]) if p.step.action in EVERY}
    always = set.intersection(*(duties(tree, ends) | (every if gaps & set(ends) else set()) for ends in all_))
    return always, set.intersection(*(duties(tree, ends) for ends in described)) if described else always


def test_certain_is_what_every_way_on_has_in_common(tree: Tree) -> None:
    for node in tree.nodes:
        found = at(tree, node.id)
        always, described = expected(tree, node.id, node.id)
        assert {same_duty(c.placed.step) for c in found.always} == always
        assert {same_duty(c.placed.step) for c in (*found.always, *found.described)} == described


def test_an_answer_makes_certain_what_its_ways_have_in_common(tree: Tree) -> None:
    for node in tree.nodes:
        for option in tree.get(node.ask, Question).options:
            found = at(tree, node.id, option)
            always, described = expected(tree, node.id, node.goto[option.id])
            assert {same_duty(c.placed.step) for c in found.always} == always
            assert {same_duty(c.placed.step) for c in (*found.always, *found.described)} == described


def test_the_gaps_ahead_are_named(tree: Tree) -> None:
    gaps = {str(gap.id) for gap in tree.end_gaps}
    for node in tree.nodes:
        ahead = {end for ends in outcomes(tree, node.id) for end in ends} & gaps
        assert {str(gap.id) for gap in at(tree, node.id).gaps} == ahead


@pytest.mark.parametrize(
    ("node", "always", "described", "varying"),
    [
        # Every notice is registered and handled, also where no steps are given.
        ("start", EVERY, set(), {"kalla", "oanmalt-hembesok"}),
        # The family's visits are the same first and repeated; who is at the meeting is not.
        (
            "skuld-barnfamilj-ekonomi",
            {"aviserat-hembesok", "oanmalt-hembesok", "skicka-informationsbrev", "ringa", "komma-overens"},
            set(),
            {"kalla"},
        ),
        # Whatever the household, Kronofogden gets an answer the same day.
        (
            "kronofogden",
            EVERY | {"bekrafta-till-kronofogden", "meddela-ansvarig-handlaggare"},
            set(),
            {"narvara"},
        ),
        # And it stays certain while the reason is not known.
        (
            "kronofogden-barnfamilj-orsak",
            EVERY | {"bekrafta-till-kronofogden", "narvara", "forbereda-barnet"},
            set(),
            {"kalla", "oanmalt-hembesok"},
        ),
        # For adults, repeated debt only adds to the first.
        ("skuld-utan-barn-ekonomi", {"ge-kopia", "kalla", "oanmalt-hembesok"}, set(), set()),
    ],
)
def test_what_the_document_says_is_certain(
    tree: Tree, node: str, always: set[str], described: set[str], varying: set[str]
) -> None:
    found = at(tree, node)
    assert always <= set(keys(found.always))
    assert described == set(keys(found.described))
    assert varying <= {str(one.action.id) for one in found.varying}


@pytest.mark.parametrize(
    ("node", "option", "duty"),
    [
        # Whoever has no open case is told of to ekonomiskt bistånd, which appoints, once or repeatedly.
        ("skuld-barnfamilj", "ingen", ("informera", "vuxen", "ekonomi")),
        ("skuld-barnfamilj", "ingen", ("utse-handlaggare", "ekonomi", "")),
        # Whatever the household, vuxenenheten attends the eviction, save for the routine's exception.
        ("kronofogden", "", ("narvara", "vuxen", "")),
        ("skuld-barnfamilj-ekonomi", "", ("kalla", "vuxen", "familjen")),
    ],
)
def test_what_is_in_all_cases_is_told_though_more_is_in_some(
    tree: Tree, node: str, option: str, duty: tuple[str, str, str]
) -> None:
    options = tree.get(tree.get(node, Ask).ask, Question).options
    found = at(tree, node, next((o for o in options if o.id == option), None)).least
    steps = [c.placed.step for c in found]
    assert duty in [(s.action, " ".join(s.who), " ".join(s.to)) for s in steps]


def test_nothing_is_the_least_of_a_duty_that_nobody_knows_how_to_lessen(tiny: Tree) -> None:
    """Steps that differ in a key of tomorrow come to nothing that can be told as certain."""
    placed, *_ = placed_steps(tiny, tiny.situations[0])
    own = {f.name: getattr(placed.step, f.name) for f in declared(Step)}
    new = make_dataclass(
        "Step", [("invented", int, duty(default=0))], bases=(Step,), frozen=True, kw_only=True
    )

    def taken(days: int, *who: str) -> PlacedStep:
        return replace(placed, step=new(**own | {"invented": days, "who": tuple(map(Text, who))}))

    least = least_of(tiny, [taken(7, "kok", "vakt"), taken(7, "kok")])
    assert least is not None
    assert (least.step.who, getattr(least.step, "invented", None)) == (("kok",), 7)
    assert least_of(tiny, [taken(7, "kok", "vakt"), taken(30, "kok")]) is None
    assert least_of(tiny, [taken(0, "kok", "vakt"), taken(7, "kok")]) is None


def test_the_least_of_a_duty_is_in_each_of_its_steps_and_is_one_of_none(tree: Tree) -> None:
    seen = 0
    for node in tree.nodes:
        passed = [p for p in passages(tree) if p.node == node.id]
        ends = {end for p in passed for end in p.ends} & tree.ids("situations")
        for least in at(tree, node.id).least:
            step = least.placed.step
            mine = [
                p.step
                for end in ends
                for p in placed_steps(tree, tree.get(end, Situation))
                if p.step.action == step.action
            ]
            assert mine
            concerned = {unit.id for other in mine for unit in concerns(tree, other)}
            assert {unit.id for unit in least.units} == concerned
            assert same_duty(step) not in {same_duty(other) for other in mine} or len(mine) > 1
            for other in mine:
                assert {*step.who} <= {*other.who}
                assert {*step.to} <= {*other.to}
                assert {*step.with_} <= {*other.with_}
                assert other.when in (step.when, None)
                assert step.purpose in (other.purpose, None)
                assert step.force == other.force
                seen += 1
    assert seen


def test_a_duty_changed_in_one_situation_is_certain_no_more(tree: Tree, real_text: str) -> None:
    old = """        cite: 1-ekonomi-upprepad-skuld/5"""
    step = real_text[: real_text.index(old)].rindex("who: [vuxen, ekonomi]")
    text = real_text[:step] + "who: vuxen" + real_text[step + len("who: [vuxen, ekonomi]") :]
    changed, findings = check(text)
    assert findings == []
    assert changed is not None
    assert "oanmalt-hembesok" in keys(at(tree, "skuld-barnfamilj-ekonomi").always)
    assert "oanmalt-hembesok" not in keys(at(changed, "skuld-barnfamilj-ekonomi").always)


def test_a_neighbour_differs_in_exactly_what_its_steps_differ_in(tree: Tree) -> None:
    compared = 0
    for situation in tree.situations:
        here = duties(tree, (str(situation.id),))
        answers = paths(tree)[situation.id][0]
        for answer in answers:
            found = other_answers(tree, situation, settled(answers), answer)
            others = {o.id for o in tree.get(answer.node.ask, Question).options} - {answer.option.id}
            assert {n.option.id for n in found} == others
            for other in found:
                if other.compared and situation.continues is None:
                    compared += 1
                    there = duties(tree, (other.at,))
                    added = {same_duty(p.step) for p in other.added}
                    gone = (*other.removed, *(p for _, steps in other.open for p in steps))
                    removed = {same_duty(p.step) for p in gone}
                    assert len(gone) == len(removed)
                    if tree.get(other.at, Situation).continues is None:
                        assert (added, removed) == (there - here, here - there)
                    else:  # handled as a notice besides: nothing falls away
                        assert there <= added
                        assert removed == set()
    assert compared > 50


def test_a_step_is_hidden_from_nobody_when_no_unit_is_to_act(tree: Tree) -> None:
    units = {str(unit.id) for unit in tree.units}
    for situation in tree.situations:
        for placed in placed_steps(tree, situation):
            step = placed.step
            mine = {str(unit.id) for unit in concerns(tree, step)}
            if units & set(step.who):
                assert mine == units & {*step.who, *step.with_, *step.to}
            else:
                assert mine == units


def test_notes_hold_when_they_hold_for_every_case(tree: Tree) -> None:
    def titles(node: str) -> list[str]:
        return [str(frame.id) for frame in at(tree, node).frames]

    assert titles("start") == []
    assert titles("kronofogden") == []
    family = ["oro-for-barnen", "barnets-ratt"]
    assert titles("skuld-barnfamilj") == [*family, "bokade-besok", "oanmalda-hembesok"]
    assert titles("kronofogden-barnfamilj-orsak") == [*family, "bokade-besok", "oanmalda-hembesok"]
    assert titles("skuld-barnfamilj-ekonomi") == [*family, "bokade-besok"]  # the other stands at its step
    assert titles("skuld-utan-barn") == []


def test_a_shared_duty_has_the_notes_and_gaps_of_any_of_its_steps(tree: Tree) -> None:
    several = 0
    for node in tree.nodes:
        passed = [p for p in passages(tree) if p.node == node.id]
        ends = {end for p in passed for end in p.ends} & tree.ids("situations")
        steps = [p for end in ends for p in placed_steps(tree, tree.get(end, Situation))]
        found = shared_duties(tree, passed)
        for shared in (*found.always, *found.described, *found.least):
            action = shared.placed.step.action
            mine = [
                p
                for p in steps
                if (p.step.action == action if shared.is_least else same_duty(p.step) == shared.duty)
            ]
            notes = {p.step.note for p in mine}
            assert {note.text for note in shared.notes} == notes - {None}
            for note in shared.notes:
                having = {p.situation.id for p in mine if p.step.note == note.text}
                assert {s.id for s in note.situations} == (having if len(notes) > 1 else set())
            assert {g.id for g in shared.gaps} == {g.id for p in mine for g in open_gaps(tree, p.id)}
            several += len(notes) > 1 or len({tuple(g.id for g in open_gaps(tree, p.id)) for p in mine}) > 1
    assert several


def test_the_order_of_units_makes_no_other_duty(tree: Tree) -> None:
    here = tree.get("barnfamilj-ekonomi-upprepad-skuld", Situation)
    answers = paths(tree)[here.id][0]
    found = [
        n
        for n in other_answers(tree, here, settled(answers), answers[2])
        if n.at.startswith("barnfamilj-barn")
    ]
    assert [(len(n.added), len(n.removed)) for n in found] == [(4, 4)]
