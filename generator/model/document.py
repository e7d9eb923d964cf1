"""The adopted document: its own data, its outline, and what it says beside the decisions."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.base import Citations, Named, Node, Statement, Text, Texts
from generator.model.declared import beside, duty, heading, reference


@dataclass(frozen=True, kw_only=True)
class Routine(Named):
    """The adopted document's own data. Dates are ISO dates; ``contact`` is an e-mail address."""

    title: Text = beside()
    short_title: Text = beside()
    organisation: Text = beside()
    document_type: Text = beside()
    applies_to: Text = beside()
    decided_by: Text = beside()
    decided_on: Text = beside()
    valid_from: Text = beside()
    valid_until: Text = beside()
    revised_on: Text = beside()
    revision_note: Text = beside()
    owners: Texts = beside("roles")
    version: Text = beside()
    language: Text = beside()
    start: Text = beside("nodes")
    review_on: Text | None = beside(default=None)
    contact: Text | None = beside(default=None)
    gaps_note: Text = beside()
    invitation: Text | None = beside(default=None)
    cite: Citations = reference()


@dataclass(frozen=True, kw_only=True)
class Section(Named):
    """A heading of the adopted document: its pages and how many paragraphs stand under it."""

    heading: Text = beside()
    pages: Text = beside()
    paragraphs: int = beside()
    number: Text | None = beside(default=None)
    parent: Text | None = beside("source", default=None)
    page_id: Text | None = beside(default=None)
    also: Texts = beside(default=())


@dataclass(frozen=True, kw_only=True)
class Revision(Node):
    """A version of this tree: the ISO day from which it is used, and what is new in a sentence."""

    version: Text = beside()
    date: Text = beside()
    note: Text = beside()


@dataclass(frozen=True, kw_only=True)
class OutOfScope(Node):
    """Paragraphs that the product leaves out, and why."""

    cite: Citations = reference()
    reason: Text = beside()


@dataclass(frozen=True, kw_only=True)
class Document(Named):
    """A document that the routine refers to."""

    kind: Text = beside()
    title: Text = beside()
    cite: Citations = reference()
    url: Text | None = beside(default=None)


@dataclass(frozen=True, kw_only=True)
class Topic(Named):
    """What the routine says that is not a decision in a case; ``always`` when it holds in every case."""

    title: Text = heading()
    statements: tuple[Statement, ...] = duty()
    section: Text | None = reference("source", default=None)
    always: bool = beside(default=False)
