"""What a draft does not have yet: each branch without an end gets one that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.locale import t
from generator.model import STOPS, Ask, Option, Question, Text, Tree, once
from generator.model.decisions import Unwritten  # no class of the format
from generator.routine.boxes import domain, hull
from generator.routine.cases import Answer
from generator.routine.routes import Leg, routes


@once
def with_unwritten_ends(tree: Tree) -> Tree:
    """Return a tree whose every answer leads somewhere: those that did not, to ends not written yet."""
    questions = {str(question.id): question for question in tree.questions}
    open_ends = {
        id: (node, option)
        for node in tree.nodes
        for id, option in _missing(node, questions[node.ask]).items()
    }
    if not open_ends:
        return tree
    led = replace(tree, nodes=tuple(_led_on(node, questions[node.ask]) for node in tree.nodes))
    ends = tuple(_end(tree, id, *place, ()) for id, place in open_ends.items())
    came: dict[str, list[Leg]] = {id: [] for id in open_ends}
    for route in routes(replace(led, gaps=(*tree.gaps, *ends))):
        for leg in route.legs:
            if leg.at in came:
                came[leg.at].append(leg)
    ends = tuple(_end(tree, id, *place, came[id]) for id, place in open_ends.items())
    return replace(led, gaps=(*tree.gaps, *ends))


def _missing(node: Ask, question: Question) -> dict[str, Option]:
    """Return the options that do not lead on, by the ids of their ends. The number keeps these apart."""
    numbered = enumerate(question.options, start=1)
    return {f"ej-skrivet-{node.id}-{n}": option for n, option in numbered if option.id not in node.goto}


def _led_on(node: Ask, question: Question) -> Ask:
    """Return the node with every option leading on."""
    missing = _missing(node, question).items()
    return replace(node, goto={**node.goto, **{o.id: Text(id, node.id.pos) for id, o in missing}})


def _end(tree: Tree, id: str, node: Ask, option: Option, came: Sequence[Leg]) -> Unwritten:
    """Return the end of a branch, for the cases that come there."""
    pos = node.id.pos
    answers = came[0].answers if came else (Answer(node, option),)
    way = ", ".join(str(answer.option.short) for answer in answers)
    facts = hull(domain(tree), [leg.box for leg in came]) if came else option.facts
    return Unwritten(
        pos=pos,
        id=Text(id, pos),
        title=Text(t("draft.end", way=way), pos),
        text=Text(t("draft.text"), pos),
        cite=(),
        decided_by=(),
        facts=(facts,),
        weight=Text(STOPS, pos),
        unsaid=Text(t("draft.kicker"), pos),
    )
