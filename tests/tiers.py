"""Two tiers of the same tests: a fast one for every change, and everything with ``--full``.

A test that only the full tier runs is marked ``full``. One that runs in both over many values takes a
``few`` of them in the fast tier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")
_chosen = {"full": False}


def choose(config: pytest.Config) -> None:
    """Take the tier from the command line."""
    _chosen["full"] = bool(config.getoption("--full"))


def full() -> bool:
    return _chosen["full"]


def few(values: Sequence[T], count: int = 2, kind: Callable[[T], object] = lambda _: "") -> list[T]:
    """Return all values in the full tier, and some of them in the fast one."""
    return list(values) if full() else some(values, count, kind)


def some(values: Sequence[T], count: int = 2, kind: Callable[[T], object] = lambda _: "") -> list[T]:
    """Return ``count`` values of each kind, the first and the last among them, in their order."""
    of_kind: dict[object, list[int]] = {}
    for number, value in enumerate(values):
        of_kind.setdefault(kind(value), []).append(number)
    kept = {number for numbers in of_kind.values() for number in _spread(numbers, count)}
    return [value for number, value in enumerate(values) if number in kept]


def _spread(values: Sequence[int], count: int) -> Iterable[int]:
    if count >= len(values):
        return values
    if count == 1:
        return values[:1]
    return [values[round(n * (len(values) - 1) / (count - 1))] for n in range(count)]
