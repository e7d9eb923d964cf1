"""The whole tree, and the way to find a node in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, get_args, get_type_hints, overload

from generator.locale import speaking
from generator.model.base import Named, Node, visit
from generator.model.decisions import Ask, Example, Fact, Frame, Gap, Question, Situation
from generator.model.declared import beside, duty, prose
from generator.model.document import Approval, Document, OutOfScope, Revision, Routine, Section, Topic
from generator.model.learning import Lesson, Term
from generator.model.work import Action, Column, Condition, Force, Party, Phase, Purpose, Role, Unit

A = TypeVar("A", bound=Named)
B = TypeVar("B", bound=Named)
C = TypeVar("C", bound=Named)
P = ParamSpec("P")
R = TypeVar("R")


def once(function: Callable[Concatenate[Tree, P], R]) -> Callable[Concatenate[Tree, P], R]:
    """Let a pure function of a tree and its nodes or ids be worked out once for each of them.

    What is returned is shared, so nobody may change it. Nodes are told apart by identity, which is as
    sure as comparing them, since they never change, and costs nothing. It speaks the tree's language.
    """

    @wraps(function)
    def remembering(tree: Tree, /, *args: P.args, **kwargs: P.kwargs) -> R:
        known = tree.remembered.setdefault(function, {})
        key = tuple(a if isinstance(a, str) else id(a) for a in (*args, *kwargs.values()))
        if key not in known:
            # The arguments are kept, too: no other object can come to have the identity of one of them.
            with speaking(tree.routine.language):
                known[key] = ((args, kwargs), function(tree, *args, **kwargs))
        result: R = known[key][1]
        return result

    return remembering


# The kinds that share one space of ids: a reference can mean any of them.
SHARED = (("nodes", "situations", "gaps"), ("units", "parties"))


@dataclass(frozen=True, kw_only=True)
class Tree(Node):
    """The whole routine: what the YAML file says."""

    routine: Routine = prose()
    revisions: tuple[Revision, ...] = beside(default=())
    source: tuple[Section, ...] = prose()
    out_of_scope: tuple[OutOfScope, ...] = beside(default=())
    forces: tuple[Force, ...] = duty()
    units: tuple[Unit, ...] = duty()
    parties: tuple[Party, ...] = duty(default=())
    roles: tuple[Role, ...] = prose()
    facts: tuple[Fact, ...] = duty()
    questions: tuple[Question, ...] = duty()
    nodes: tuple[Ask, ...] = duty()
    phases: tuple[Phase, ...] = duty()
    conditions: tuple[Condition, ...] = duty(default=())
    purposes: tuple[Purpose, ...] = duty(default=())
    actions: tuple[Action, ...] = duty()
    matrix: tuple[Column, ...] = prose(default=())
    frames: tuple[Frame, ...] = duty(default=())
    situations: tuple[Situation, ...] = duty()
    gaps: tuple[Gap, ...] = duty(default=())
    documents: tuple[Document, ...] = prose(default=())
    topics: tuple[Topic, ...] = duty(default=())
    examples: tuple[Example, ...] = beside(default=())
    terms: tuple[Term, ...] = prose(default=())
    introduction: tuple[Lesson, ...] = prose(default=())

    @cached_property
    def _by_kind(self) -> dict[str, dict[str, Any]]:
        kinds = (f.name for f in fields(self) if isinstance(getattr(self, f.name), tuple))
        return {k: {n.id: n for n in getattr(self, k) if isinstance(n, Named)} for k in kinds}

    @cached_property
    def _ids(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def ids(self, *kinds: str) -> frozenset[str]:
        """Return every id of these kinds of nodes."""
        if kinds not in self._ids:
            self._ids[kinds] = frozenset(id for kind in kinds for id in self._by_kind[kind])
        return self._ids[kinds]

    @cached_property
    def remembered(self) -> dict[Any, dict[Any, Any]]:
        """What is worked out once: function → what tells its arguments apart → what to keep of them."""
        return {}

    @cached_property
    def _sure(self) -> dict[tuple[str, ...], bool]:
        return {}

    def is_sure_of(self, *kinds: str) -> bool:
        """Tell whether every node of these kinds could be read and has an id of its own.

        If not, an id that is not among them may well be the one that is missing.
        """
        if kinds not in self._sure:
            spaces = [space for space in SHARED if set(space) & set(kinds)]
            asked = dict.fromkeys(k for space in (kinds, *spaces) for k in space)
            named = [node.id for kind in asked for node in getattr(self, kind)]
            self._sure[kinds] = len({id for id in named if id}) == len(named)
        return self._sure[kinds]

    @overload
    def get(self, id: str, kind: type[A], /) -> A: ...
    @overload
    def get(self, id: str, kind: type[A], other: type[B], /) -> A | B: ...
    @overload
    def get(self, id: str, kind: type[A], other: type[B], third: type[C], /) -> A | B | C: ...
    @overload
    def get(self, id: str, *kinds: str) -> Named: ...
    def get(self, id: str, *kinds: type[Named] | str) -> Any:
        """Return the node with this id among these kinds of nodes, by their classes.

        A template, and what is declared of a field, names them as the file does.
        Raises KeyError if there is none.
        """
        for kind in kinds:
            nodes = self._by_kind[kind if isinstance(kind, str) else KINDS[kind]]
            if id in nodes:
                return nodes[id]
        raise KeyError(id)

    @cached_property
    def parts(self) -> tuple[Any, ...]:
        """Every model object and citation, the tree first: many rules go through them all."""
        return tuple(visit(self))

    @property
    def approved(self) -> Approval | None:
        """Who has approved the version in use, and when; None if nobody has."""
        return next((r.approved for r in self.revisions if r.version == self.routine.version), None)

    @property
    def unwritten(self) -> tuple[Gap, ...]:
        """The ends of a draft's branches that are not written yet."""
        return tuple(gap for gap in self.gaps if not gap.is_written)

    @property
    def end_gaps(self) -> tuple[Gap, ...]:
        """The gaps that end a path through the tree."""
        return tuple(gap for gap in self.gaps if gap.facts is not None)


# Class of nodes → the list of the tree that they stand in.
KINDS: dict[type[Named], str] = {
    get_args(hint)[0]: name
    for name, hint in get_type_hints(Tree).items()
    if get_args(hint) and issubclass(get_args(hint)[0], Named)
}
