"""What a case comes to: its ends in order, and the gaps that it can run into on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model import Gap, Situation, Tree, once
from generator.routine.cases import Case, Walk, ends, ways
from generator.routine.routes import Leg, Route, routes
from generator.routine.steps import condition_of, gaps_at, own_and_shared


@dataclass(frozen=True)
class Outcome:
    """The ends that a case comes to, and the questions that it is asked, both in order."""

    ends: tuple[str, ...]
    questions: tuple[str, ...]


def outcome(tree: Tree, case: Case) -> Outcome:
    """Follow a whole case to its end, and past an end that goes on to what follows it."""
    return _outcome(ways(tree, case))


def outcome_of(route: Route) -> Outcome:
    """Return what all cases of a route come to."""
    return _outcome(route.legs)


def _outcome(taken: Sequence[Walk | Leg]) -> Outcome:
    questions = (str(answer.node.ask) for way in taken for answer in way.answers)
    return Outcome(tuple(str(way.at) for way in taken), tuple(questions))


def gaps_met(tree: Tree, outcomes: Iterable[Outcome]) -> list[Gap]:
    """Return the gaps that these can run into: at a question, an end, a step or its condition."""
    reached: set[str] = set()
    places: set[str] = set()
    for one in outcomes:
        reached.update(one.ends)
        places.update(one.questions)
    met = set(reached)
    known = tree.ids("situations")
    for situation in (tree.get(end, Situation) for end in sorted(reached & known)):
        places.update((situation.id, *(f"{situation.id}/{s.key}" for s in own_and_shared(tree, situation))))
        met.update(when_it_turns_out_otherwise(tree, situation))
    met.update(gap.id for gap in gaps_at(tree, places))
    return [gap for gap in tree.gaps if gap.id in met]


@once
def all_outcomes(tree: Tree) -> tuple[Outcome, ...]:
    """Return what the cases come to, each outcome once."""
    return tuple(dict.fromkeys(outcome_of(route) for route in routes(tree)))


def when_it_turns_out_otherwise(tree: Tree, situation: Situation) -> Iterator[str]:
    """Yield the gaps that tell what is unclear where a condition of a situation is not met."""
    for step in own_and_shared(tree, situation):
        condition = condition_of(tree, step)
        if condition and condition.event and condition.event.otherwise:
            yield condition.event.otherwise
        if condition and condition.unconfirmed:
            yield condition.unconfirmed


@once
def onward_from(tree: Tree, situation: Situation) -> tuple[Situation | Gap, ...]:
    """Return the ends that a case can come to after this situation, situations first."""
    found = {one.ends[1] for one in all_outcomes(tree) if len(one.ends) > 1 and one.ends[0] == situation.id}
    return tuple(end for end in ends(tree) if end.id in found)


@once
def goes_on_to(tree: Tree) -> tuple[tuple[str, str], ...]:
    """Return every pair of a situation that goes on and a situation that a case then comes to, in order."""
    known = tree.ids("situations")
    pairs = {one.ends for one in all_outcomes(tree) if len(one.ends) > 1 and known.issuperset(one.ends)}
    return tuple(sorted((here, there) for here, there, *_ in pairs))
