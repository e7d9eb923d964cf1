"""What happens next? Questions on each situation's steps: who, with whom, to whom, when, and what today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.exercises.distractors import overlap
from generator.exercises.exercise import (
    MOST,
    Choice,
    Exercise,
    each_once,
    framed,
    ids_of,
    of_step,
    qualified_by,
)
from generator.locale import capitalized, t
from generator.model import Action, Condition, Situation, Step, Tree, once
from generator.routine.steps import PlacedStep, concerns, gaps_of, occurrences, open_gaps, placed_steps
from generator.routine.wording import names


@dataclass(frozen=True)
class Aspect:
    """Something to ask of a step's people: its field, the question, and what to say where nobody is named."""

    name: str
    prompt: str
    unsaid: str


ASPECTS = (
    Aspect("who", "practice.ask-who", "site.who-unsaid"),
    Aspect("with_", "practice.ask-with", "practice.nobody-more"),
    Aspect("to", "practice.ask-to", "practice.to-unsaid"),
)


@dataclass(frozen=True)
class SituationRound:
    """A situation and the exercises on its steps."""

    situation: Situation
    exercises: tuple[Exercise, ...]


def situation_rounds(tree: Tree) -> list[SituationRound]:
    """Return the situations with their exercises, those that have something to choose between."""
    rounds = [
        SituationRound(s, tuple(exercise for exercise in all_about(tree, s) if exercise.wrong))
        for s in tree.situations
    ]
    return [one for one in rounds if one.exercises]


def all_about(tree: Tree, situation: Situation) -> Iterator[Exercise]:
    """Yield every exercise on a situation's steps, also those with nothing to choose between."""
    yield from (framed(tree, made, situation.facts) for made in _about(tree, situation))


def _about(tree: Tree, situation: Situation) -> Iterator[Exercise]:
    steps = placed_steps(tree, situation)
    for placed in steps:
        if today := what_today(tree, "sen", placed, steps):
            yield today
        elif placed.condition and _when_can_be_asked(tree, placed):
            yield _when(tree, placed, placed.condition, steps)
        # A second step of the same kind would have an answer of its own to the same question.
        # Of one that holds in some of the cases only, it would have none in the others.
        if [p.step.action for p in steps].count(placed.step.action) == 1 and not placed.step.hangs:
            for aspect in ASPECTS:
                if can_be_asked(tree, placed.step, aspect.name):
                    yield _people(tree, placed, aspect)


def can_be_asked(tree: Tree, step: Step, aspect: str) -> bool:
    """Tell whether it is clear who is meant: no collective, and beside or opposite the actor only units.

    Where no actor is named, nobody who could act is wrong.
    """
    ids = getattr(step, aspect)
    if aspect == "who":
        return bool(ids) and not any(party.collective and party.id in ids for party in tree.parties)
    return set(ids) <= tree.ids("units") and (aspect == "with_" or bool(ids))


def _exercise(
    tree: Tree,
    placed: PlacedStep,
    aspect: str,
    prompt: str,
    right: Choice,
    wrong: tuple[Choice, ...],
    answer: object,
) -> Exercise:
    return Exercise(
        f"sen/{placed.id}/{aspect.rstrip('_')}",
        prompt,
        right,
        wrong,
        (placed.with_condition, *qualified_by(tree, placed)),
        (placed.step.cite,),
        placed.id,
        ids_of(concerns(tree, placed.step)),
        answer,
        open_gaps(tree, placed.situation.id, placed.id),
    )


def what_today(tree: Tree, prefix: str, placed: PlacedStep, steps: tuple[PlacedStep, ...]) -> Exercise | None:
    """Ask which step of a situation is urgent, if this one is; ``prefix`` begins the exercise's id.

    A step that a gap is about is not called wrong: the routine may leave its time open, too.
    """
    when = placed.condition
    if when is None or not when.urgent:
        return None
    right = Choice(placed.id, placed.with_condition if placed.step.hangs else placed.sentence)
    clear = [p for p in steps if not p.is_urgent and not gaps_of(tree, p.id)]
    wrong = [of_step(tree, Choice(p.id, p.with_condition, t("practice.not-today")), p) for p in clear]
    prompt = t("practice.what-today", when=when.text)
    answer = (str(when.id), str(placed.step.action))
    choices = each_once(wrong, right.text)[:MOST]
    made = _exercise(tree, placed, "today", prompt, right, choices, answer)
    return replace(made, id=f"{prefix}/{placed.id}/today")


def _when_can_be_asked(tree: Tree, placed: PlacedStep) -> bool:
    """Tell whether the routine says when a step is taken: no gap leaves it open, nor is it our reading."""
    is_open = any(gap.about_time for gap in gaps_of(tree, placed.id))
    is_own = placed.condition and placed.condition.own
    return not (is_open or is_own or placed.step.hangs)


def _when(tree: Tree, placed: PlacedStep, when: Condition, steps: tuple[PlacedStep, ...]) -> Exercise:
    """Ask when a step applies.

    Not wrong is the condition of another step in its paragraph, which may hold for it, too, one whose time
    is open itself, and one that means nearly the same.
    """
    right = Choice(str(when.id), str(when.text))
    wrong = [
        of_step(tree, Choice(str(c.id), str(c.text), t("practice.condition-of", step=other.sentence)), other)
        for other in steps
        if (c := other.condition)
        and not _means_the_same(c, when)
        and not overlap(other.step.cite, placed.step.cite)
        if not any(gap.about_time for gap in gaps_of(tree, other.id))
    ]
    choices = each_once(wrong, right.text)[: MOST - 1]
    # Alone against no condition at all, a condition would not be hard to choose.
    none = Choice("inget", t("practice.no-condition"))
    prompt = t("practice.when", step=placed.sentence)
    return _exercise(tree, placed, "when", prompt, right, (*choices, none) if choices else (), str(when.id))


def _means_the_same(one: Condition, other: Condition) -> bool:
    return one.id == other.id or one.id in other.like or other.id in one.like


def _people(tree: Tree, placed: PlacedStep, aspect: Aspect) -> Exercise:
    own = getattr(placed.step, aspect.name)
    right = _named(tree, own, aspect)
    wrong: list[Choice] = []
    doubted: set[frozenset[str]] = {frozenset(own)}
    for ids, other in _variants(tree, placed.step.action, aspect).items():
        if own and _in_doubt(tree, placed, other):
            doubted.add(ids)
        elif ids not in doubted:
            wrong.append(_named(tree, getattr(other.step, aspect.name), aspect, other))
    if wrong:  # it differs from situation to situation, so it is worth asking
        busy = {frozenset((id,)) for id in placed.step.who} if aspect.name != "who" else set()
        alone = [u for u in tree.units if frozenset((u.id,)) not in doubted | busy]
        wrong += [_named(tree, (u.id,), aspect) for u in alone]
    prompt = t(aspect.prompt, action=tree.get(placed.step.action, Action).label)
    choices = each_once(wrong, right.text)[:MOST]
    return _exercise(tree, placed, aspect.name, prompt, right, choices, frozenset(own))


def _in_doubt(tree: Tree, placed: PlacedStep, other: PlacedStep) -> bool:
    """Tell whether the routine is unclear about this step and not about the other one."""
    return any(other.id not in gap.concerns for gap in gaps_of(tree, placed.id))


@once
def _variants(tree: Tree, action: str, aspect: Aspect) -> dict[frozenset[str], PlacedStep]:
    """Return who it is wherever an action is taken, each with the first such step."""
    found: dict[frozenset[str], PlacedStep] = {}
    for placed in occurrences(tree, tree.get(action, Action)):
        if can_be_asked(tree, placed.step, aspect.name) and not placed.step.hangs:
            found.setdefault(frozenset(getattr(placed.step, aspect.name)), placed)
    return found


def _named(tree: Tree, ids: Sequence[str], aspect: Aspect, other: PlacedStep | None = None) -> Choice:
    text = capitalized(names(tree, ids)) if ids else t(aspect.unsaid)
    choice = Choice("+".join(sorted(ids)) or "ingen", text)
    if other is None:
        return choice
    return of_step(tree, replace(choice, why=t("practice.so-in", title=other.situation.title)), other)
