"""The invented cases: read what came in, choose the facts, choose the steps, see where it is unclear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.exercises.distractors import Distractor, distractors, near_cases
from generator.exercises.exercise import (
    MOST,
    Choice,
    Exercise,
    each_once,
    framed,
    ids_of,
    of_step,
    pick,
    qualified_by,
)
from generator.exercises.next_steps import what_today
from generator.locale import listed, t
from generator.model import Condition, Example, Gap, Phase, Question, Role, Situation, Tree, once
from generator.routine.boxes import box_of
from generator.routine.cases import Answer, Case, Walk, case_of, settled, walk, ways, with_facts
from generator.routine.readings import is_reading
from generator.routine.reservations import gaps_at_question
from generator.routine.shared_duties import held_in_every_case
from generator.routine.steps import PlacedStep, concerns, open_gaps
from generator.routine.steps_on import steps_on
from generator.routine.wording import unsaid


@dataclass(frozen=True)
class CaseRound:
    """An example, what is told of it, and the exercises that are worth the time, in the order of the case."""

    example: Example
    narrative: str
    exercises: tuple[Exercise, ...]


@once
def case_round(tree: Tree, example: Example) -> CaseRound:
    """Return a case to practise on: every answer on its way, a step of each phase, the gaps it meets."""
    chosen: list[Exercise] = []
    for part in _parts(tree, example):
        worth = [made for made in part if made.exercise.wrong]
        for phase, group in groupby(worth, key=lambda made: made.phase):
            same = list(group)
            chosen += _one_of(example, same) if phase else [made.exercise for made in same]
    return CaseRound(example, narrative(tree, example), tuple(chosen))


def narrative(tree: Tree, example: Example) -> str:
    """Return what is told of a case, and the answers on its way that are only taken for granted."""
    answers = [answer.option for way in ways(tree, case_of(tree, example)) for answer in way.answers]
    silent = [str(option.short) for option in answers if not option.facts.keys() & example.facts.keys()]
    given = [t("practice.given", answers=listed(silent))] if silent else []
    return " ".join([example.narrative, *given])


def everything_in(tree: Tree, example: Example) -> list[Exercise]:
    """Return every exercise that can be made of an example, also those with nothing to choose between."""
    return [made.exercise for part in _parts(tree, example) for made in part]


@dataclass(frozen=True)
class _Made:
    """An exercise; of those in one phase, one of the ``hard`` ones is enough."""

    exercise: Exercise
    phase: str = ""
    hard: bool = False


def _one_of(example: Example, group: list[_Made]) -> list[Exercise]:
    """Return one exercise of a phase: not the same one in every example."""
    best = [made.exercise for made in group if made.hard] or [made.exercise for made in group]
    return [best[pick(f"{example.id} {best[0].id}", len(best))]]


@once
def _parts(tree: Tree, example: Example) -> tuple[list[_Made], ...]:
    case = case_of(tree, example)
    box = box_of(case)
    return tuple(
        [replace(made, exercise=framed(tree, made.exercise, (box,))) for made in part]
        for part in _unframed(tree, example, case)
    )


def _unframed(tree: Tree, example: Example, case: Case) -> Iterator[list[_Made]]:
    wrong = distractors(tree, case)
    for way in ways(tree, case):
        yield [_Made(_question(tree, example, way, answer)) for answer in way.answers]
        end: Situation | Gap = tree.get(way.at, Situation, Gap)
        if isinstance(end, Situation) and end.text:
            yield [_Made(_instead(tree, example, end, way))]
        elif isinstance(end, Situation):
            steps = tuple(steps_on(tree, [way]))
            prefix = f"fall/{example.id}"
            yield [_Made(today, "today") for p in steps if (today := what_today(tree, prefix, p, steps))]
            yield [_step(tree, example, placed, wrong) for placed in steps]
        else:
            yield [_Made(_no_answer(tree, example, end, way))]
    yield [_Made(_unclear(tree, example, tree.get(gap, Gap))) for gap in example.gaps]


def _question(tree: Tree, example: Example, way: Walk, answer: Answer) -> Exercise:
    question = tree.get(answer.node.ask, Question)
    others = [option for option in question.options if option.id != answer.option.id]
    wrong = []
    for option in others:
        at = walk(tree, with_facts(way.facts, option.facts), start=answer.node.id).at
        title = tree.get(at, Situation, Gap).title
        why = t("practice.leads-to", title=title)
        why += f" {t('site.own-way')}" if option.id in answer.node.own else ""
        wrong.append(Choice(str(option.id), str(option.label), why, str(at)))
    own = (t("site.own-way"),) if answer.option.id in answer.node.own else ()
    return Exercise(
        f"fall/{example.id}/{answer.node.id}",
        str(question.text),
        Choice(str(answer.option.id), str(answer.option.label)),
        tuple(wrong),
        (str(question.why), *own),
        question.cite,
        str(answer.node.id),
        ids_of(tree.units),
        str(answer.option.id),
        gaps_at_question(tree, question.id),
    )


def _step(tree: Tree, example: Example, placed: PlacedStep, wrong: Sequence[Distractor]) -> _Made:
    own = placed.step
    same = sorted(
        (one for one in wrong if one.placed.step.action == own.action),
        key=lambda one: one.placed.step.when != own.when,
    )
    chosen = [*same, *(x for x in wrong if x not in same and x.placed.step.phase == own.phase)][:MOST]
    shared = own.when if {one.placed.step.when for one in chosen} == {own.when} else None
    under = tree.get(shared, Condition).text if shared else tree.get(own.phase, Phase).label
    right = Choice(placed.id, placed.sentence if shared else placed.with_condition)
    exercise = Exercise(
        f"fall/{example.id}/{placed.id}",
        t("practice.which-step", under=under),
        right,
        each_once((_choice(tree, one, bool(shared)) for one in chosen), right.text),
        (_stands_in(tree, placed), *qualified_by(tree, placed)),
        (own.cite,),
        placed.id,
        ids_of(concerns(tree, own)),
        placed.duty,
        open_gaps(tree, placed.situation.id, placed.id),
    )
    return _Made(exercise, str(own.phase), hard=bool(same))


def _stands_in(tree: Tree, placed: PlacedStep) -> str:
    """Return where a step stands: where the routine refers to the steps of another situation, there."""
    here = placed.situation
    if here.as_in and is_reading(tree, placed):
        return t("practice.referred-to", title=tree.get(here.as_in, Situation).title, here=here.title)
    return t("practice.stands-in", title=here.title)


def _choice(tree: Tree, distractor: Distractor, bare: bool) -> Choice:
    """Return a wrong step; ``bare`` when all choices have the same condition."""
    values = {"question": distractor.near_case.question.text, "option": distractor.near_case.option.label}
    why = t("practice.applies-if", title=distractor.placed.situation.title, **values)
    text = distractor.placed.sentence if bare else distractor.placed.with_condition
    return of_step(tree, Choice(distractor.placed.id, text, why), distractor.placed)


def _no_answer(tree: Tree, example: Example, gap: Gap, way: Walk) -> Exercise:
    """Ask what to do where the routine is silent: the steps of situations that look alike are wrong."""
    wrong = list(_near(tree, way))
    for id in sorted(gap.nearest, key=lambda id: unlike(tree.get(id, Situation), settled(way.answers))):
        wrong.append(Choice(str(id), _to_do(tree.get(id, Situation)), "", str(id)))
    right = Choice(str(gap.id), t("practice.says-nothing", unsaid=unsaid(gap)))
    held = held_in_every_case(tree)
    holds = [t("practice.holds", steps=" ".join(duty.placed.with_condition for duty in held))] if held else []
    return Exercise(
        f"fall/{example.id}/{gap.id}",
        t("practice.what-applies"),
        right,
        each_once(wrong, right.text)[:MOST],
        (str(gap.text), _who_decides(tree, gap), *holds),
        (*gap.cite, *dict.fromkeys(cite for duty in held for cite in duty.cites[:1])),
        str(gap.id),
        ids_of(tree.units),
        str(gap.id),
        further=t("practice.further"),
    )


def _instead(tree: Tree, example: Example, end: Situation, way: Walk) -> Exercise:
    """Ask what to do where a text stands in the steps' place: what is done in situations alike is wrong."""
    right = Choice(str(end.id), str(end.text))
    return Exercise(
        f"fall/{example.id}/{end.id}",
        t("practice.what-applies"),
        right,
        each_once(_near(tree, way), right.text)[:MOST],
        (t("site.instead-in", title=end.title),),
        end.cite,
        str(end.id),
        ids_of(tree.units),
        str(end.id),
        open_gaps(tree, end.id),
    )


def _near(tree: Tree, way: Walk) -> Iterator[Choice]:
    """Yield what to do in the situations that one other answer leads to."""
    known = tree.ids("situations")
    for near_case in near_cases(tree, [way]):
        for end in (end for end in near_case.ends[-1:] if end in known):
            values = {"question": near_case.question.text, "option": near_case.option.label}
            near = tree.get(end, Situation)
            why = t("practice.applies-if", title=near.title, **values)
            yield Choice(end, _to_do(near), why, end)


def _to_do(situation: Situation) -> str:
    return str(situation.text or t("practice.steps-of", title=situation.title))


def most_like(tree: Tree, facts: Case) -> Situation:
    """Return the first of the situations that are least unlike the facts, of which the first weighs most."""
    facts_and_values = [part for fact in facts.items() for part in fact]
    return _for_such(tree, *facts_and_values)[0]


@once
def _for_such(tree: Tree, *facts_and_values: str) -> Sequence[Situation]:
    """Return the situations for a fact, its value, the next fact and so on; what leaves none is passed."""
    if not facts_and_values:
        return tree.situations
    left, (fact, value) = _for_such(tree, *facts_and_values[:-2]), facts_and_values[-2:]
    return [s for s in left if not any(unlike(s, {fact: value}))] or left


def unlike(situation: Situation, facts: Case) -> tuple[bool, ...]:
    """Return for each fact, in its order, whether the situation is for other cases; less is more alike."""
    each = [{str(fact): values for fact, values in covered.items()} for covered in situation.facts]
    return min(tuple(f in own and value not in own[f] for f, value in facts.items()) for own in each)


def _unclear(tree: Tree, example: Example, gap: Gap) -> Exercise:
    return Exercise(
        f"fall/{example.id}/lucka/{gap.id}",
        t("practice.does-it-say", title=gap.title),
        Choice("oklart", t("practice.unclear")),
        (Choice("tydligt", t("practice.clear")), Choice("liknande", t("practice.like-elsewhere"))),
        (str(gap.text), _who_decides(tree, gap)),
        gap.cite,
        str(gap.id),
        ids_of(tree.units),
        str(gap.id),
    )


def _who_decides(tree: Tree, gap: Gap) -> str:
    names = listed([str(tree.get(id, Role).name) for id in gap.decided_by])
    return t("practice.who-decides", names=names)
