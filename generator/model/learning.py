"""What newcomers learn from: the glossary, and the steps of the introduction."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.base import Citations, Named, Text, Texts
from generator.model.declared import beside, heading, reference, words


@dataclass(frozen=True, kw_only=True)
class Term(Named):
    """A word and what it means. ``own`` when the explanation is the tool's and not the routine's.

    ``forms`` are its other forms as they stand in the texts; ``gap`` is where the word is unclear.
    """

    term: Text = heading()
    forms: Texts = beside(default=())
    meaning: Text = words(marked=False)
    own: bool = beside(default=False)
    cite: Citations = reference(default=())
    gap: Text | None = reference("gaps", default=None)


@dataclass(frozen=True, kw_only=True)
class Lesson(Named):
    """A step of the introduction, the same for every unit; what it ``shows`` is the unit's own."""

    title: Text = heading()
    minutes: int = beside()
    lead: Text = words()
    cite: Citations = reference(default=())
    terms: Texts = reference("terms", default=())
    topics: Texts = reference("topics", default=())
    situations: Texts = reference("situations", default=())
    shows: Text | None = beside(default=None)
