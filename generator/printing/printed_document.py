"""A document to print, before it is typeset."""

from __future__ import annotations

from dataclasses import dataclass
from json import dumps, loads
from typing import Any

from generator.locale import FOOTER, shortened, strings, t
from generator.pages.site import Site


@dataclass(frozen=True)
class PrintedDocument:
    """A document to typeset: its path below the pages, everything it says as JSON, and its template."""

    path: str
    data: str
    template: str


def printed_document(path: str, template: str, data: dict[str, Any]) -> PrintedDocument:
    """Return a document of what a template is to say; the same data, the same bytes."""
    return PrintedDocument(path, dumps(data, ensure_ascii=False, sort_keys=True), template)


def document_of(site: Site, path: str, template: str, words: str, **data: Any) -> PrintedDocument:
    """Return a document about the routine: what all of them say, and its own ``data``.

    ``words`` names its words in the locale, of which one is the footer.
    """
    routine = site.tree.routine
    title, record = shortened(routine.short_title, FOOTER), routine.record
    own = record and words == "paper"
    key = "own_record.footer" if own else f"{words}.footer"
    footer = t(key, title=title, version=routine.version, record=record)
    about_it = {
        "organisation": str(routine.organisation),
        "version": str(routine.version),
        "language": str(routine.language),
        "footer": t("draft.footer", footer=footer) if routine.draft else footer,
        "words": strings()[words],
    }
    return printed_document(path, template, about_it | data)


def saying_when(site: Site, document: PrintedDocument) -> PrintedDocument:
    """Return a document that says when its version applies, where another stands beside it."""
    said = {"validity": site.validity.line} if site.validity else {}
    return printed_document(document.path, document.template, loads(document.data) | said)
