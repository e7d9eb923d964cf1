"""A tree of any size for the browser to load: the real tree's questions and situations, over and over.

It is a tree to measure with and not a valid one: what it says makes no sense.
"""

from __future__ import annotations

from dataclasses import replace

from generator.model import Ask, Fact, Option, Question, Text, Tree, Value

OPTIONS = tuple(map(Text, "abc"))


def large(tree: Tree, count: int) -> Tree:
    """Return a tree with ``count`` nodes, three ways from each, as shallow as can be."""
    levels = [0]
    for index in range(1, 3 * count + 1):
        levels.append(levels[(index - 1) // 3] + 1)
    labels = [option.label for question in tree.questions for option in question.options]
    questions = tuple(_question(tree, labels, index, levels[index]) for index in range(count))
    nodes = tuple(
        Ask(id=_id(i), ask=_id(i), goto={o: _id(3 * i + k) for k, o in enumerate(OPTIONS, 1)})
        for i in range(count)
    )
    model = next(situation for situation in tree.situations if not situation.continues)
    ends = tuple(
        replace(model, id=_id(index), title=Text(f"{model.title} {index}"), facts={})
        for index in range(count, 3 * count + 1)
    )
    values = tuple(Value(id=option, label=option) for option in OPTIONS)
    facts = tuple(Fact(id=_fact(level), label=_fact(level), values=values) for level in range(max(levels)))
    start = replace(tree.routine, start=_id(0))
    return replace(
        tree, routine=start, questions=questions, nodes=nodes, situations=ends, gaps=(), facts=facts
    )


def _id(index: int) -> Text:
    return Text(f"n{index}")


def _fact(level: int) -> Text:
    return Text(f"f{level}")


def _question(tree: Tree, labels: list[Text], index: int, level: int) -> Question:
    """Return one of the real questions by another id, with a number in it, and three options."""
    model = tree.questions[index % len(tree.questions)]
    options = tuple(
        Option(
            id=option,
            label=labels[(index + k) % len(labels)],
            short=Text(f"Svar {option}"),
            facts={_fact(level): (option,)},
        )
        for k, option in enumerate(OPTIONS)
    )
    return replace(model, id=_id(index), text=Text(f"{model.text} ({index})"), options=options)
