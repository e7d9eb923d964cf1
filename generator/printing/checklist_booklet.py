"""The booklet of all checklists, with the units' duties, the matrix and the gaps."""

from __future__ import annotations

from generator.locale import t
from generator.model import Force
from generator.pages.printed_step import printed_gap, printed_parties
from generator.pages.reference import matrix
from generator.pages.site import Site
from generator.printing.checklists import about, checklist_of
from generator.printing.printed_document import PrintedDocument, document_of

BOOKLET = "checklista/haftet.pdf"


def booklet(site: Site, address: str = "") -> PrintedDocument:
    """Return the booklet. ``address`` is where the site stands; without one there are no links."""
    tree = site.tree
    rows = [row for band in matrix(site) for row in band.rows]
    return document_of(
        site,
        BOOKLET,
        "checklist_booklet.typ",
        "paper",
        title=t("paper.booklet", title=tree.routine.short_title),
        fields=False,
        checklists=[checklist_of(site, situation, None, address) for situation in tree.situations],
        lead=str(tree.routine.title),
        about=about(site),
        units=[
            {
                "label": str(unit.label),
                "shape": str(unit.shape),
                "summary": str(unit.summary),
                "duties": [
                    {
                        "force": str(tree.get(d.force, Force).label),
                        "text": str(d.text),
                        "cite": site.cited_all(d.cite),
                    }
                    for d in unit.duties
                ],
            }
            for unit in tree.units
        ],
        matrix={
            "columns": [str(column.label) for column in tree.matrix],
            "rows": [
                {
                    "situation": str(row.situation.title),
                    "cells": [{"parties": printed_parties(site, c.ids), "how": c.how} for c in row.cells],
                }
                for row in rows
            ],
        },
        gaps=[printed_gap(site, gap) for gap in tree.gaps],
    )
