"""The adopted document: its own data, its outline, and what it says beside the decisions."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.base import Citations, Named, Node, Statement, Text, Texts
from generator.model.declared import beside, duty, heading, reference


@dataclass(frozen=True, kw_only=True)
class Routine(Named):
    """The adopted document's own data. Dates are ISO dates; ``contact`` is an e-mail address.

    ``record`` is what the work is documented in, as "journalen"; scripts and prints say that they are not it.
    ``draft`` while the tree is being written: what is missing is advice, and every page says so.
    """

    title: Text = beside()
    short_title: Text = beside()
    organisation: Text = beside()
    document_type: Text = beside()
    applies_to: Text = heading()
    decided_by: Text = heading()
    decided_on: Text = beside()
    valid_from: Text = heading()
    valid_until: Text = heading()
    revised_on: Text = beside()
    revision_note: Text = beside()
    owners: Texts = beside("roles", default=())
    version: Text = beside()
    language: Text = beside()
    start: Text = duty("nodes")
    review_on: Text | None = beside(default=None)
    contact: Text | None = beside(default=None)
    gaps_note: Text = heading()
    invitation: Text | None = beside(default=None)
    record: Text | None = beside(default=None)
    draft: bool = beside(default=False)
    cite: Citations = reference()


@dataclass(frozen=True, kw_only=True)
class Section(Named):
    """A heading of the adopted document: its pages and how many paragraphs stand under it.

    A document on the web has no pages. Where nobody has counted the paragraphs, none is missed. ``menu`` is
    what the menu calls the page of a long heading.
    """

    heading: Text = heading()
    pages: Text | None = reference(default=None)
    paragraphs: int | None = reference(default=None)
    number: Text | None = beside(default=None)
    parent: Text | None = beside("source", default=None)
    page_id: Text | None = beside(default=None)
    menu: Text | None = beside(default=None)
    also: Texts = beside(default=())


@dataclass(frozen=True, kw_only=True)
class Wording(Node):
    """Who says, and which day, that texts mean what they meant when the version was put away.

    Each of the ``places`` has a mark that binds it to both texts: it holds for no later change.
    """

    places: Texts = beside()
    by: Text = beside()
    on: Text = beside()


@dataclass(frozen=True, kw_only=True)
class Approval(Node):
    """Who has approved a version, and which day."""

    by: Text = beside()
    on: Text = beside()


@dataclass(frozen=True, kw_only=True)
class Revision(Node):
    """A version of this tree: the ISO day from which it is used, and what is new in a sentence.

    It is put away only when somebody has ``approved`` it.
    """

    version: Text = beside()
    date: Text = beside()
    note: Text = beside()
    approved: Approval | None = beside(default=None)
    wording: tuple[Wording, ...] = beside(default=())


@dataclass(frozen=True, kw_only=True)
class OutOfScope(Node):
    """Paragraphs that the product leaves out, and why."""

    cite: Citations = reference()
    reason: Text = beside()


@dataclass(frozen=True, kw_only=True)
class Document(Named):
    """A document, form or service; ``cite`` is where the routine refers to it, if it does.

    ``url`` is a web address or, with ``mailto:``, an e-mail address.
    """

    kind: Text = beside()
    title: Text = heading()
    cite: Citations = reference(default=())
    url: Text | None = reference(default=None)


@dataclass(frozen=True, kw_only=True)
class Topic(Named):
    """What the routine says that is not a decision in a case; ``always`` when it holds in every case."""

    title: Text = heading()
    statements: tuple[Statement, ...] = duty()
    section: Text | None = reference("source", default=None)
    always: bool = duty(default=False)
