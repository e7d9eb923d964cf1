"""What newcomers learn from: the glossary, and the steps of the introduction."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.base import Citations, Named, Text, Texts, ref


@dataclass(frozen=True, kw_only=True)
class Term(Named):
    """A word and what it means. ``own`` when the explanation is the tool's and not the routine's.

    ``forms`` are its other forms as they stand in the texts; ``gap`` is where the word is unclear.
    """

    term: Text
    forms: Texts = ()
    meaning: Text
    own: bool = False
    cite: Citations = ()
    gap: Text | None = ref("gaps", default=None)


@dataclass(frozen=True, kw_only=True)
class Lesson(Named):
    """A step of the introduction, the same for every unit; what it ``shows`` is the unit's own."""

    title: Text
    minutes: int
    lead: Text
    cite: Citations = ()
    terms: Texts = ref("terms", default=())
    topics: Texts = ref("topics", default=())
    situations: Texts = ref("situations", default=())
    shows: Text | None = None
