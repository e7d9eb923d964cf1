"""What hangs on a situation's steps by rule."""

from __future__ import annotations

from dataclasses import replace
from inspect import signature

import pytest

from generator.data.rutin_json import export
from generator.diff.compare import compare
from generator.locale import t
from generator.model import CHOICES, Otherwise, Step, Text, Tree
from generator.model.declared import declared, key_of
from generator.pages.rendering import body_of
from generator.pages.site import Site
from generator.pages.situations import pages
from generator.routine.frames import frames_in
from generator.routine.steps import changed_by, own_and_shared, shared
from tests.conftest import checked
from tests.playground import TREE


@pytest.fixture(scope="module")
def lekplats() -> Tree:
    return checked(TREE.read_text("utf-8"))


def test_a_frame_holds_where_all_that_the_situation_covers_has_its_facts(tiny: Tree) -> None:
    situation = tiny.situations[0]
    (frame,) = frames_in(tiny, situation.facts, "fylla")
    (fact, values), *_ = frame.on.facts.items()
    (own,) = situation.facts
    wider = {**own, fact: (*values, Text("annat"))}
    silent = {f: v for f, v in own.items() if f != fact}
    for other in (wider, silent):
        for facts in ((other,), (own, other), (other, own)):
            assert frames_in(tiny, facts, "fylla") == []
    assert frames_in(tiny, (own, own), "fylla") == [frame]


def _in_full(tree: Tree) -> Tree:
    """Return the tree with every step written out where it is taken."""
    bare = {"same_steps_as": None, "without": (), "except_": ()}
    full = tuple(replace(s, steps=own_and_shared(tree, s), **bare) for s in tree.situations)  # type: ignore[arg-type]
    return replace(tree, situations=full)


def test_steps_taken_over_are_those_that_could_be_written_out(lekplats: Tree, tree: Tree) -> None:
    for one in (lekplats, tree):
        full = _in_full(one)
        assert compare(one, full).empty
        assert compare(full, one).empty
        data, written_out = (export(Site.of(side, "")) for side in (one, full))
        for situation in data["situations"]:
            situation["same_steps_as"] = None
        assert data == written_out


def test_an_exception_changes_what_it_says_of_its_step_and_nothing_else(lekplats: Tree) -> None:
    seen = 0
    for situation in lekplats.situations:
        steps = {step.key: step for step in own_and_shared(lekplats, situation)}
        others = {id: one for one in situation.except_ for id in one.step}
        for step in shared(lekplats, situation):
            if step.key in situation.without:
                assert step.key not in steps
            elif step.key not in others:
                assert steps[step.key] is step
            else:
                seen += 1
                one, now = others[Text(step.key)], steps[step.key]
                differ = {f.name for f in declared(Step) if getattr(now, f.name) != getattr(step, f.name)}
                left_out = {f.name for f in declared(Step) if key_of(f) in one.without}
                assert differ == changed_by(one).keys() | left_out
                assert all(getattr(now, name) == value for name, value in changed_by(one).items())
                assert not any(getattr(now, name) for name in left_out)
    assert seen


def test_every_key_of_a_step_but_what_it_is_can_be_otherwise() -> None:
    names = {f.name for f in declared(Step)} - {"id", "action"}
    assert {f.name for f in declared(Otherwise)} == names | {"step", "without"}


def test_what_a_step_can_be_without_can_be_left_out_of_one() -> None:
    bare = {p.name for p in signature(Step).parameters.values() if p.default is not p.empty}
    left_out = {key_of(f) for f in declared(Step) if f.name in bare - {"id"}}
    assert set(CHOICES[Otherwise, "without"]()) == left_out


def test_an_own_step_takes_the_place_of_the_one_with_its_id_that_is_left_out(lekplats: Tree) -> None:
    other = next(s for s in lekplats.situations if s.as_in)
    first, *_ = shared(lekplats, other)
    own = replace(first, force=Text("may"))
    changed = replace(other, without=(Text(first.key),), steps=(*other.steps, own))
    before, after = own_and_shared(lekplats, other), own_and_shared(lekplats, changed)
    assert [step.key for step in after] == [step.key for step in before]
    assert [step is own for step in after] == [step is first for step in before]


def test_only_steps_taken_over_as_they_are_tell_of_a_reference_in_the_routine(lekplats: Tree) -> None:
    by_itself = {bool(s.as_in): s for s in lekplats.situations if s.same_steps_as}
    assert set(by_itself) == {True, False}
    site = Site.of(lekplats, "")
    told = {page.path: body_of(site, page) for page in pages(site)}
    for refers, situation in by_itself.items():
        assert (t("site.same-steps") in told[f"situation/{situation.id}"]) is refers
