"""What several have in common."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

T = TypeVar("T")


def in_all(each: Sequence[Collection[T]]) -> list[T]:
    """Return what is in all of them, in the order of the first; nothing if there are none."""
    return [one for one in each[0] if all(one in others for others in each)] if each else []
