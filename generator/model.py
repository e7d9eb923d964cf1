"""The typed model of a routine. Field names are the YAML keys (a trailing ``_`` is dropped).

Every text knows its place in the file. What a field refers to stands in its metadata, so that
reading, checking references and describing the format all rest on these classes alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from generator.diagnostics import Pos


class Text(str):
    """A text from the tree, with its place. An empty one stands for a text that was missing."""

    pos: Pos

    def __new__(cls, value: str, pos: Pos | None = None) -> Text:
        """Make a text at a place."""
        text = super().__new__(cls, value)
        text.pos = pos or Pos()
        return text


Texts = tuple[Text, ...]
FactSet = Mapping[Text, Texts]


@dataclass(frozen=True)
class Citation:
    """Paragraphs of one section of the adopted document, as in ``1-ekonomi-skuld/2-3,5``."""

    section: Text
    paragraphs: tuple[int, ...]
    pos: Pos

    def __str__(self) -> str:
        return f"{self.section}/{','.join(map(str, self.paragraphs))}"


Citations = tuple[Citation, ...]


def ref(*kinds: str, default: Any = ...) -> Any:
    """Declare a field whose text is the id of one of these kinds of nodes."""
    metadata = {"ref": kinds}
    return field(metadata=metadata) if default is ... else field(metadata=metadata, default=default)


@dataclass(frozen=True, kw_only=True)
class Node:
    """What every mapping in the tree has: its place."""

    pos: Pos = field(default=Pos(), repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Named(Node):
    """A node that others refer to by its id."""

    id: Text


@dataclass(frozen=True, kw_only=True)
class Routine(Named):
    """The adopted document's own data. Dates are ISO dates."""

    title: Text
    short_title: Text
    organisation: Text
    document_type: Text
    applies_to: Text
    decided_by: Text
    decided_on: Text
    valid_from: Text
    valid_until: Text
    revised_on: Text
    revision_note: Text
    owners: Texts = ref("roles")
    version: Text
    language: Text
    start: Text = ref("nodes")
    review_on: Text | None = None
    cite: Citations


@dataclass(frozen=True, kw_only=True)
class Section(Named):
    """A heading of the adopted document: its pages and how many paragraphs stand under it."""

    heading: Text
    pages: Text
    paragraphs: int
    number: Text | None = None
    parent: Text | None = ref("source", default=None)
    page_id: Text | None = None


@dataclass(frozen=True, kw_only=True)
class OutOfScope(Node):
    """Paragraphs that the product leaves out, and why."""

    cite: Citations
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Force(Named):
    """How strongly the routine puts something: a word inside the sentence, or one that opens it."""

    label: Text
    modal: Text | None = None
    opening: Text | None = None
    meaning: Text


@dataclass(frozen=True, kw_only=True)
class Statement(Node):
    """A sentence of our own that rests on the routine, with bullet points if it has any."""

    text: Text
    cite: Citations
    force: Text | None = ref("forces", default=None)
    points: Texts = ()


@dataclass(frozen=True, kw_only=True)
class Duty(Statement):
    """A standing duty of a unit."""

    id: Text


@dataclass(frozen=True, kw_only=True)
class Unit(Named):
    """An organisational unit that acts. ``shape`` tells it apart where colour cannot."""

    name: Text
    label: Text
    shape: Text
    summary: Text
    duties: tuple[Duty, ...]
    cite: Citations


@dataclass(frozen=True, kw_only=True)
class Party(Named):
    """Someone who is not a unit but acts or is acted with. A collective speaks for all units."""

    name: Text
    collective: bool = False


@dataclass(frozen=True, kw_only=True)
class Role(Named):
    """A function that owns the document or decides on it."""

    name: Text


@dataclass(frozen=True, kw_only=True)
class Value(Named):
    """One of the values that a fact can have."""

    label: Text


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
    """A question's wording, once, however many places of the tree ask it."""

    text: Text
    short: Text
    why: Text
    where: Text
    cite: Citations
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class Ask(Named):
    """A place in the tree: the question asked there and where each option leads."""

    ask: Text = ref("questions")
    goto: Mapping[Text, Text]


@dataclass(frozen=True, kw_only=True)
class Phase(Named):
    """What steps are grouped by, in order."""

    label: Text


@dataclass(frozen=True, kw_only=True)
class Condition(Named):
    """When a step applies, and what has to be confirmed with whom before it does."""

    text: Text
    urgent: bool = False
    confirm: Text | None = None
    confirm_with: Texts = ref("units", "parties", default=())


@dataclass(frozen=True, kw_only=True)
class Purpose(Named):
    """What a visit is for."""

    label: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class Action(Named):
    """A kind of work, with its wording once: for one actor, for several, for none named."""

    label: Text
    question: Text
    short: Text | None = None
    text: Text | None = None
    joint: Text | None = None
    unnamed: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Column(Named):
    """A column of the matrix: the actions it shows and whose names stand in its cells."""

    label: Text
    actions: Texts = ref("actions")
    shows: Text


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
class Step(Node):
    """Who does what, with and to whom, when and how strongly. ``id`` defaults to the action."""

    id: Text | None = None
    action: Text = ref("actions")
    who: Texts = ref("units", "parties", default=())
    with_: Texts = ref("units", "parties", default=())
    to: Texts = ref("units", "parties", default=())
    purpose: Text | None = ref("purposes", default=None)
    when: Text | None = ref("conditions", default=None)
    phase: Text = ref("phases")
    force: Text = ref("forces")
    cite: Citations
    note: Text | None = None

    @property
    def key(self) -> str:
        """The step's id within its situation."""
        return self.id or self.action


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
class Document(Named):
    """A document that the routine refers to."""

    kind: Text
    title: Text
    cite: Citations
    url: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Topic(Named):
    """What the routine says that is not a decision in a case."""

    title: Text
    statements: tuple[Statement, ...]
    section: Text | None = ref("source", default=None)


@dataclass(frozen=True, kw_only=True)
class Tree(Node):
    """The whole routine: what the YAML file says."""

    routine: Routine
    source: tuple[Section, ...]
    out_of_scope: tuple[OutOfScope, ...]
    forces: tuple[Force, ...]
    units: tuple[Unit, ...]
    parties: tuple[Party, ...]
    roles: tuple[Role, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    nodes: tuple[Ask, ...]
    phases: tuple[Phase, ...]
    conditions: tuple[Condition, ...]
    purposes: tuple[Purpose, ...]
    actions: tuple[Action, ...]
    matrix: tuple[Column, ...]
    frames: tuple[Frame, ...]
    situations: tuple[Situation, ...]
    gaps: tuple[Gap, ...]
    documents: tuple[Document, ...]
    topics: tuple[Topic, ...]

    @cached_property
    def _by_kind(self) -> dict[str, dict[str, Any]]:
        kinds = (f.name for f in fields(self) if isinstance(getattr(self, f.name), tuple))
        return {k: {n.id: n for n in getattr(self, k) if isinstance(n, Named)} for k in kinds}

    def ids(self, *kinds: str) -> set[str]:
        """Return every id of these kinds of nodes."""
        return {id for kind in kinds for id in self._by_kind[kind]}

    def get(self, id: str, *kinds: str) -> Any:
        """Return the node with this id among these kinds. Raises KeyError if there is none."""
        for kind in kinds:
            if id in self._by_kind[kind]:
                return self._by_kind[kind][id]
        raise KeyError(id)

    @property
    def end_gaps(self) -> tuple[Gap, ...]:
        """The gaps that end a path through the tree."""
        return tuple(gap for gap in self.gaps if gap.facts is not None)


def visit(value: Any) -> Iterator[Any]:
    """Yield every model object and citation below a value, the value itself first."""
    if isinstance(value, tuple):
        for item in value:
            yield from visit(item)
    elif isinstance(value, Node):
        yield value
        for f in fields(value):
            yield from visit(getattr(value, f.name))
    elif isinstance(value, Citation):
        yield value
