"""The decisions: facts, questions, where they are asked, and where the ways end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.base import Citations, FactSet, FactSets, Named, Node, Statement, Text, Texts
from generator.model.declared import (
    Weight,
    answer,
    asked,
    beside,
    duty,
    heading,
    made,
    reference,
    settling,
    shorthand,
    words,
    written,
)
from generator.model.work import Otherwise, Step

AFFECTS = "affects"
STOPS = "stops"
DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True)
class Limit(Named):
    """From how many of something on a value holds: the ``count``, and what is counted, ``one`` and ``more``.

    With ``facts``, it counts in the cases that have them. Texts name it in a slot, so that the number
    stands once.
    """

    count: int = duty()
    one: Text = heading()
    more: Text = heading()
    facts: FactSet | None = duty(default=None)

    @property
    def name(self) -> Text:
        """What a reader calls it: what is counted."""
        return self.more


@dataclass(frozen=True, kw_only=True)
class Value(Named):
    """One of the values that a fact can have. ``also`` is what people call it when they search.

    With ``limits``, it holds where one of them is reached.
    ``ask`` is the question of yes or no about a value of a fact that can have ``many``.
    """

    label: Text = heading()
    ask: Text | None = written(default=None)
    also: Texts = beside(default=())
    limits: tuple[Limit, ...] = duty(default=())


@dataclass(frozen=True, kw_only=True)
class Fact(Named):
    """One thing that is known about a case, with a closed set of values.

    ``default`` is the one that an example has which names none. With ``many``, a case can have none, one or
    several of the values: it is short for a fact of yes or no for each (``reading/many.py``).
    """

    label: Text = heading()
    many: bool = written(default=False)
    values: tuple[Value, ...] = duty()
    default: Text | None = beside(default=None, untold=True)


@dataclass(frozen=True, kw_only=True)
class Option(Named):
    """An answer to a question, and the facts that it settles."""

    label: Text = answer()
    short: Text = heading()
    facts: FactSet = settling()


@dataclass(frozen=True, kw_only=True)
class Question(Named):
    """A question's wording, once, however many places of the tree ask it.

    ``where`` and ``known_by`` are the tool's own advice to whoever does not know the answer. ``also`` is
    what people search by when only the answer tells which situation they mean.

    A question of a fact that can have ``many`` values is short for one of yes or no about each, and they can
    be answered ``together``: these words ask for all of them.
    """

    text: Text = asked()
    short: Text = heading()
    also: Texts = beside(default=())
    why: Text = words()
    where: Text | None = words(default=None)
    known_by: Texts = reference("units", "parties", default=())
    cite: Citations = reference()
    many: Text | None = written(default=None)
    options: tuple[Option, ...] = duty(default=(), unless=("many",))
    together: Text | None = made(default=None)


@dataclass(frozen=True, kw_only=True)
class Ask(Named):
    """A place in the tree: the question asked there and where each option leads.

    A question of a fact that can have many values leads on to one place, ``then``, whatever is answered.
    ``own`` are the options that the routine does not name, so that where they lead is the tool's reading.
    """

    ask: Text = duty("questions")
    goto: Mapping[Text, Text] = duty(default=dict, unless=("then",))
    then: Text | None = written(default=None)
    own: Texts = heading(default=())


@dataclass(frozen=True, kw_only=True)
class Rule(Node):
    """Where a frame is shown: these facts, and only on these actions if any is named."""

    facts: FactSet = duty()
    action: Texts = duty("actions", default=())

    def is_on(self, action: str | None) -> bool:
        """Tell whether it is shown on an action, or on the case itself."""
        return action in self.action if action else not self.action


@dataclass(frozen=True, kw_only=True)
class Frame(Named):
    """A legal or child-rights note that attaches by rule to situations or steps.

    ``unfolded`` when it stands in full at its step, however little room there is.
    """

    title: Text = heading()
    on: Rule = duty()
    statements: tuple[Statement, ...] = duty()
    see: Texts = reference("situations", default=())
    unfolded: bool = beside(default=False)


@dataclass(frozen=True, kw_only=True)
class Continuation(Node):
    """The way on from a situation: a node, reached as if these facts were the case."""

    text: Text = words()
    node: Text = duty("nodes", data="question")
    as_: FactSet = settling()


@dataclass(frozen=True, kw_only=True)
class Back(Node):
    """A way back from a situation, to a question that was asked on the way there and is asked anew."""

    text: Text = words()
    node: Text = duty("nodes", data="question")


@dataclass(frozen=True, kw_only=True)
class Situation(Named):
    """An end of the tree: the cases it covers and the steps to take.

    ``facts`` are several sets where it is reached in ways that have nothing in common. Where there is
    nothing to do, ``text`` says so in the steps' place, and ``cite`` where the document does.

    With ``same_steps_as`` they are those of another situation, ``except`` where they are otherwise and
    ``without`` some, and besides those that stand here.
    """

    title: Text = heading()
    short: Text = heading()
    facts: FactSets = duty()
    source: Text = reference("source", data="citation")
    documents: Texts = reference("documents", default=(), line=True)
    text: Text | None = words(default=None)
    cite: Citations = reference(default=())
    back: Back | None = duty(default=None)
    continues: Continuation | None = duty(default=None)
    same_steps_as: Text | None = shorthand("situations", default=None)
    without: Texts = shorthand(default=())
    except_: tuple[Otherwise, ...] = shorthand(default=())
    steps: tuple[Step, ...] = duty(default=(), unless=("same_steps_as", "text"))

    @property
    def as_in(self) -> Text | None:
        """The situation that the routine itself refers to; with exceptions, they are the file's own."""
        return None if self.except_ or self.without else self.same_steps_as


@dataclass(frozen=True, kw_only=True)
class Way(Node):
    """A way on from a gap: look at the case as if these facts were so."""

    label: Text = answer()
    as_: FactSet = settling()


@dataclass(frozen=True, kw_only=True)
class Spot(Node):
    """Cases, in one or several sets of facts, and actions in them; without any, the situations themselves."""

    facts: FactSets = reference(default=())
    action: Texts = reference("actions", default=())


@dataclass(frozen=True, kw_only=True)
class Gap(Named):
    """Where the routine gives no answer, or a doubtful one. With facts it is an end of the tree.

    ``weight`` says what it does to a reader: ``stops`` who asks for a unit or a step, ``affects`` one
    step, or concerns the ``document`` alone. ``unsaid`` heads one that ends a path, where what
    the routine leaves unsaid is something else than which steps apply. It ``concerns`` questions, situations
    and steps, and what ``on`` finds, whichever situations these are. ``also_at`` are questions, and actions
    that a situation has no step for (``situation/action``): who looks there is told, too. With ``about_time``
    it leaves open when the steps that it concerns are taken, so that practice does not ask.
    """

    title: Text = heading()
    unsaid: Text | None = heading(default=None)
    text: Text = words()
    cite: Citations = reference()
    decided_by: Texts = duty("roles")
    facts: FactSets | None = duty(default=None)
    nearest: Texts = reference("situations", default=())
    on: tuple[Spot, ...] = shorthand(default=())
    concerns: Texts = reference(default=())
    also_at: Texts = reference(default=())
    ways: tuple[Way, ...] = duty(default=())
    weight: Text = duty(default=AFFECTS)
    about_time: bool = beside(default=False)

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote it, so that the routine really is silent here."""
        return True


class Unwritten(Gap):
    """The end of a branch of a draft that nobody has written yet: it says nothing of the routine."""

    @property
    def is_written(self) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class Example(Named):
    """An invented case to practise on: what somebody reads, and what the case comes to.

    ``facts`` settle every fact of the tree that has no ``default``. ``leads_to`` are the ends in order:
    more than one when the first goes on. ``gaps`` are others that the case runs into and is meant to show.
    ``counts`` are how many the narrative tells of, by the limit that counts them.
    """

    title: Text = heading()
    narrative: Text = words(marked=False)
    facts: FactSet = settling(Weight.BESIDE)
    counts: Mapping[Text, int] | None = beside(default=None)
    leads_to: Texts = beside("situations", "gaps")
    gaps: Texts = beside("gaps", default=())
