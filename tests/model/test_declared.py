"""What is declared once is told everywhere: by the comparison, on paper and in rutin.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, make_dataclass, replace
from itertools import chain
from typing import Any

import jsonschema
import pytest

from generator.data.rutin_json import export
from generator.data.rutin_schema import rutin_schema
from generator.diff.compare import compare
from generator.locale import strings
from generator.model import (
    CHOICES,
    Action,
    Ask,
    Citation,
    Condition,
    Continuation,
    Deadline,
    Frame,
    Gap,
    Named,
    Node,
    Routine,
    Rule,
    Situation,
    Statement,
    Step,
    Text,
    Texts,
    Tree,
    Value,
    visit,
)
from generator.model.declared import Weight, declared, duty, key_of, named, reference, weight_of, words
from generator.pages.fingerprints import fingerprint_of, fingerprint_of_rest
from generator.pages.printed_step import printed_step
from generator.pages.record.record import record
from generator.pages.rendering import body_of
from generator.pages.report.changes import as_text, report
from generator.pages.site import Site
from generator.pages.situations import pages
from generator.printing.checklists import printed_documents
from generator.readability.advice import pieces
from generator.reading import parse
from generator.routine.spots import with_places
from generator.routine.steps import placed_steps
from generator.rules import check
from tests.conftest import checked
from tests.playground import TREE as PLAYGROUND
from tests.tiers import full

# Class → the module whose annotations name it, and a line of the tiny tree below which a key of it can stand.
PLACES: Mapping[type, tuple[str, str]] = {
    Step: ("decisions", "        note: Kallt vatten.\n"),
    Condition: ("tree", "    text: Om behållaren är tom\n"),
    Frame: ("tree", "    title: Varmt vatten\n"),
    Action: ("tree", "    label: Fylla på\n"),
}
FIELDS: Mapping[str, tuple[Any, Any, str, str]] = {
    "a number that binds": (int | None, duty(default=None, line=True), "7", "30"),
    "a yes or no that binds": (bool, duty(default=False, line=True), "false", "true"),
    "a unit that is bound": (Text | None, duty("units", default=None, line=True), "kok", "vakt"),
    "units that are bound": (Texts, duty("units", default=(), line=True), "kok", "[kok, vakt]"),
    "a text that binds": (Text | None, duty(default=None, line=True), "Genast", "Snart"),
    "words": (Text | None, words(default=None, line=True), "Det är kallt.", "Det är ljummet."),
    "words, many": (Texts, words(default=(), line=True), "[Ett, Två]", "[Ett, Tre]"),
    "a reference": (
        Texts,
        reference("gaps", "situations", default=(), line=True),
        "annat-fel",
        "utan-vatten",
    ),
}


@pytest.fixture
def patched() -> Iterator[pytest.MonkeyPatch]:
    """Patch the model, and let nobody remember it afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch
    parse.keys.cache_clear()


# In the fast tier, every kind on two classes, and half of the kinds on each class.
NEW = [(c, k) for n, c in enumerate(PLACES) for m, k in enumerate(FIELDS) if full() or (n + m) % 2 == 0]


@pytest.mark.parametrize(("cls", "kind"), NEW, ids=[f"{cls.__name__}-{kind}" for cls, kind in NEW])
def test_a_new_field_is_told_everywhere(
    tiny_text: str, patched: pytest.MonkeyPatch, cls: type, kind: str
) -> None:
    hint, declaration, *values = FIELDS[kind]
    sites = [invented(patched, tiny_text, cls, hint, declaration, value) for value in values]
    trees = [site.tree for site in sites]
    weight = declaration.metadata["weight"]
    difference = compare(*trees)
    told = as_text(report(difference))
    assert not difference.empty
    assert difference.of_duty is (weight is Weight.DUTY)
    assert "Påhittat" in told or "påhittat" in told or "invented" in told
    assert len({fingerprint_of(site, first_step(site)) for site in sites}) == 2
    assert len({json.dumps(printed_step(site, first_step(site))) for site in sites}) == 2
    made = [export(site) for site in sites]
    assert made[0] != made[1]
    schema = json.loads(rutin_schema(trees[0]))
    for data in json.loads(json.dumps(made)):
        jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    assert "Påhittat: " in body_of(sites[1], next(pages(sites[1])))
    steps = record(sites[1], trees[1].situations[0])["steps"]
    assert any(line.strip().startswith("Påhittat: ") for step in steps for line in step["all"])
    read = [{piece.text for piece in pieces(tree)} for tree in trees]
    assert (read[0] != read[1]) is (weight is Weight.WORDS)


def invented(
    patched: pytest.MonkeyPatch,
    text: str,
    cls: type,
    hint: Any,
    declaration: Any,
    value: str,
    place: str = "",
) -> Site:
    """Return a site whose tree has a key that today's model does not know, below a ``place`` in its text."""
    module, above = PLACES[cls]
    made = make_dataclass(
        cls.__name__, [("invented", hint, declaration)], bases=(cls,), frozen=True, kw_only=True
    )
    told = {"label": "påhittat", "help": "Påhittat, bara för att se."}
    patched.setattr(f"generator.model.{module}.{cls.__name__}", made)
    patched.setitem(strings()["keys"][cls.__name__], "invented", told)
    parse.keys.cache_clear()
    tree, findings = check(with_key(text, place or above, value))  # "checked" would remember it
    assert tree is not None
    assert findings == []
    return Site.of(tree, "")


def with_key(text: str, above: str, value: str) -> str:
    indent = above[: len(above) - len(above.lstrip())]
    assert above in text
    return text.replace(above, f"{above}{indent}invented: {value}\n" if value else above, 1)


def first_step(site: Site) -> Any:
    return placed_steps(site.tree, site.tree.situations[0])[0]


def test_a_frame_that_points_elsewhere_is_told_with_its_lines_in_short(
    patched: pytest.MonkeyPatch,
) -> None:
    declaration = words(default=None, line=True)
    place = "    title: Säkerheten går först\n"
    text = PLAYGROUND.read_text("utf-8")
    site = invented(patched, text, Frame, Text | None, declaration, "Det är kallt.", place)
    ways = [way["text"] for situation in site.tree.situations for way in record(site, situation)["ways"]]
    assert any("Påhittat: Det är kallt." in way for way in ways)


def test_a_field_that_does_not_say_what_it_is_makes_no_class() -> None:
    with pytest.raises(TypeError, match=r"Step\.within is not declared"):
        make_dataclass("Step", [("within", int, field(default=7))], bases=(Step,), frozen=True, kw_only=True)


def test_a_duty_that_a_page_alone_has_changes_the_fingerprint_all_the_same(
    tiny_text: str, patched: pytest.MonkeyPatch
) -> None:
    both = [invented(patched, tiny_text, Step, int, duty(default=0), value) for value in ("7", "30")]
    assert len({fingerprint_of(site, first_step(site)) for site in both}) == 2


def test_a_duty_that_came_later_leaves_prints_as_they_were_where_it_says_nothing(
    tiny: Tree, tiny_text: str, patched: pytest.MonkeyPatch
) -> None:
    before = fingerprints(tiny)
    later = duty(default=None, later=True)
    both = [invented(patched, tiny_text, Step, Text | None, later, value).tree for value in ("", "Genast")]
    assert [fingerprints(tree) == before for tree in both] == [True, False]


# Existing fields: every value of the tree that uses every key, changed by itself.

Change = tuple[type, str, Weight, Tree]


@pytest.fixture(scope="module")
def playground() -> Tree:
    return checked(PLAYGROUND.read_text("utf-8"))


def changes(*each: type) -> Iterator[Change]:
    """Yield (class, field, weight, the tree with another value there), each field once or more.

    With classes, of these alone, but for ``each`` node of them.
    """
    tree = parse.parse(PLAYGROUND.read_text("utf-8")).tree
    assert tree
    for f in declared(Tree):
        value, whole = getattr(tree, f.name), weight_of(f)
        for cls, name, weight, other in _below(tree, value, each) if f.name != "revisions" else ():
            told = whole if whole is Weight.BESIDE else weight
            if not each or cls in each:
                yield cls, name, told, with_places(replace(tree, **{f.name: other}))


def _below(tree: Tree, value: Any, each: tuple[type, ...] = ()) -> Iterator[tuple[type, str, Weight, Any]]:
    if isinstance(value, tuple):
        seen: set[tuple[type, str]] = set()
        for at, item in enumerate(value):
            for cls, name, weight, other in _below(tree, item, each):
                if (cls, name) not in seen or cls in each:
                    seen.add((cls, name))
                    yield cls, name, weight, (*value[:at], other, *value[at + 1 :])
    elif isinstance(value, Node):
        for f in declared(type(value)):
            held = getattr(value, f.name)
            for cls, name, weight, other in _below(tree, held, each):
                yield cls, name, weight, replace(value, **{f.name: other})
            if (f.name != "id" or not isinstance(value, Named)) and not _is_nodes(held):
                choice = CHOICES.get((type(value), key_of(f)), tuple)() if isinstance(held, Text) else ()
                chosen: list[Any] = [Text(word) for word in choice if word != held]
                for other in chosen or _others(tree, held, f.metadata.get("ref", ())):
                    yield type(value), f.name, weight_of(f), replace(value, **{f.name: other})
                    break


def _is_nodes(value: Any) -> bool:
    return any(isinstance(part, Node) for part in visit(value))


def _others(tree: Tree, value: Any, kinds: tuple[str, ...]) -> Iterator[Any]:
    """Yield other values that could stand there."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, Citation):
        yield replace(value, paragraphs=(*value.paragraphs, 99))
    elif isinstance(value, tuple) and value:
        yield from ((*value[:-1], other) for other in _others(tree, value[-1], kinds) if other not in value)
    elif isinstance(value, Mapping):
        first, held = next(iter(value.items()), ("", ""))
        if isinstance(held, int):
            yield {**value, first: held + 1}
            return
        if not value or isinstance(held, Mapping):
            yield from ({**value, first: other} for other in _others(tree, held, kinds) if value)
            return
        ids = {str(id) for fact in tree.facts for v in fact.values for id in (v.id,)}
        same = held if isinstance(held, str) else held[0]
        nodes = tree.ids("situations", "gaps") if isinstance(held, str) else ids
        other = Text(next(id for id in sorted(nodes) if id != same))
        yield {**value, first: other if isinstance(held, str) else (other,)}
    elif isinstance(value, Text):
        others = sorted(tree.ids(*kinds) - {value}) if kinds else [f"{value} ändrad"]
        yield from map(Text, others)


def test_no_value_of_the_tree_changes_in_silence(playground: Tree) -> None:
    wrong = set()
    for cls, name, weight, after in changes():
        try:
            difference = compare(playground, after)
        except (KeyError, ValueError):
            wrong.add((cls.__name__, name, "error"))
            continue
        of_duty = weight is Weight.DUTY or bool(difference.outcomes)
        if difference.empty or difference.of_duty is not of_duty:
            wrong.add((cls.__name__, name, "empty" if difference.empty else "weight"))
    assert wrong == set()


# What stands on no print of a step, though it hangs on one, and binds nobody in itself.
NOT_PRINTED = {
    (Step, "id"),
    (Condition, "confirm_ask"),  # asked on the page
    (Condition, "like"),  # for practice
    (Action, "label"),
    (Action, "question"),
    (Action, "also"),
    (Action, "short"),
    (Action, "infinitive"),  # for the record
    (Frame, "unfolded"),  # on the page
}


def test_whatever_a_printed_step_says_changes_its_fingerprint(playground: Tree) -> None:
    before = fingerprints(playground)
    changed: dict[tuple[type, str], bool] = {}
    for cls, name, _, after in changes():
        if cls in (Step, Condition, Action, Frame, Statement):
            changed[cls, name] = changed.get((cls, name), False) or fingerprints(after) != before
    assert {key for key, told in changed.items() if not told} == NOT_PRINTED


# What stands at the foot of each print, or beside its version.
OF_THE_ROUTINE = {
    (Routine, name)
    for name in (
        *("short_title", "organisation", "record", "draft"),
        *("version", "decided_on", "valid_from", "revised_on"),
    )
}
# Some of what only stands beside the steps: where to go on, what is unclear, what the case is.
BESIDE = {(Continuation, "text"), (Continuation, "node"), (Ask, "ask"), (Gap, "text"), (Value, "label")}


def test_whatever_a_print_says_changes_one_of_its_marks(playground: Tree) -> None:
    before, marked = prints(playground), marks(playground)
    printed: set[tuple[type, str]] = set()
    silent: set[tuple[type, str]] = set()
    for cls, name, _, after in chain(changes(), changes(Gap)):
        now = prints(after)
        changed = [id for id in before if before[id] != now.get(id, before[id])]
        printed |= {(cls, name)} if changed else set()
        told = marks(after) if changed else {}
        silent |= {(cls, name) for id in changed if told[id] == marked[id]}
    assert printed >= BESIDE
    assert silent == OF_THE_ROUTINE


def test_a_frame_on_a_whole_situation_changes_the_mark_of_what_stands_beside_the_steps(
    tiny_text: str,
) -> None:
    text = tiny_text.replace("on: {action: fylla, facts: {fel: vatten}}", "on: {facts: {fel: vatten}}")
    both = [checked(one) for one in (text, text.replace("kan vara hett", "är hett"))]
    steps, beside = (
        {tuple(marks(tree)["utan-vatten"][part]) for tree in both} for part in (slice(-1), slice(-1, None))
    )
    assert (len(steps), len(beside)) == (1, 2)


def prints(tree: Tree) -> dict[str, dict[str, str]]:
    """Return what is printed of each situation, by path."""
    papers = {document.path: document.data for document in printed_documents(Site.of(tree, ""))}
    printed = (situation for situation in tree.situations if not situation.text)
    return {str(s.id): {path: data for path, data in papers.items() if _is_of(path, s)} for s in printed}


def marks(tree: Tree) -> dict[str, list[str]]:
    """Return the marks that the prints of each situation bear."""
    site = Site.of(tree, "")
    return {
        str(situation.id): [
            *(fingerprint_of(site, placed) for placed in placed_steps(tree, situation)),
            fingerprint_of_rest(site, situation),
        ]
        for situation in tree.situations
    }


def _is_of(path: str, situation: Situation) -> bool:
    return path.removesuffix(".pdf").rpartition("/")[2].split("--")[0] == situation.id


# Their duties have to be seen; an event's are those of the page (tests/e2e/test_case.py).
SEEN = (*PLACES, Deadline, Rule, Statement)
NODES = {(Condition, "event"), (Frame, "on"), (Frame, "statements"), (Step, "within")}
UNSEEN = {(Condition, "own")}  # its text says so
UNPRINTED = {*UNSEEN, (Condition, "goes_on")}  # what comes after is asked on the page


def test_every_duty_of_a_step_stands_on_a_page_and_on_paper(playground: Tree) -> None:
    """Whoever adds one that is no line of its own gives it a place in the templates, or says here why not."""
    pages_before, papers_before = shown(playground), prints(playground)
    unseen = {(cls, f.name) for cls in SEEN for f in declared(cls) if weight_of(f) is Weight.DUTY} - NODES
    unprinted = set(unseen)
    for cls, name, _, after in changes(*SEEN):
        if (cls, name) in unseen and shown(after) != pages_before:
            unseen.remove((cls, name))
        if (cls, name) in unprinted and prints(after) != papers_before:
            unprinted.remove((cls, name))
    assert unseen == UNSEEN
    assert unprinted == UNPRINTED


def shown(tree: Tree) -> list[str]:
    """Return the pages of all situations, but for the hashes that follow every duty."""
    site = Site.of(tree, "")
    return [re.sub(r' data-(fingerprint|duty)="\w+"', "", body_of(site, page)) for page in pages(site)]


def fingerprints(tree: Tree) -> list[str]:
    return [mark for each in marks(tree).values() for mark in each]


def test_whatever_binds_somebody_stands_in_rutin_json(playground: Tree) -> None:
    before = export(Site.of(playground, ""))
    lists = named(playground, Weight.DUTY)
    silent = set()
    for cls, name, weight, after in changes():
        binds = any(getattr(after, one) != getattr(playground, one) for one in lists)
        if binds and weight is not Weight.BESIDE and export(Site.of(after, "")) == before:
            silent.add((cls.__name__, name))
    assert silent == set()
