"""The printed checklists: each situation as data for the typesetter, whole and per unit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from json import dumps
from typing import Any

import segno

from generator.locale import FOOTER, shortened, strings, t
from generator.model import Force, Frame, Section, Situation, Unit
from generator.pages.ends import phases
from generator.pages.fingerprints import fingerprint_of, fingerprint_of_rest
from generator.pages.printed_step import printed_frame, printed_gap, printed_parties, printed_step
from generator.pages.reference import matrix
from generator.pages.site import Site
from generator.printing.printed_document import PrintedDocument
from generator.routine.steps import PlacedStep, concerns, frames_of, gaps_of, placed_steps, units_of


def printed_documents(site: Site, address: str = "") -> Iterator[PrintedDocument]:
    """Yield a checklist per situation and per unit that acts in it, and the booklets of them all.

    ``address`` is where the site stands, with a slash at its end; without one there are no links.
    """
    for situation in site.tree.situations:
        yield _document(site, f"checklista/{situation.id}.pdf", "checklist", [situation], None, address)
    yield _document(site, "checklista/haftet.pdf", "booklet", list(site.tree.situations), None, address)
    for situation in site.tree.situations:
        for unit in units_of(site.tree, situation):
            path = f"checklista/{situation.id}--{unit.id}.pdf"
            yield _document(site, path, "checklist", [situation], unit, address)


def _document(
    site: Site, path: str, kind: str, situations: list[Situation], unit: Unit | None, address: str
) -> PrintedDocument:
    routine = site.tree.routine
    title = situations[0].title if kind == "checklist" else t("paper.booklet", title=routine.short_title)
    data = {
        "kind": kind,
        "title": f"{title} – {unit.label}" if unit else str(title),
        "organisation": str(routine.organisation),
        "version": str(routine.version),
        "language": str(routine.language),
        "footer": t("paper.footer", title=shortened(routine.short_title, FOOTER), version=routine.version),
        "fields": kind == "checklist",
        "words": strings()["paper"],
        "checklists": [_checklist(site, s, unit, address) for s in situations],
    }
    if kind == "booklet":
        data |= _booklet(site)
    return PrintedDocument(path, dumps(data, ensure_ascii=False, sort_keys=True))


def _booklet(site: Site) -> dict[str, Any]:
    tree = site.tree
    rows = [row for band in matrix(site) for row in band.rows]
    return {
        "lead": str(tree.routine.title),
        "about": _about(site),
        "units": [
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
        "matrix": {
            "columns": [str(column.label) for column in tree.matrix],
            "rows": [
                {
                    "situation": str(row.situation.title),
                    "cells": [{"parties": printed_parties(site, c.ids), "how": c.how} for c in row.cells],
                }
                for row in rows
            ],
        },
        "gaps": [printed_gap(site, gap) for gap in tree.gaps],
    }


def _about(site: Site) -> list[str]:
    routine = site.tree.routine
    words = strings()["document"]
    names = ("decided_by", "decided_on", "valid_from", "revised_on", "version")
    return [f"{words[name]}: {getattr(routine, name)}" for name in names]


def _checklist(site: Site, situation: Situation, unit: Unit | None, address: str) -> dict[str, Any]:
    tree = site.tree
    section = tree.get(situation.source, Section)
    headings = " – ".join(str(s.heading) for s in site.heading_path(section))
    groups = [
        (str(group.phase.label), [p for p in group.steps if unit is None or unit in concerns(tree, p.step)])
        for group in phases(site, situation)
    ]
    shown = [placed for _, steps in groups for placed in steps]
    frames = _frames(site, situation, shown)
    return {
        "id": str(situation.id),
        "title": str(situation.title),
        "unit": str(unit.label) if unit else None,
        "facts": [[label, value] for _, label, value in site.values_of(situation.facts)],
        "source": " · ".join([f"{headings}, s. {section.pages}", *_about(site)[1:]]),
        "see": [printed_frame(site, frame) for frame in frames if frame.see],
        "frames": [printed_frame(site, frame) for frame in frames if not frame.see],
        "gaps": _gaps(site, situation, shown),
        "phases": [
            {"label": label, "steps": [printed_step(site, placed) for placed in steps]}
            for label, steps in groups
            if steps
        ],
        **_link(site, situation, address),
    }


def _link(site: Site, situation: Situation, address: str) -> dict[str, str | None]:
    """Return the way back to the page, which can tell whether the print still holds."""
    if not address:
        return {"link": None, "shown": "", "qr": None}
    page = f"{address}{site.page_of(situation.id, 'situations')}"
    steps = "".join(fingerprint_of(site, placed) for placed in placed_steps(site.tree, situation))
    rest = fingerprint_of_rest(site, situation)
    link = f"{page}#_utskrift={site.tree.routine.version}~{steps}.{rest}"
    return {"link": link, "shown": page, "qr": _code(link)}


@cache
def _code(link: str) -> str:
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()


def _frames(site: Site, situation: Situation, shown: list[PlacedStep]) -> list[Frame]:
    """Return the notes on the situation, and those on steps that are left out: they may be about us."""
    actions = {placed.step.action for placed in shown}
    left_out = [p.step.action for p in placed_steps(site.tree, situation) if p.step.action not in actions]
    found = [frame for action in (None, *left_out) for frame in frames_of(site.tree, situation, action)]
    return [frame for frame in site.tree.frames if frame in found]


def _gaps(site: Site, situation: Situation, shown: list[PlacedStep]) -> list[dict[str, str]]:
    places = [situation.id, *(placed.id for placed in shown)]
    found = {str(gap.id): gap for place in places for gap in gaps_of(site.tree, place)}
    return [printed_gap(site, gap) for gap in found.values()]
