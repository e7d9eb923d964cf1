"""The booklet of all checklists, with the units' duties, the matrix and the gaps."""

from __future__ import annotations

from typing import Any

from generator.locale import capitalized, t
from generator.model import Condition, Frame, Gap
from generator.pages.gaps import by_weight
from generator.pages.matrix import HEADINGS, Cell, Mark, matrix
from generator.pages.printed_step import (
    printed_duty,
    printed_frame,
    printed_gap,
    printed_in_every_case,
    printed_parties,
)
from generator.pages.site import Site
from generator.printing.checklists import about, checklist_of
from generator.printing.printed_document import PrintedDocument, document_of
from generator.routine.reservations import unclear_beside_steps

BOOKLET = "checklista/haftet.pdf"


def booklet(site: Site, address: str = "") -> PrintedDocument:
    """Return the booklet. ``address`` is where the site stands; without one there are no links."""
    tree = site.tree
    return document_of(
        site,
        BOOKLET,
        "checklist_booklet.typ",
        "paper",
        title=t("paper.booklet", title=tree.routine.short_title),
        fields=False,
        in_every_case=printed_in_every_case(site),
        checklists=[
            {**checklist_of(site, situation, None, address), "in_every_case": None}
            for situation in tree.situations
            if not situation.text
        ],
        lead=str(tree.routine.title),
        about=about(site),
        units=[
            {
                "label": str(unit.label),
                "shape": unit.form,
                "summary": str(unit.summary),
                **({"ways_to_reach": [str(w) for w in unit.ways_to_reach]} if unit.ways_to_reach else {}),
                "duties": [printed_duty(site, duty) for duty in unit.duties],
            }
            for unit in tree.units
        ],
        matrix=_matrix(site),
        gaps=[
            {"title": label, "gaps": [printed_gap(site, gap) for gap in gaps]}
            for label, gaps in by_weight(tree)
        ],
    )


def _matrix(site: Site) -> dict[str, Any]:
    """Return the matrix of the page, with what explains its marks."""
    shown = matrix(site)
    return {
        "lead": [t(f"matrix.{line}") for line in ("lead", "after-lead", "none")],
        "about": t("matrix.legend"),
        "columns": [str(column.label) for column in site.tree.matrix],
        "unclear": [
            f"{lead} {'; '.join(gap.title for gap in gaps)}."
            for lead, gaps in unclear_beside_steps(site.tree)
        ],
        "rows": [
            {
                "situation": str(row.situation.title),
                "also": row.also,
                "marks": [mark.told for mark in row.marks],
                "cells": [_cell(site, cell) for cell in row.cells],
                **({"under": str(band.section.heading)} if row is band.rows[0] else {}),
            }
            for band in shown.bands
            for row in band.rows
        ],
        "legend": [
            {"title": t(HEADINGS[kind]), "marks": [_explained(site, mark) for mark in marks]}
            for kind, marks in shown.legend.items()
        ],
    }


def _cell(site: Site, cell: Cell) -> dict[str, Any]:
    said = [pointer.text for pointer in cell.elsewhere]
    if not cell.ids and not said:
        said = [t("site.who-unsaid") if cell.is_said else t("matrix.unclear") if cell.marks else "–"]
    return {
        "parties": printed_parties(site, list(cell.ids)),
        "how": cell.how,
        "said": said,
        "marks": [mark.told for mark in cell.marks],
        **({"after": _after(cell)} if cell.before else {}),
    }


def _after(cell: Cell) -> str:
    return f"{t('matrix.after')} {', '.join(mark.told for mark in cell.before)}"


def _explained(site: Site, mark: Mark) -> dict[str, Any]:
    if isinstance(mark.about, Frame):
        return {"frame": printed_frame(site, mark.about)}
    about = mark.about
    text = about.text if isinstance(about, Condition) else about.title if isinstance(about, Gap) else about
    return {"mark": capitalized(mark.told), "text": str(text)}
