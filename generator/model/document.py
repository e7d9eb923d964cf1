"""The adopted document: its own data, its outline, and what it says beside the decisions."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.base import Citations, Named, Node, Statement, Text, Texts, ref


@dataclass(frozen=True, kw_only=True)
class Routine(Named):
    """The adopted document's own data. Dates are ISO dates; ``contact`` is an e-mail address."""

    title: Text
    short_title: Text
    organisation: Text
    document_type: Text
    applies_to: Text
    decided_by: Text
    decided_on: Text
    valid_from: Text
    valid_until: Text
    revised_on: Text
    revision_note: Text
    owners: Texts = ref("roles")
    version: Text
    language: Text
    start: Text = ref("nodes")
    review_on: Text | None = None
    contact: Text | None = None
    gaps_note: Text
    cite: Citations


@dataclass(frozen=True, kw_only=True)
class Section(Named):
    """A heading of the adopted document: its pages and how many paragraphs stand under it."""

    heading: Text
    pages: Text
    paragraphs: int
    number: Text | None = None
    parent: Text | None = ref("source", default=None)
    page_id: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Revision(Node):
    """A version of this tree: the ISO day from which it is used, and what is new in a sentence."""

    version: Text
    date: Text
    note: Text


@dataclass(frozen=True, kw_only=True)
class OutOfScope(Node):
    """Paragraphs that the product leaves out, and why."""

    cite: Citations
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Document(Named):
    """A document that the routine refers to."""

    kind: Text
    title: Text
    cite: Citations
    url: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Topic(Named):
    """What the routine says that is not a decision in a case."""

    title: Text
    statements: tuple[Statement, ...]
    section: Text | None = ref("source", default=None)
