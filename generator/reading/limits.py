"""Slots for limits: a text names a limit, and is filled when it is read, so that the number stands once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from operator import is_
from typing import Any

from generator.locale import capitalized, speaking, strings, t
from generator.model import Fact, Limit, Node, Text, Tree

FORMS = ("count", "ordinal", "fewer")
SLOT = re.compile(r"\{([a-z][a-z0-9-]*(?:/[a-z]+)?)\}")
LEAST = 2  # of one alone, nothing is counted
_BEGINS = re.compile(r"(?:^|[.?!] )$")


def filled(tree: Tree) -> Tree:
    """Return a tree whose texts say what their slots stand for. A slot that stands for nothing is left."""
    with speaking(tree.routine.language):
        words = slots(tree)
        return _filled(tree, words) if words else tree


def most() -> int:
    """Return the largest number that there is a word for."""
    return len(strings()["limits"]["ordinal"])


def limits_of(fact: Fact) -> tuple[Limit, ...]:
    """Return the limits of all values of a fact."""
    return tuple(limit for value in fact.values for limit in value.limits)


def slots(tree: Tree) -> dict[str, str]:
    """Return slot → words: for each limit that can be said, and for all of a fact together."""
    found: dict[str, str] = {}
    for fact in tree.facts:
        limits = [limit for limit in limits_of(fact) if LEAST <= limit.count <= most()]
        if limits:
            found |= {str(fact.id): _together(limits), f"{fact.id}/fewer": _fewer_together(limits)}
        for limit in limits:
            found |= {
                str(limit.id): at_least(limit.count),
                f"{limit.id}/count": number(limit.count),
                f"{limit.id}/ordinal": strings()["limits"]["ordinal"][limit.count - 1],
                f"{limit.id}/fewer": _fewer(limit.count),
            }
    return found


def at_least(count: int) -> str:
    """Return a number and more in words."""
    return t("limits.at-least", count=number(count))


def number(count: int) -> str:
    """Return a number in words, or in digits where it is one that nobody spells out."""
    words = strings()["join"]["numbers"]
    return str(words[count]) if count < len(words) else str(count)


def _fewer(count: int) -> str:
    few = t("limits.one-or-two", one=number(1), two=number(2))
    return {2: number(1), 3: few}.get(count) or t("limits.fewer", count=number(count))


def _together(limits: Sequence[Limit]) -> str:
    """Return the limits of a fact in words: what is counted only where the numbers differ."""
    if len({limit.count for limit in limits}) == 1:
        return at_least(limits[0].count)
    return either([f"{at_least(limit.count)} {limit.more}" for limit in limits])


def _fewer_together(limits: Sequence[Limit]) -> str:
    if all(limit.count == LEAST for limit in limits):
        return t("limits.single", what=either([str(limit.one) for limit in limits]))
    return either([_fewer_of(limit) for limit in limits])


def _fewer_of(limit: Limit) -> str:
    if limit.count == LEAST:
        return t("limits.single", what=limit.one)
    return f"{_fewer(limit.count)} {limit.more}"


def either(words: Sequence[str]) -> str:
    """Return words with "or" before the last."""
    *first, last = words
    return f"{', '.join(first)} {t('join.or')} {last}" if first else last


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    """Return the same value, or one like it where a slot was filled in it or below."""
    if isinstance(value, Text):
        text = SLOT.sub(_said(words), value) if "{" in value else value
        return value if text == value else Text(text, value.pos, value)
    if isinstance(value, tuple):
        items = tuple(_filled(item, words) for item in value)
        return value if all(map(is_, items, value)) else items
    if not isinstance(value, Node):
        return value
    held = {f.name: getattr(value, f.name) for f in fields(value)}
    made = {name: _filled(one, words) for name, one in held.items()}
    changed = {name: one for name, one in made.items() if one is not held[name]}
    return replace(value, **changed) if changed else value


def _said(words: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def said(slot: re.Match[str]) -> str:
        text = words.get(slot[1], slot[0])
        return capitalized(text) if _BEGINS.search(slot.string, 0, slot.start()) else text

    return said
