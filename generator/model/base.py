"""What every part of the model is made of: located texts, citations, references and nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from inspect import get_annotations
from typing import Any

from generator.model.declared import duty, reference, words
from generator.model.position import Pos


class Text(str):
    """A text from the tree, with its place. An empty one stands for a text that was missing.

    ``written`` is how it stands in the file, with its slots.
    """

    pos: Pos
    written: str

    def __new__(cls, value: str, pos: Pos | None = None, written: str = "") -> Text:
        """Make a text at a place."""
        text = super().__new__(cls, value)
        text.pos = pos or Pos()
        text.written = written or value
        return text


Texts = tuple[Text, ...]
FactSet = Mapping[Text, Texts]
FactSets = tuple[FactSet, ...]


class Incomplete(dict[Text, Any]):
    """A mapping that could not be read in full: what it lacks is no mistake of its own."""


@dataclass(frozen=True)
class Citation:
    """Paragraphs of one section of the adopted document, as in ``3-syfte/2-3,5``."""

    section: Text
    paragraphs: tuple[int, ...]
    pos: Pos = field(compare=False)

    def __str__(self) -> str:
        return f"{self.section}/{','.join(map(str, self.paragraphs))}"

    @cached_property
    def places(self) -> frozenset[tuple[str, int]]:
        """Each paragraph, as its section and number."""
        return frozenset((str(self.section), paragraph) for paragraph in self.paragraphs)


Citations = tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True)
class Node:
    """What every mapping in the tree has: its place."""

    pos: Pos = field(default=Pos(), repr=False, compare=False)

    def __init_subclass__(cls) -> None:
        """Let no field be forgotten by what compares, shows and exports the model."""
        for name in get_annotations(cls):
            if "weight" not in getattr(cls.__dict__.get(name), "metadata", {}):
                raise TypeError(f"{cls.__name__}.{name} is not declared: duty, words, reference or beside")


def is_node(wanted: Any) -> bool:
    """Tell whether a type is one of nodes."""
    return isinstance(wanted, type) and issubclass(wanted, Node)


@dataclass(frozen=True, kw_only=True)
class Named(Node):
    """A node that others refer to by its id."""

    id: Text = reference()


@dataclass(frozen=True, kw_only=True)
class Statement(Node):
    """A sentence of our own that rests on the routine, with bullet points if it has any."""

    text: Text = words()
    cite: Citations = reference()
    force: Text | None = duty("forces", default=None)
    points: Texts = words(default=())


def visit(value: Any) -> Iterator[Any]:
    """Yield every model object and citation below a value, the value itself first."""
    waiting = [value]
    while waiting:
        at = waiting.pop()
        if isinstance(at, tuple):
            waiting += at[::-1]
        elif isinstance(at, Node):
            yield at
            cls: type = type(at)
            waiting += [getattr(at, name) for name in _names(cls)]
        elif isinstance(at, Citation):
            yield at


@cache
def _names(cls: type) -> tuple[str, ...]:
    """Return the names of a class of nodes' fields, the last first."""
    return tuple(f.name for f in fields(cls))[::-1]
