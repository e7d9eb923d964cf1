"""The work: who acts, what they do, when, how strongly, and the steps made of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.base import Citation, Citations, FactSet, Named, Node, Text, Texts
from generator.model.declared import answer, asked, beside, duty, heading, part, reference, words


@dataclass(frozen=True, kw_only=True)
class Force(Named):
    """How strongly the routine puts something: a word inside the sentence, or one that opens it."""

    label: Text = duty()
    modal: Text | None = duty(default=None)
    opening: Text | None = duty(default=None)
    meaning: Text = duty()


@dataclass(frozen=True, kw_only=True)
class Duty(Named):
    """A standing duty of a unit. In every case it is these ``actions``, also where no steps are given."""

    text: Text = words()
    force: Text = duty("forces")
    actions: Texts = duty("actions", default=())
    cite: Citations = reference()


@dataclass(frozen=True, kw_only=True)
class Unit(Named):
    """An organisational unit that acts. ``shape`` tells it apart where colour cannot, or else its initials.

    ``phone``, ``email`` and ``address`` are where to turn to it, in everyday work.
    """

    name: Text = heading()
    label: Text = heading()
    shape: Text | None = beside(default=None)
    summary: Text = words()
    phone: Text | None = beside(default=None)
    email: Text | None = beside(default=None)
    address: Text | None = beside(default=None)
    documents: Texts = reference("documents", default=(), line=True)
    also: Texts = beside(default=())
    duties: tuple[Duty, ...] = duty(default=())
    cite: Citations = reference()

    @property
    def initials(self) -> str:
        """The first letters of the label's words, or the first two of its only one."""
        first, *more = self.label.split()
        return "".join(word[0] for word in (first, *more)).upper()[:3] if more else first[:2].upper()

    @property
    def form(self) -> str:
        """What tells the unit apart: the name of its shape, or its initials."""
        return self.shape or self.initials

    @property
    def ways_to_reach(self) -> Texts:
        """Where to turn to it."""
        return tuple(way for way in (self.phone, self.email, self.address) if way)


@dataclass(frozen=True, kw_only=True)
class Party(Named):
    """Someone who is not a unit but acts or is acted with. A collective speaks for all units."""

    name: Text = heading()
    collective: bool = duty(default=False)
    also: Texts = beside(default=())


@dataclass(frozen=True, kw_only=True)
class Role(Named):
    """A function that owns the document or decides on it."""

    name: Text = heading()


@dataclass(frozen=True, kw_only=True)
class Phase(Named):
    """What steps are grouped by, in order."""

    label: Text = heading()


@dataclass(frozen=True, kw_only=True)
class Attempt(Node):
    """A way to reach somebody, and the actions that try it."""

    label: Text = heading()
    actions: Texts = duty("actions")


@dataclass(frozen=True, kw_only=True)
class Attempts(Node):
    """What has to be tried before a condition is met, and the answer of who has not tried it all."""

    pending: Text = answer()
    ways: tuple[Attempt, ...] = duty()


@dataclass(frozen=True, kw_only=True)
class Event(Node):
    """What has to happen before a condition is met: a question with its answers.

    ``otherwise`` is the gap to show when it turned out the other way, and ``afterwards`` where the routine
    says what applies then; ``goes_on`` tells that what comes after is asked even then. What cannot turn out
    otherwise, but may not have happened yet, has ``pending`` instead.
    """

    ask: Text = asked()
    met: Text = answer()
    unmet: Text | None = answer(default=None, unless=("pending",))
    pending: Text | None = answer(default=None)
    otherwise: Text | None = duty("gaps", default=None, unless=("pending",))
    afterwards: Citations = duty(default=())
    goes_on: bool = duty(default=False)
    attempts: Attempts | None = duty(default=None)

    @property
    def answers(self) -> tuple[tuple[str, Text], ...]:
        """The value and the words of each answer, in the order of the choices."""
        pending = self.attempts.pending if self.attempts else self.pending
        given = (("unmet", self.unmet), ("met", self.met), ("pending", pending))
        return tuple((value, words) for value, words in given if words)


@dataclass(frozen=True, kw_only=True)
class Condition(Named):
    """When a step applies, what happens before it does, and what is confirmed with whom.

    ``own`` when it is the tool's reading and not the routine's words. ``goes_on`` tells that what comes after
    is asked even where it is confirmed that it does not hold. ``like`` are conditions that mean nearly the
    same, so that practice never calls the one wrong for the other.
    """

    text: Text = words()
    own: bool = duty(default=False)
    urgent: bool = duty(default=False)
    event: Event | None = duty(default=None)
    confirm: Text | None = answer(default=None, marked=True)
    confirm_ask: Text | None = asked(default=None)
    confirm_with: Texts = duty("units", "parties", default=())
    unconfirmed: Text | None = duty("gaps", default=None)
    goes_on: bool = duty(default=False, later=True)
    like: Texts = beside("conditions", default=())


@dataclass(frozen=True, kw_only=True)
class Purpose(Named):
    """What a visit is for."""

    label: Text = heading()
    text: Text = part()


@dataclass(frozen=True, kw_only=True)
class Action(Named):
    """A kind of work, with its wording once: for one actor, for several, for none named.

    ``document`` is the one that the work follows, linked where it has an address.
    ``infinitive`` is what is left to do, for the record, where the wordings do not begin with it.
    ``about`` are the actions whose steps it says more of: it cannot be read without them.
    """

    label: Text = heading()
    question: Text = asked()
    also: Texts = beside(default=())
    short: Text | None = heading(default=None)
    text: Text | None = part(default=None)
    joint: Text | None = part(default=None)
    unnamed: Text | None = part(default=None)
    infinitive: Text | None = part(default=None)
    document: Text | None = reference("documents", default=None, line=True)
    about: Texts = reference("actions", default=())


@dataclass(frozen=True, kw_only=True)
class Column(Named):
    """A column of the matrix: the actions it shows and whose names stand in its cells."""

    label: Text = heading()
    actions: Texts = reference("actions")
    shows: Text = reference()


@dataclass(frozen=True, kw_only=True)
class Deadline(Node):
    """How long somebody has: so many hours, days or working days, and ``from`` what they are counted.

    A ``count`` of 0 is the same day. Without ``from``, the routine does not say from when.
    """

    count: int = duty()
    of: Text = duty()
    from_: Text | None = duty(default=None)


@dataclass(frozen=True, kw_only=True)
class Step(Node):
    """Who does what, with and to whom, when and how strongly. ``id`` defaults to the action.

    With ``facts``, it is a step only in the cases that have them. A name in ``only`` takes part only in the
    cases that have its facts; where nobody is left to do it, or to do it to, it is no step.
    """

    id: Text | None = reference(default=None)
    action: Text = duty("actions")
    who: Texts = duty("units", "parties", default=())
    with_: Texts = duty("units", "parties", default=())
    to: Texts = duty("units", "parties", default=())
    purpose: Text | None = duty("purposes", default=None)
    when: Text | None = duty("conditions", default=None)
    within: Deadline | None = duty(default=None, later=True)
    phase: Text = duty("phases")
    force: Text = duty("forces")
    cite: Citation = reference(data="citation")
    documents: Texts = reference("documents", default=(), line=True)
    note: Text | None = words(default=None)
    facts: FactSet | None = duty(default=None, later=True)
    only: Mapping[Text, FactSet] = duty(default=dict, later=True)

    @property
    def hangs(self) -> bool:
        """Whether it, or a name in it, holds in some cases only."""
        return bool(self.facts or self.only)

    @property
    def key(self) -> str:
        """The step's id within its situation."""
        return self.id or self.action


@dataclass(frozen=True, kw_only=True)
class Otherwise(Node):
    """What is otherwise in a ``step`` of another situation, or of several: other values, keys left out."""

    step: Texts = duty()
    who: Texts = duty("units", "parties", default=())
    with_: Texts = duty("units", "parties", default=())
    to: Texts = duty("units", "parties", default=())
    purpose: Text | None = duty("purposes", default=None)
    when: Text | None = duty("conditions", default=None)
    within: Deadline | None = duty(default=None)
    phase: Text | None = duty("phases", default=None)
    force: Text | None = duty("forces", default=None)
    cite: Citation | None = reference(default=None)
    documents: Texts = reference("documents", default=())
    note: Text | None = words(default=None)
    facts: FactSet | None = duty(default=None)
    only: Mapping[Text, FactSet] = duty(default=dict)
    without: Texts = duty(default=())
