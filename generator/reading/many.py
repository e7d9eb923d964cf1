"""Facts that can have many of their values: each value becomes a fact, a question and a node of yes or no.

So nothing below reading knows of another kind of fact (ADR 46). Which questions can be answered together, on
one page, is told by their ``together``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.locale import help_on, speaking, t
from generator.model import Ask, Fact, Incomplete, Option, Question, Text, Texts, Tree, Value
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding

ANSWERS = ("yes", "no")
# Question → the id of each value → the question about it.
Asked = Mapping[Text, Mapping[Text, Question]]


def one_by_one(tree: Tree) -> tuple[Tree, list[Diagnostic]]:
    """Return the tree with a fact, a question and a node for each value of what can be many."""
    many = {fact.id: fact for fact in tree.facts if fact.many}
    questions = {question.id: question for question in tree.questions if question.many}
    nodes = [node for node in tree.nodes if node.then or node.ask in questions]
    if not (many or questions or nodes):
        return tree, []
    with speaking(tree.routine.language):
        found = [*_wrong(many, questions.values()), *_wrong_nodes(questions, nodes)]
        asked = {id: _questions(q, many[q.many]) for id, q in questions.items() if q.many in many}
        facts = (each for fact in tree.facts for each in (_facts(fact) if fact.many else (fact,)))
        gaps = (
            replace(gap, concerns=_each(gap.concerns, asked), also_at=_each(gap.also_at, asked))
            for gap in tree.gaps
        )
        made = replace(
            tree,
            facts=tuple(facts),
            questions=tuple(each for q in tree.questions for each in asked.get(q.id, {q.id: q}).values()),
            nodes=tuple(each for node in tree.nodes for each in _nodes(node, asked.get(node.ask, {}))),
            gaps=tuple(gaps),
        )
    return made, found


def _wrong(many: Mapping[Text, Fact], questions: Iterable[Question]) -> Iterator[Diagnostic]:
    for question in questions:
        fact = question.many or Text("")
        if fact not in many:
            known = ", ".join(id for id in many if id)
            hint = did_you_mean(fact, many) or (t("hints.choice", known=known) if known else "")
            yield finding(fact.pos, "many", "fact", hint, id=fact)
        if question.options:
            yield finding(question.options[0].pos, "many", "beside", key_="options", other="many")
        for value in many[fact].values if fact in many else ():
            if not value.ask:
                yield finding(value.pos, "missing-key", hint=help_on("Value", "ask"), key_="ask")


def _wrong_nodes(questions: Mapping[Text, Question], nodes: Iterable[Ask]) -> Iterator[Diagnostic]:
    for node in nodes:
        if not node.then:
            if node.goto:  # without either, one is missing already
                yield finding(node.pos, "missing-key", hint=help_on("Ask", "then"), key_="then")
        elif node.ask not in questions:
            yield finding(node.then.pos, "many", "then", id=node.ask)
        elif node.goto:
            yield finding(next(iter(node.goto)).pos, "many", "beside", key_="goto", other="then")


def _facts(fact: Fact) -> Iterator[Fact]:
    for value in fact.values:
        label, place = t("many.fact", fact=fact.label, value=value.label), value.label.pos
        answers = tuple(
            Value(
                pos=value.pos,
                id=_id(answer, value),
                label=Text(t(f"many.{answer}.label"), place),
                also=value.also if answer == "yes" else (),
            )
            for answer in ANSWERS
        )
        id = _one_of(fact.id, value)
        yield Fact(pos=value.pos, id=id, label=Text(label, place), values=answers, default=fact.default)


def _questions(question: Question, fact: Fact) -> dict[Text, Question]:
    return {
        value.id: replace(
            question,
            id=_one_of(question.id, value),
            text=value.ask or Text("", value.pos),
            short=Text(t("many.fact", fact=question.short, value=value.label), value.label.pos),
            options=tuple(_option(answer, fact, value) for answer in ANSWERS),
            many=None,
            together=question.text,
        )
        for value in fact.values
    }


def _option(answer: str, fact: Fact, value: Value) -> Option:
    place = value.label.pos
    return Option(
        pos=value.pos,
        id=_id(answer, value),
        label=Text(t(f"many.{answer}.label"), place),
        short=Text(t(f"many.{answer}.short", value=value.label), place),
        facts={_one_of(fact.id, value): (_id(answer, value),)},
    )


def _nodes(node: Ask, asked: Mapping[Text, Question]) -> Iterator[Ask]:
    """Yield the node with the first of its questions, and one for each of the others, in a row."""
    if not asked or not node.then:
        first = next((question.id for question in asked.values()), node.ask)
        yield replace(node, ask=first, goto=Incomplete()) if asked or not node.goto else node
        return
    ids = [node.id, *(Text(f"{node.id}-{value}", node.id.pos) for value in list(asked)[1:])]
    for question, id, to in zip(asked.values(), ids, [*ids[1:], node.then], strict=True):
        goto = {option.id: to for option in question.options}
        yield replace(node, id=id, ask=question.id, goto=goto, then=None)


def _each(places: Texts, asked: Asked) -> Texts:
    """Return what a gap is about, with each of the questions where it is about them all."""
    about = ([q.id for q in asked[place].values()] if place in asked else [place] for place in places)
    return tuple(Text(id, place.pos) for place, ids in zip(places, about, strict=True) for id in ids)


def _id(answer: str, value: Value) -> Text:
    return Text(t(f"many.{answer}.id"), value.id.pos)


def _one_of(id: Text, value: Value) -> Text:
    return Text(f"{id}-{value.id}", value.id.pos)
