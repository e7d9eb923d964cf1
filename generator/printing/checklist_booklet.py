"""The booklet of all checklists, with the units' duties, the matrix and the gaps."""

from __future__ import annotations

from typing import Any

from generator.locale import capitalized, t
from generator.model import Condition, Frame, Gap
from generator.pages.gaps import by_weight, frames_besides, holds_at
from generator.pages.matrix import HEADINGS, Cell, Mark, Said, matrix
from generator.pages.printed_step import (
    printed_duty,
    printed_frame,
    printed_gap,
    printed_in_every_case,
    printed_parties,
    unclear_titles,
)
from generator.pages.site import Site
from generator.printing.checklists import about, checklist_of
from generator.printing.printed_document import PrintedDocument, document_of
from generator.routine.beside import unclear_beside_all
from generator.routine.holding import as_clause
from generator.routine.shared_duties import SharedDuty

BOOKLET = "checklista/haftet.pdf"


def booklet(site: Site, address: str = "") -> PrintedDocument:
    """Return the booklet. ``address`` is where the site stands; without one there are no links."""
    tree, every = site.tree, printed_in_every_case(site)
    see_first = t("paper.see_first", title=every["title"]) if every else ""
    return document_of(
        site,
        BOOKLET,
        "checklist_booklet.typ",
        "paper",
        title=t("paper.booklet", title=tree.routine.short_title),
        fields=False,
        in_every_case=every,
        see_first=see_first,
        checklists=[
            {**checklist_of(site, situation, None, address), "in_every_case": None, "see_first": see_first}
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
            {"title": label, "gaps": [printed_gap(site, gap) | _holds(site, gap) for gap in gaps]}
            for label, gaps in by_weight(tree)
        ],
    )


def _holds(site: Site, gap: Gap) -> dict[str, Any]:
    """Return what the routine says of every case that ends at a gap, and of those with one answer more."""
    if gap not in site.tree.end_gaps:
        return {}
    holds = holds_at(site.tree, gap)
    besides = (
        (f"{capitalized(t('steps.if', facts=as_clause(site.tree, facts)))}:" if facts else "", frame)
        for facts, frame in frames_besides(site.tree, gap)
    )
    each = (*(("", frame) for frame in (*holds.frames, *holds.elsewhere)), *besides)
    return {
        "holds": {
            "duties": [_duty(site, duty) for duty in holds.duties],
            "frames": [{"lead": lead, **printed_frame(site, frame)} for lead, frame in each],
        }
    }


def _duty(site: Site, duty: SharedDuty) -> dict[str, str]:
    """Return a duty as one text, and the first place that it rests on."""
    said = (duty.placed.with_condition, *map(str, duty.notes), unclear_titles(duty.gaps))
    return {
        "text": " ".join(text for text in said if text),
        "cite": "; ".join(site.cited_shortly(cite) for cite in duty.cites[:1]),
    }


def _matrix(site: Site) -> dict[str, Any]:
    """Return the matrix of the page, with what explains its marks."""
    shown = matrix(site)
    return {
        "lead": [t(f"matrix.{line}") for line in ("lead", "after-lead", "none")],
        "about": t("matrix.legend"),
        "columns": [str(column.label) for column in site.tree.matrix],
        "unclear": [
            f"{lead} {'; '.join(gap.title for gap in gaps)}." for lead, gaps in unclear_beside_all(site.tree)
        ],
        "rows": [
            {
                "situation": str(row.situation.title),
                "also": row.also,
                "marks": [mark.label for mark in row.marks],
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


def _cell(site: Site, cell: Cell) -> list[dict[str, Any]]:
    """Return what stands in a cell, in parts that have their own marks."""
    if not cell.said:
        found = [pointer.text for pointer in cell.elsewhere]
        text = found or [t("matrix.unclear") if cell.unclear else "–"]
        return [{"parties": [], "how": "", "said": text, "marks": [mark.label for mark in cell.unclear]}]
    return [
        {
            "parties": printed_parties(site, list(said.ids)),
            "how": said.how,
            "said": [] if said.ids else [t("site.who-unsaid")],
            "marks": [mark.label for mark in said.marks],
            **({"after": _after(said)} if said.before else {}),
        }
        for said in cell.said
    ]


def _after(said: Said) -> str:
    return f"{t('matrix.after')} {', '.join(mark.label for mark in said.before)}"


def _explained(site: Site, mark: Mark) -> dict[str, Any]:
    if isinstance(mark.about, Frame):
        return {"frame": printed_frame(site, mark.about)}
    about = mark.about
    text = about.text if isinstance(about, Condition) else about.title if isinstance(about, Gap) else about
    return {"mark": capitalized(mark.label), "text": str(text)}
