"""The work: who acts, what they do, when, how strongly, and the steps made of these."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.base import Citation, Citations, Named, Node, Text, Texts, ref


@dataclass(frozen=True, kw_only=True)
class Force(Named):
    """How strongly the routine puts something: a word inside the sentence, or one that opens it."""

    label: Text
    modal: Text | None = None
    opening: Text | None = None
    meaning: Text


@dataclass(frozen=True, kw_only=True)
class Duty(Named):
    """A standing duty of a unit."""

    text: Text
    force: Text = ref("forces")
    cite: Citations


@dataclass(frozen=True, kw_only=True)
class Unit(Named):
    """An organisational unit that acts. ``shape`` tells it apart where colour cannot."""

    name: Text
    label: Text
    shape: Text
    summary: Text
    also: Texts = ()
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
class Phase(Named):
    """What steps are grouped by, in order."""

    label: Text


@dataclass(frozen=True, kw_only=True)
class Attempt(Node):
    """A way to reach somebody, and the actions that try it."""

    label: Text
    actions: Texts = ref("actions")


@dataclass(frozen=True, kw_only=True)
class Attempts(Node):
    """What has to be tried before a condition is met, and the answer of who has not tried it all."""

    pending: Text
    ways: tuple[Attempt, ...]


@dataclass(frozen=True, kw_only=True)
class Event(Node):
    """What has to happen before a condition is met: a question with its two answers.

    ``otherwise`` is the gap to show when it turned out the other way; ``goes_on`` tells that what
    comes after is asked even then.
    """

    ask: Text
    met: Text
    unmet: Text
    otherwise: Text = ref("gaps")
    goes_on: bool = False
    attempts: Attempts | None = None


@dataclass(frozen=True, kw_only=True)
class Condition(Named):
    """When a step applies, what happens before it does, and what is confirmed with whom.

    ``own`` when it is the tool's reading and not the routine's words.
    """

    text: Text
    own: bool = False
    urgent: bool = False
    event: Event | None = None
    confirm: Text | None = None
    confirm_ask: Text | None = None
    confirm_with: Texts = ref("units", "parties", default=())
    unconfirmed: Text | None = ref("gaps", default=None)


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
    also: Texts = ()
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
    cite: Citation
    note: Text | None = None

    @property
    def key(self) -> str:
        """The step's id within its situation."""
        return self.id or self.action
