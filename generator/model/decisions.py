"""The decisions: facts, questions, where they are asked, and where the ways end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.base import Citations, FactSet, Named, Node, Statement, Text, Texts, ref
from generator.model.work import Step


@dataclass(frozen=True, kw_only=True)
class Value(Named):
    """One of the values that a fact can have. ``also`` is what people call it when they search."""

    label: Text
    also: Texts = ()


@dataclass(frozen=True, kw_only=True)
class Fact(Named):
    """One thing that is known about a case, with a closed set of values."""

    label: Text
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Option(Named):
    """An answer to a question, and the facts that it settles."""

    label: Text
    short: Text
    facts: FactSet


@dataclass(frozen=True, kw_only=True)
class Question(Named):
    """A question's wording, once, however many places of the tree ask it.

    ``where`` and ``known_by`` are the tool's own advice to whoever does not know the answer.
    """

    text: Text
    short: Text
    why: Text
    where: Text
    known_by: Texts = ref("units", "parties", default=())
    cite: Citations
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Ask(Named):
    """A place in the tree: the question asked there and where each option leads."""

    ask: Text = ref("questions")
    goto: Mapping[Text, Text]


@dataclass(frozen=True, kw_only=True)
class Rule(Node):
    """Where a frame is shown: these facts, and only on this action if one is named."""

    facts: FactSet
    action: Text | None = ref("actions", default=None)


@dataclass(frozen=True, kw_only=True)
class Frame(Named):
    """A legal or child-rights note that attaches by rule to situations or steps."""

    title: Text
    on: Rule
    statements: tuple[Statement, ...]
    see: Texts = ref("situations", default=())


@dataclass(frozen=True, kw_only=True)
class Continuation(Node):
    """The way on from a situation: a node, reached as if these facts were the case."""

    text: Text
    node: Text = ref("nodes")
    as_: FactSet


@dataclass(frozen=True, kw_only=True)
class Situation(Named):
    """An end of the tree: the cases it covers and the steps to take."""

    title: Text
    short: Text
    facts: FactSet
    source: Text = ref("source")
    continues: Continuation | None = None
    same_steps_as: Text | None = ref("situations", default=None)
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class Way(Node):
    """A way on from a gap: look at the case as if these facts were so."""

    label: Text
    as_: FactSet


@dataclass(frozen=True, kw_only=True)
class Gap(Named):
    """Where the routine gives no answer, or a doubtful one. With facts it is an end of the tree."""

    title: Text
    text: Text
    cite: Citations
    decided_by: Texts = ref("roles")
    facts: FactSet | None = None
    nearest: Texts = ref("situations", default=())
    concerns: Texts = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Example(Named):
    """An invented case to practise on: what somebody reads, and what the case comes to.

    ``facts`` settle every fact of the tree. ``leads_to`` are the ends in order: more than one when
    the first goes on. ``gaps`` are others that the case runs into and that it is meant to show.
    """

    title: Text
    narrative: Text
    facts: FactSet
    leads_to: Texts = ref("situations", "gaps")
    gaps: Texts = ref("gaps", default=())
