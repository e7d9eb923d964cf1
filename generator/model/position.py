"""A place in the file that a tree is read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Pos:
    """A place in the tree's file. Line and column count from 1; length is in characters."""

    line: int = 1
    column: int = 1
    length: int = 1
