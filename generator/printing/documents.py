"""Every printed document of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.locale import speaking
from generator.pages.addresses import EARLIER
from generator.pages.site import Site
from generator.pages.validity import differing
from generator.printing import case_booklet, checklists, mentor_checklist
from generator.printing.checklist_booklet import booklet
from generator.printing.printed_document import PrintedDocument, saying_when


def documents_of(site: Site, earlier: Site | None, address: str = "") -> list[tuple[Site, PrintedDocument]]:
    """Return every document, each with the site that it is made of.

    With an ``earlier`` one beside it, a document that says the same in both does not say when it applies.
    """
    with speaking(site.tree.routine.language):
        return _documents_of(site, earlier, address)


def _documents_of(site: Site, earlier: Site | None, address: str) -> list[tuple[Site, PrintedDocument]]:
    own = printed_documents(site, address)
    if earlier is None:
        return [(site, document) for document in own]
    texts, others = ({d.path: d.data for d in printed_documents(one)} for one in (site, earlier))
    told = differing(site, texts, earlier, others)
    theirs = printed_documents(earlier, address and address + EARLIER)
    return [
        *((site, saying_when(site, d) if d.path in told else d) for d in own),
        *((earlier, replace(saying_when(earlier, d), path=EARLIER + d.path)) for d in theirs),
    ]


def printed_documents(site: Site, address: str = "") -> Iterator[PrintedDocument]:
    """Yield every document of the site. ``address`` is where it stands; without one there are no links."""
    yield from checklists.printed_documents(site, address)
    yield booklet(site, address)
    yield from mentor_checklist.printed_documents(site)
    yield from case_booklet.printed_documents(site)
