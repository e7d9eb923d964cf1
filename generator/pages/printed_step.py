"""A step, a note and a gap as they are printed: plain data, for the typesetter and for fingerprints."""

from __future__ import annotations

from typing import Any

from generator.locale import capitalized
from generator.model import Force, Frame, Gap, Party, Unit
from generator.pages.site import Site
from generator.routine.lines import lines
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep
from generator.routine.wording import names

Data = dict[str, Any]
LONG = 1500  # characters; a longer step may be split, since it would not fit on a page


def printed_step(site: Site, placed: PlacedStep) -> Data:
    """Return a step with all that is printed with it."""
    tree, step = site.tree, placed.step
    qualifies = reservations(tree, placed)
    when, note = qualifies.condition, qualifies.note
    who = [names(tree, ids) for ids in (step.who, step.with_, step.to)]
    return {
        "number": placed.number,
        "when": str(when.text) if when else None,
        "urgent": placed.is_urgent,
        "force": str(tree.get(step.force, Force).label),
        "sentence": placed.sentence,
        "who": printed_parties(site, step.who),
        "with": printed_parties(site, step.with_, inside=True),
        "to": printed_parties(site, step.to, inside=True),
        "confirm": str(when.confirm) if when and when.confirm else None,
        "confirm_with": names(tree, when.confirm_with) if when else "",
        "note": str(note) if note else None,
        "lines": [str(line) for line in placed.lines],
        "cite": site.cited_shortly(step.cite),
        "long": sum(map(len, (placed.sentence, note or "", when.text if when else "", *who))) > LONG,
        "frames": [printed_frame(site, frame) for frame in qualifies.frames],
        "gaps": [str(gap.title) for gap in qualifies.gaps],
    }


def printed_parties(
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


def printed_frame(site: Site, frame: Frame) -> Data:
    """Return a note with its statements and what they rest on."""
    return {
        "title": str(frame.title),
        "statements": [
            {
                "force": str(site.tree.get(s.force, Force).label) if s.force else None,
                "text": str(s.text),
                "points": list(map(str, s.points)),
            }
            for s in frame.statements
        ],
        "lines": [str(line) for line in lines(site.tree, frame)],
        "cite": site.cited_once(frame.statements),
    }


def printed_gap(site: Site, gap: Gap) -> Data:
    """Return a gap in full."""
    return {"title": str(gap.title), "text": str(gap.text), "cite": site.cited_all(gap.cite)}
