"""The printed checklists: a situation's, whole and per unit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import segno

from generator.locale import strings, t
from generator.model import Phase, Situation, Unit
from generator.pages.checklist import beside_steps, beside_steps_of, parts_of
from generator.pages.fingerprints import fingerprint_of, fingerprint_of_rest
from generator.pages.printed_step import printed_gaps, printed_step
from generator.pages.site import Site
from generator.printing.printed_document import PrintedDocument, document_of
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep, placed_steps, units_of


def printed_documents(site: Site, address: str = "") -> Iterator[PrintedDocument]:
    """Yield a checklist per situation with steps, and one per unit that acts in it.

    ``address`` is where the site stands, with a slash at its end; without one there are no links.
    """
    for situation in (s for s in site.tree.situations if not s.text):
        for unit in (None, *units_of(site.tree, situation)):
            name, title = str(situation.id), str(situation.title)
            if unit:
                name, title = f"{name}--{unit.id}", f"{title} – {unit.label}"
            checklist = checklist_of(site, situation, unit, address)
            path = f"checklista/{name}.pdf"
            yield document_of(site, path, "checklist.typ", "paper", title=title, checklist=checklist)


def about(site: Site) -> list[str]:
    """Return who decided on the routine, and its dates and version, each with its name."""
    routine = site.tree.routine
    words = strings()["document"]
    names = ("decided_by", "decided_on", "valid_from", "revised_on", "version")
    return [f"{words[name]}: {getattr(routine, name)}" for name in names]


def checklist_of(site: Site, situation: Situation, unit: Unit | None, address: str) -> dict[str, Any]:
    """Return a situation's checklist, or a unit's steps of it.

    What stands beside the steps belongs in ``pages/checklist.py``, which the mark of a print follows.
    """
    parts, beside = parts_of(site, situation, unit), beside_steps(site, situation)
    return {
        "id": str(situation.id),
        **beside,
        **beside_steps_of(site, situation, unit, parts),
        "source": " · ".join([beside["source"], *about(site)[1:]]),
        "phases": [
            {
                "label": str(part.group.phase.label),
                "reordered": part.group.reordered,
                "steps": [printed_step(site, placed) for placed in part.steps],
                **({"before": [_aside(site, p, words) for words, p in part.before]} if part.before else {}),
            }
            for part in parts
        ],
        **_link(site, situation, address),
    }


def _aside(site: Site, placed: PlacedStep, words: str) -> str:
    """Return a step that is left out as a line: its phase, and marks for all that qualifies it."""
    tree, qualifies = site.tree, reservations(site.tree, placed)
    phase = tree.get(placed.step.phase, Phase).label
    titles = [gap["title"] for gap in printed_gaps(site, placed.situation)]
    numbers = ", ".join(str(titles.index(gap.title) + 1) for gap in qualifies.gaps)
    said = [t(words, phase=phase, number=placed.number, step=placed.with_condition)]
    said += [str(qualifies.note)] if qualifies.note else []
    said += [t("practice.frame", title=frame.title) for frame in qualifies.frames]
    said += [f"{t('paper.unclear_see')} {numbers}."] if numbers else []
    return " ".join(said)


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
