"""What a field of the model is, said once: what a change of it changes, and how it is read.

Comparison, the report on changes, fingerprints, ``rutin.json`` with its schema and the advice on language
follow from this.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, field, fields
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin


class Weight(Enum):
    """What a change of a field changes: what somebody has to do, how it is said, or where it points."""

    DUTY = "duty"
    WORDS = "words"
    REFERENCE = "reference"
    BESIDE = "beside"  # describes the tree itself, or what is for search and practice, and binds nobody


class Reads(Enum):
    """How a text is read, for the advice on language; other texts are ids, names and headings."""

    SENTENCES = "sentences"
    QUESTION = "question"
    LABEL = "label"


def duty(
    *kinds: str,
    default: Any = MISSING,
    line: bool = False,
    unless: tuple[str, ...] = (),
    later: bool = False,
    data: str = "",
) -> Any:
    """Declare what binds somebody. With kinds, its texts are ids of these kinds of nodes.

    ``line`` shows it as a line of its own with the step that it belongs to, on every page and print.
    It has to be there ``unless`` one of those other keys is. One that came ``later`` than printed marks is
    no part of them where it says nothing, so that those prints still hold. ``data`` is its key in the data,
    where that is another one than in the tree.
    """
    return _declared(Weight.DUTY, default, ref=kinds, line=line, unless=unless, later=later, data=data)


def words(default: Any = MISSING, line: bool = False, marked: bool = True) -> Any:
    """Declare sentences for a reader; in those that are ``marked``, words of the glossary are explained."""
    return _declared(Weight.WORDS, default, reads=Reads.SENTENCES, line=line, marked=marked)


def part(default: Any = MISSING) -> Any:
    """Declare words that become part of a sentence."""
    return _declared(Weight.WORDS, default, marked=True)


def asked(default: Any = MISSING) -> Any:
    """Declare words that ask a reader something."""
    return _declared(Weight.WORDS, default, reads=Reads.QUESTION)


def answer(default: Any = MISSING, marked: bool = False, unless: tuple[str, ...] = ()) -> Any:
    """Declare words for a reader that are no sentence, such as an answer. ``unless`` as of a duty."""
    return _declared(Weight.WORDS, default, reads=Reads.LABEL, marked=marked, unless=unless)


def heading(default: Any = MISSING) -> Any:
    """Declare a heading, a name, or words that only stand inside other texts."""
    return _declared(Weight.WORDS, default)


def prose(default: Any = MISSING) -> Any:
    """Declare nodes that readers read and that bind nobody: one more or less changes words alone."""
    return _declared(Weight.WORDS, default)


def reference(*kinds: str, default: Any = MISSING, line: bool = False, data: str = "") -> Any:
    """Declare what points somewhere for the reader's sake: into the document or, with kinds, to nodes.

    ``line`` and ``data`` as of a duty.
    """
    return _declared(Weight.REFERENCE, default, ref=kinds, line=line, data=data)


def beside(*kinds: str, default: Any = MISSING, untold: bool = False) -> Any:
    """Declare what nobody acts on, with all that stands below it. One ``untold`` is not in the data."""
    return _declared(Weight.BESIDE, default, ref=kinds, untold=untold)


def settling(weight: Weight = Weight.DUTY) -> Any:
    """Declare facts that have one value each: those that an answer, a way on or an example settles."""
    return _declared(weight, MISSING, settles=True)


def shorthand(*kinds: str, default: Any) -> Any:
    """Declare what is short for duties that stand elsewhere. It is they that are compared."""
    return _declared(Weight.DUTY, default, ref=kinds, short=True)


def written(default: Any) -> Any:
    """Declare what only the file says: reading makes other nodes of it, and nothing else knows it."""
    return _declared(Weight.BESIDE, default, written=True)


def made(default: Any) -> Any:
    """Declare words that reading puts there, and no file."""
    return _declared(Weight.WORDS, default, made=True)


def _declared(weight: Weight, default: Any, **more: Any) -> Any:
    metadata = {"weight": weight, **{key: value for key, value in more.items() if value}}
    if default is dict:
        return field(metadata=metadata, default_factory=dict)
    return field(metadata=metadata) if default is MISSING else field(metadata=metadata, default=default)


def weight_of(f: Field[Any]) -> Weight:
    """Return what a change of a field changes."""
    weight: Weight = f.metadata["weight"]
    return weight


def key_of(f: Field[Any]) -> str:
    """Return a field's key in the file."""
    return f.name.rstrip("_")


def declared(cls: type) -> tuple[Field[Any], ...]:
    """Return the fields of a model class, but for its place in the file."""
    return _fields(cls)


def named(node: object, weight: Weight) -> tuple[str, ...]:
    """Return the names of a node's fields that have this weight."""
    cls: type = type(node)
    return _named(cls, weight)


def binding(node: object) -> tuple[str, ...]:
    """Return the names of a node's duties, but for those that came later and say nothing here."""
    cls: type = type(node)
    left_out = {name for name in _later(cls) if not getattr(node, name)}
    return tuple(name for name in named(node, Weight.DUTY) if name not in left_out)


def each_of(value: Any) -> tuple[Any, ...]:
    """Return what a field holds, one or many or none, as a sequence."""
    return value if isinstance(value, tuple) else (value,) if value else ()


@cache
def _fields(cls: type) -> tuple[Field[Any], ...]:
    return tuple(f for f in fields(cls) if f.name != "pos")


@cache
def _later(cls: type) -> tuple[str, ...]:
    return tuple(f.name for f in declared(cls) if "later" in f.metadata)


@cache
def _named(cls: type, weight: Weight) -> tuple[str, ...]:
    return tuple(f.name for f in declared(cls) if weight_of(f) is weight)


def unwrapped(wanted: Any) -> tuple[Any, bool]:
    """Return a type without ``None``, and whether ``None`` was among what it can be."""
    if get_origin(wanted) not in (Union, types.UnionType):
        return wanted, False
    return next(a for a in get_args(wanted) if a is not type(None)), True


def item_of(wanted: Any) -> Any:
    """Return what a type holds: the items of a tuple, or the type itself."""
    bare, _ = unwrapped(wanted)
    return get_args(bare)[0] if get_origin(bare) is tuple else bare
