"""The printed checklists: a situation's, whole and per unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import segno

from generator.locale import strings, t
from generator.model import Frame, Gap, Phase, Section, Situation, Unit
from generator.pages.fingerprints import fingerprint_of, fingerprint_of_rest
from generator.pages.printed_step import (
    printed_frame,
    printed_gaps,
    printed_in_every_case,
    printed_own,
    printed_step,
    unclear_answers,
)
from generator.pages.site import Site
from generator.pages.situations import Group, facts_before, phases, unclear_in, way_back
from generator.printing.printed_document import PrintedDocument, document_of
from generator.routine.following import is_about, needed_by
from generator.routine.lines import lines as lines_of
from generator.routine.outcomes import onward_from
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep, concerns, frames_of, placed_steps, units_of
from generator.routine.wording import pages_of


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
    """Return a situation's checklist, or a unit's steps of it."""
    tree = site.tree
    section = tree.get(situation.source, Section)
    headings = " – ".join(str(s.heading) for s in site.heading_path(section))
    groups = [
        (group, [p for p in group.steps if unit is None or unit in concerns(tree, p.step)])
        for group in phases(site, situation)
    ]
    shown = [placed for _, steps in groups for placed in steps]
    frames = _frames(site, situation, shown)
    return {
        "id": str(situation.id),
        "title": str(situation.title),
        "unit": str(unit.label) if unit else None,
        "facts": [[label, value] for _, label, value in site.rows_of(facts_before(site, situation))],
        "unclear": unclear_answers(site, situation),
        "lines": [*(str(line) for line in lines_of(tree, situation)), *_back(site, situation)],
        "source": " · ".join([headings + pages_of(section), *about(site)[1:]]),
        "onward": _onward(site, situation),
        "see": [_pointing(site, situation, frame) for frame in frames if frame.see],
        "frames": [printed_frame(site, frame, situation) for frame in frames if not frame.see],
        "in_every_case": printed_in_every_case(site, situation),
        "own": printed_own(site, unit) if unit else None,
        "gaps": printed_gaps(site, situation),
        "phases": list(_phases(site, groups)),
        **_link(site, situation, address),
    }


def _phases(site: Site, groups: Sequence[tuple[Group, list[PlacedStep]]]) -> Iterator[dict[str, Any]]:
    """Yield the phases with the steps shown, and what is left out that these cannot be read without."""
    told = [placed.id for _, steps in groups for placed in steps]
    for group, steps in groups:
        if steps:
            before = [p for p in needed_by(site.tree, steps) if p.id not in told]
            told += [p.id for p in before]
            about = {p.id for placed in steps for p in is_about(site.tree, placed)}
            lines = [_aside(site, p, "paper.about" if p.id in about else "paper.before") for p in before]
            yield {
                "label": str(group.phase.label),
                "reordered": group.reordered,
                "steps": [printed_step(site, placed) for placed in steps],
                **({"before": lines} if lines else {}),
            }


def _aside(site: Site, placed: PlacedStep, words: str) -> str:
    """Return a step that is left out as a line: its phase, and marks for all that qualifies it."""
    tree, qualifies = site.tree, reservations(site.tree, placed)
    phase = tree.get(placed.step.phase, Phase).label
    titles = [gap["title"] for gap in printed_gaps(site, placed.situation)]
    numbers = ", ".join(str(titles.index(gap.title) + 1) for gap in qualifies.gaps)
    said = [t(words, phase=phase, number=placed.number, step=placed.told)]
    said += [str(qualifies.note)] if qualifies.note else []
    said += [t("practice.frame", title=frame.title) for frame in qualifies.frames]
    said += [f"{t('paper.unclear_see')} {numbers}."] if numbers else []
    return " ".join(said)


def _pointing(site: Site, situation: Situation, frame: Frame) -> dict[str, Any]:
    """Return a note that points elsewhere, with what is unclear on the way from there."""
    gaps = unclear_in(site, situation)[str(frame.id)]
    return printed_frame(site, frame) | {"gaps": [str(gap.title) for gap in gaps]}


def _onward(site: Site, situation: Situation) -> dict[str, Any] | None:
    """Return what else to take where a situation goes on: the checklists and gaps that can follow."""
    if situation.continues is None:
        return None
    ends = onward_from(site.tree, situation)
    others = [str(end.title) for end in site.tree.unwritten if end in ends]
    others += [f"{end.title}. {end.text}" for end in ends if isinstance(end, Situation) and end.text]
    return {
        "text": str(situation.continues.text),
        "checklists": [str(end.title) for end in ends if isinstance(end, Situation) and not end.text],
        "gaps": [str(end.title) for end in ends if isinstance(end, Gap) and end.is_written],
        **({"others": others} if others else {}),
    }


def _back(site: Site, situation: Situation) -> Iterator[str]:
    """Yield where to begin again, where the situation leads back."""
    if situation.back and (way := way_back(site, situation)):
        yield f"{situation.back.text} {way.title}"


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
    left_out = [p.frames for p in placed_steps(site.tree, situation) if p.step.action not in actions]
    found = [frame for frames in (frames_of(site.tree, situation), *left_out) for frame in frames]
    return [f for f in site.tree.frames if f in found and actions.isdisjoint(f.on.action)]
