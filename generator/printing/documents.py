"""Every printed document of the site."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.site import Site
from generator.printing import case_booklet, checklists, mentor_checklist
from generator.printing.checklist_booklet import booklet
from generator.printing.printed_document import PrintedDocument


def printed_documents(site: Site, address: str = "") -> Iterator[PrintedDocument]:
    """Yield every document of the site. ``address`` is where it stands; without one there are no links."""
    yield from checklists.printed_documents(site, address)
    yield booklet(site, address)
    yield from mentor_checklist.printed_documents(site)
    yield from case_booklet.printed_documents(site)
