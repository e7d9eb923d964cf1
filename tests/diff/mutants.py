"""Random changes of a tree, each of a single value or of two that change places, by the model alone.

``python -m tests.diff.mutants 1500 7`` says, for as many changes and that seed, how many of each kind pass.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, replace
from typing import Any, get_type_hints

from generator.build.versions import kept as put_away
from generator.diff.history import problems
from generator.model import Citation, Node, Text, Tree, visit
from generator.model.declared import declared, item_of, unwrapped
from generator.reading.parse import Parsed
from generator.rules import _found, known_target
from tests.conftest import REAL, checked

Path = tuple[str | int, ...]

# What may change under the same version without a word. Nobody does other things because of it.
SILENT: Mapping[str, set[str]] = {
    "where it is found in the document": {
        *("Step.cite", "Otherwise.cite", "Statement.cite", "Frame.see", "Question.cite", "Gap.cite"),
        *("Unit.cite", "Duty.cite"),
        *("Term.cite", "Term.gap", "Lesson.cite", "Document.cite", "Routine.cite", "OutOfScope.cite"),
        *(
            "Section.pages",
            "Section.paragraphs",
            "Section.page_id",
            "Section.menu",
            "Section.parent",
            "Section.number",
        ),
        *("Topic.section", "Situation.source", "Situation.cite"),
    },
    "where to read or ask besides": {
        *(
            "Gap.nearest",
            "Question.known_by",
            "Action.document",
            "Action.about",
            "Document.url",
            "Gap.concerns",
            "Spot.facts",
            "Spot.action",
        ),
        *("Step.documents", "Otherwise.documents", "Situation.documents", "Unit.documents"),
        *("Gap.also_at", "Unit.phone", "Unit.email", "Unit.address"),
        *("Lesson.terms", "Lesson.topics", "Lesson.situations", "Column.actions", "Column.shows"),
    },
    "names for search, addresses and practice": {
        *("Unit.also", "Party.also", "Value.also", "Action.also", "Section.also", "Question.also"),
        *("Term.forms", "Step.id", "Fact.default", "Condition.like", "Gap.about_time"),
        *("Example.title", "Example.narrative", "Example.facts", "Example.leads_to", "Example.gaps"),
        "Example.counts",
    },
    "what reading makes other nodes of": {"Fact.many", "Value.ask", "Question.many", "Ask.then"},
    "how it is shown": {"Unit.shape", "Frame.unfolded", "Lesson.minutes", "Lesson.shows", "Term.own"},
    "the document's own data and what is left out": {
        *("Routine.title", "Routine.short_title", "Routine.organisation", "Routine.document_type"),
        *("Routine.decided_on", "Routine.revised_on", "Routine.revision_note", "Routine.owners"),
        *("Routine.contact", "Routine.review_on", "Routine.invitation", "Document.kind"),
        *("Routine.record", "Routine.draft"),
        *("OutOfScope.reason", "Tree.out_of_scope", "Tree.examples"),
    },
    "the versions, with findings of their own": {
        *("Tree.revisions", "Revision.version", "Revision.date", "Revision.note", "Revision.wording"),
        *("Revision.approved", "Approval.by", "Approval.on"),
        *("Wording.places", "Wording.by", "Wording.on", "Routine.version", "Routine.language"),
    },
}


@dataclass(frozen=True)
class Mutant:
    """A changed tree, and what was changed in which field of which class."""

    tree: Tree
    field: str
    how: str


@dataclass(frozen=True)
class Place:
    """A field of one node."""

    path: Path
    owner: type
    field: Field[Any]

    @property
    def name(self) -> str:
        return f"{self.owner.__name__}.{self.field.name}"


def mutants(tree: Tree, seed: int) -> Iterator[Mutant]:
    """Yield changes without end: a field of the model by chance, then one of its places, then a change."""
    choose = random.Random(seed)  # noqa: S311, no secret
    by_field: dict[str, list[Place]] = {}
    for place in _places(tree):
        by_field.setdefault(place.name, []).append(place)
    while True:
        alike = by_field[choose.choice(sorted(by_field))]
        place = choose.choice(alike)
        held = _at(tree, place.path)
        made = list(_changes(tree, place, held, alike, choose))
        if made:
            how, changed = choose.choice(made)
            yield Mutant(changed, place.name, how)


def passes(tree: Tree, kept: Mapping[str, str]) -> bool:
    """Tell whether ``make check`` finds nothing."""
    found: Iterator[Any] = _found(Parsed(tree, [], followable=True), tree, known_target.nothing)
    return next(found, None) is None and next(problems(tree, kept), None) is None


def may_pass(mutant: Mutant) -> bool:
    short = mutant.field == "Gap.on"  # for the places of Gap.concerns
    return short or any(mutant.field in those for those in SILENT.values())


def _places(node: Node, path: Path = ()) -> Iterator[Place]:
    for f in declared(type(node)):
        held, here = getattr(node, f.name), (*path, f.name)
        if not (f.name in ("id", "version", "language") and type(node).__name__ != "Step"):
            yield Place(here, type(node), f)
        items = held if isinstance(held, tuple) else (held,)
        for at, item in enumerate(items):
            if isinstance(item, Node):
                yield from _places(item, (*here, at) if isinstance(held, tuple) else here)


def _changes(
    tree: Tree, place: Place, held: Any, alike: Sequence[Place], choose: random.Random
) -> Iterator[tuple[str, Tree]]:
    for how, value in _others(tree, place, held, choose):
        if value != held:
            yield how, _put(tree, place.path, value)
    other = choose.choice(alike)
    there = _at(tree, other.path)
    if there != held and not _holds_nodes(held):
        yield "changes places", _put(_put(tree, place.path, there), other.path, held)
    for sibling in declared(place.owner):
        beside = _at(tree, (*place.path[:-1], sibling.name))
        if (
            _kind(place.owner, sibling) == _kind(place.owner, place.field)
            and beside != held
            and isinstance(held, (Text, tuple))
            and not _holds_nodes((held, beside))
        ):
            yield (
                f"for {sibling.name}",
                _put(_put(tree, place.path, beside), (*place.path[:-1], sibling.name), held),
            )


def _others(tree: Tree, place: Place, held: Any, choose: random.Random) -> Iterator[tuple[str, Any]]:
    kinds = place.field.metadata.get("ref", ())
    ids = sorted(tree.ids(*kinds)) if kinds and all(isinstance(k, str) for k in kinds) else []
    if isinstance(held, bool):
        yield "turned", not held
    elif isinstance(held, int):
        yield "one more", held + 1
    elif isinstance(held, Citation):
        yield "elsewhere", _cited(tree, held, choose)
    elif place.name == "Step.only" and not held:
        fact = choose.choice(tree.facts)
        yield "added", {choose.choice(tree.units).id: {fact.id: (choose.choice(fact.values).id,)}}
    elif isinstance(held, Mapping) and held:
        yield from _mapped(tree, held, choose)
    elif isinstance(held, Text):
        yield ("another", Text(choose.choice(ids), held.pos)) if ids else ("reworded", reworded(held, choose))
    elif held is None and ids and item_of(get_type_hints(place.owner)[place.field.name]) is Text:
        yield "added", Text(choose.choice(ids))
    elif held is None and place.name == "Step.facts":
        fact = choose.choice(tree.facts)
        yield "added", {fact.id: (choose.choice(fact.values).id,)}
    elif held is None and place.field.metadata.get("reads"):
        yield "added", Text("Inom en vecka.")
    if isinstance(held, tuple) and held:
        at = choose.randrange(len(held))
        if len(held) > 1 or place.field.default is not MISSING:
            yield "one gone", (*held[:at], *held[at + 1 :])
        for how, item in _others(tree, place, held[at], choose) if not _holds_nodes(held) else ():
            yield how, (*held[:at], item, *held[at + 1 :])
        if ids:
            yield "one more", (*held, Text(choose.choice(ids)))
        if isinstance(held[at], Mapping):
            yield from (("one more", (*held, other)) for _, other in _mapped(tree, held[at], choose))
        if place.name == "Situation.steps" and at and held[at - 1].phase == held[at].phase:
            yield "another order", (*held[: at - 1], held[at], held[at - 1], *held[at + 1 :])
    elif held == () and ids:
        yield "added", (Text(choose.choice(ids)),)
    if held is not None and place.field.default is None:
        yield "gone", None


def _mapped(tree: Tree, held: Mapping[Text, Any], choose: random.Random) -> Iterator[tuple[str, Any]]:
    key = choose.choice(sorted(held))
    if isinstance(held[key], Text):
        ends = sorted(tree.ids("nodes", "situations", "gaps"))
        yield "another", {**held, key: Text(choose.choice(ends), held[key].pos)}
    elif isinstance(held[key], int):
        yield "one more", {**held, key: held[key] + 1}
    elif isinstance(held[key], Mapping):
        yield from ((how, {**held, key: other}) for how, other in _mapped(tree, held[key], choose))
        yield "one gone", {k: v for k, v in held.items() if k != key}
    else:
        values = next(fact for fact in tree.facts if fact.id == key).values
        yield "another", {**held, key: (choose.choice(values).id,)}
        yield "one gone", {k: v for k, v in held.items() if k != key}


def _cited(tree: Tree, held: Citation, choose: random.Random) -> Citation:
    own = choose.choice((True, False))
    sections = [s for s in tree.source if s.paragraphs and (s.id == held.section) is own]
    section = choose.choice(sections)
    return replace(held, section=section.id, paragraphs=(choose.randint(1, section.paragraphs or 1),))


_WORDS = {
    "ska": "kan",
    "kan": "ska",
    "bör": "ska",
    "samma dag": "inom en vecka",
    "två": "tre",
    "inte": "också",
    "och": "eller",
    "alla": "några",
    "före": "efter",
}


def reworded(text: Text, choose: random.Random) -> Text:
    """Return a text with another meaning: negated, hurried, weakened or cut short."""
    words = text.split(" ")
    at = choose.randrange(len(words) + 1)
    made = [" ".join([*words[:at], "inte", *words[at:]]), f"{text} inom tre dagar"]
    made += [" ".join(words[:-1])] if len(words) > 1 else []
    made += [text.replace(old, new) for old, new in _WORDS.items() if old in text] * 3
    return Text(choose.choice(made), text.pos)


def _kind(owner: type, f: Field[Any]) -> tuple[Any, ...]:
    return (*unwrapped(get_type_hints(owner)[f.name]), f.metadata)


def _holds_nodes(value: Any) -> bool:
    return any(isinstance(part, Node) for part in visit(value))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def _put(node: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    below = _put(_at(node, (step,)), tuple(rest), value)
    if isinstance(step, int):
        return (*node[:step], below, *node[step + 1 :])
    return replace(node, **{step: below})


def kept_with(tree: Tree, text: str) -> dict[str, str]:
    """Return what is put away beside the real tree, and the tree itself as it is."""
    return {**put_away(REAL), str(tree.routine.version): text}


def main(count: int, seed: int) -> None:
    text = REAL.read_text("utf-8")
    tree = checked(text)
    kept = kept_with(tree, text)
    made, passed = Counter[str](), Counter[str]()
    for _, mutant in zip(range(count), mutants(tree, seed), strict=False):
        made[mutant.field] += 1
        if passes(mutant.tree, kept):
            passed[mutant.field] += 1
            if not may_pass(mutant):
                print("in silence:", mutant.field, mutant.how, flush=True)
    for kind in sorted(made):
        print(f"{kind}: {passed[kind]} of {made[kind]}")
    print(f"{passed.total()} of {made.total()} pass")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
