"""A page to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """A page to write: its path without ending, its title, and the template that fills it.

    ``needs`` names what it loads beside the scripts and styles of every page: ``navigator``, ``many``,
    ``introduction``, ``practice``, ``folds``, ``settles`` or ``pictures``; ``main.html`` knows the files.
    ``search_weight`` lifts or lowers it among what a search finds; with 0 it is not found. ``first_for`` are
    the words that a search answers with it before all else, ``also_for`` those that find it, too.
    """

    path: str
    title: str
    template: str
    context: Mapping[str, Any]
    needs: tuple[str, ...] = ()
    search_weight: float = 1.0
    first_for: tuple[str, ...] = ()
    also_for: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The way from the page to the site's root."""
        return "../" * self.path.count("/")
