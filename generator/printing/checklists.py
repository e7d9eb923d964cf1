"""The checklists on paper: each situation as plain data for the typesetter, whole and per unit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from json import dumps
from typing import Any

import segno

from generator.locale import FOOTER, capitalized, shortened, strings, t
from generator.model import Condition, Force, Frame, Gap, Party, Section, Situation, Unit
from generator.pages.ends import phases
from generator.pages.fingerprints import fingerprint_of, fingerprint_of_rest
from generator.pages.reference import matrix
from generator.pages.site import Site
from generator.printing.printed_document import Paper
from generator.routine.steps import PlacedStep, concerns, frames_of, gaps_of, placed_steps, units_of
from generator.routine.wording import names

LONG = 1500  # letters; a longer step may be split, since it would not fit on a page


def papers(site: Site, address: str = "") -> Iterator[Paper]:
    """Yield a checklist per situation and per unit that acts in it, and the booklets of them all.

    ``address`` is where the site stands, with a slash at its end; without one there are no links.
    """
    for situation in site.tree.situations:
        yield _paper(site, f"checklista/{situation.id}.pdf", "checklist", [situation], None, address)
    yield _paper(site, "checklista/haftet.pdf", "booklet", list(site.tree.situations), None, address)
    for situation in site.tree.situations:
        for unit in units_of(site.tree, situation):
            path = f"checklista/{situation.id}--{unit.id}.pdf"
            yield _paper(site, path, "checklist", [situation], unit, address)


def _paper(
    site: Site, path: str, kind: str, situations: list[Situation], unit: Unit | None, address: str
) -> Paper:
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
    return Paper(path, dumps(data, ensure_ascii=False, sort_keys=True))


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
                    "cells": [{"parties": _parties(site, c.ids), "how": c.how} for c in row.cells],
                }
                for row in rows
            ],
        },
        "gaps": [_gap(site, gap) for gap in tree.gaps],
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
        "see": [_frame(site, frame) for frame in frames if frame.see],
        "frames": [_frame(site, frame) for frame in frames if not frame.see],
        "gaps": _gaps(site, situation, shown),
        "phases": [
            {"label": label, "steps": [_step(site, placed) for placed in steps]}
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
    return [_gap(site, gap) for gap in found.values()]


def _step(site: Site, placed: PlacedStep) -> dict[str, Any]:
    tree, step = site.tree, placed.step
    when: Condition | None = tree.get(step.when, Condition) if step.when else None
    who = [names(tree, ids) for ids in (step.who, step.with_, step.to)]
    return {
        "number": placed.number,
        "when": str(when.text) if when else None,
        "urgent": bool(when and when.urgent),
        "force": str(tree.get(step.force, Force).label),
        "sentence": placed.sentence,
        "who": _parties(site, step.who),
        "with": _parties(site, step.with_, inside=True),
        "to": _parties(site, step.to, inside=True),
        "confirm": str(when.confirm) if when and when.confirm else None,
        "confirm_with": names(tree, when.confirm_with) if when else "",
        "note": str(step.note) if step.note else None,
        "cite": site.cited_shortly(step.cite),
        "long": sum(map(len, (placed.sentence, step.note or "", when.text if when else "", *who))) > LONG,
        "frames": [_frame(site, frame) for frame in frames_of(tree, placed.situation, step.action)],
        "gaps": [str(gap.title) for gap in gaps_of(tree, placed.id)],
    }


def _parties(
    site: Site, ids: tuple[str, ...] | list[str], *, inside: bool = False
) -> list[dict[str, str | None]]:
    """Return names and shapes; ``inside`` a line, only units keep their capital letter."""
    nodes = [site.tree.get(id, Unit, Party) for id in ids]
    return [
        {"name": str(node.label), "shape": str(node.shape)}
        if isinstance(node, Unit)
        else {"name": str(node.name) if inside else capitalized(node.name), "shape": None}
        for node in nodes
    ]


def _frame(site: Site, frame: Frame) -> dict[str, Any]:
    return {
        "title": str(frame.title),
        "statements": [
            {"force": str(site.tree.get(s.force, Force).label) if s.force else None, "text": str(s.text)}
            for s in frame.statements
        ],
        "cite": site.cited_once(frame.statements),
    }


def _gap(site: Site, gap: Gap) -> dict[str, str]:
    return {"title": str(gap.title), "text": str(gap.text), "cite": site.cited_all(gap.cite)}
