"""A step, a note and a gap as they are printed: plain data, for the typesetter and for fingerprints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.locale import capitalized, t
from generator.model import Duty, Force, Frame, Gap, Party, Situation, Statement, Unit
from generator.pages.site import Site
from generator.routine.afterwards import afterwards, always
from generator.routine.lines import lines
from generator.routine.outcomes import when_it_turns_out_otherwise
from generator.routine.reservations import gaps_at_frame, gaps_on, is_open, reservations, reservations_on
from generator.routine.steps import PlacedStep, open_gaps, placed_steps
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
        "frames": [printed_frame(site, f, placed.situation, qualifies.gaps) for f in qualifies.frames],
        "gaps": [str(gap.title) for gap in qualifies.gaps],
    }


def printed_parties(
    site: Site, ids: tuple[str, ...] | list[str], *, inside: bool = False
) -> list[dict[str, str | None]]:
    """Return names and shapes; ``inside`` a line, only units keep their capital letter."""
    nodes = [site.tree.get(id, Unit, Party) for id in ids]
    return [
        {"name": str(node.label), "shape": node.form}
        if isinstance(node, Unit)
        else {"name": str(node.name) if inside else capitalized(node.name), "shape": None}
        for node in nodes
    ]


def printed_frame(
    site: Site, frame: Frame, situation: Situation | None = None, told: Sequence[Gap] = ()
) -> Data:
    """Return a note with its statements, what they rest on, and what is unclear there, but for ``told``."""
    see = [str(site.tree.get(id, Situation).title) for id in frame.see]
    gaps = [str(gap.title) for gap in gaps_at_frame(site.tree, frame, situation) if gap not in told]
    return {
        **_printed_statements(site, str(frame.title), frame.statements),
        "lines": [str(line) for line in lines(site.tree, frame)],
        **({"gaps": gaps} if gaps else {}),
        **({"see": see} if see else {}),  # the mark of a print stays as it was where there is none
    }


def printed_duty(site: Site, duty: Duty) -> Data:
    """Return a standing duty with what is unclear about it."""
    return {
        "force": str(site.tree.get(duty.force, Force).label),
        "text": str(duty.text),
        "cite": site.cited_all(duty.cite),
        "unclear": unclear_titles(gaps_on(site.tree, duty)),
    }


def printed_own(site: Site, unit: Unit) -> Data:
    """Return a unit's standing duties as one note."""
    duties = [printed_duty(site, duty) for duty in unit.duties]
    said = [
        {"force": duty["force"], "text": f"{duty['text']} {duty['unclear']}".rstrip(), "points": []}
        for duty in duties
    ]
    cite = site.cited_once(unit.duties)
    beside = [str(line) for line in lines(site.tree, unit)]
    return {"title": t("paper.own", unit=unit.label), "statements": said, "cite": cite, "lines": beside}


def unclear_titles(gaps: Sequence[Gap]) -> str:
    """Return a mark that names what is unclear, or nothing."""
    return t("paper.unclear_of", titles="; ".join(gap.title for gap in gaps)) if gaps else ""


def printed_in_every_case(site: Site, situation: Situation | None = None) -> Data | None:
    """Return what the routine says of every case, and what it leaves open there.

    What it leaves open where a condition is not met stands there, too, if no step bears it.
    """
    tree = site.tree
    of_all = [s for topic in always(tree) for s in topic.statements]
    statements = afterwards(tree, situation) if situation else of_all
    gaps = [str(gap.title) for gap in gaps_on(tree, *statements)]
    if situation:
        at_steps = open_gaps(tree, *(placed.id for placed in placed_steps(tree, situation)))
        resting = gaps_on(tree, *statements)
        found = _besides_the_steps(site, situation)
        gaps = [str(gap.title) for gap in found if gap in resting or gap not in at_steps]
    if not statements and not gaps:
        return None
    return {**_printed_statements(site, t("case.afterwards-title"), statements), "lines": [], "gaps": gaps}


def _besides_the_steps(site: Site, situation: Situation) -> list[Gap]:
    """Return what is unclear where a condition is not met, and in what holds in every case."""
    tree = site.tree
    ids = set(when_it_turns_out_otherwise(tree, situation))
    ids |= {gap.id for gap in gaps_on(tree, *afterwards(tree, situation))}
    return [gap for gap in tree.gaps if gap.id in ids and is_open(gap)]


def _printed_statements(site: Site, title: str, statements: Sequence[Statement]) -> Data:
    return {
        "title": title,
        "statements": [
            {
                "force": str(site.tree.get(s.force, Force).label) if s.force else None,
                "text": str(s.text),
                "points": list(map(str, s.points)),
            }
            for s in statements
        ],
        "cite": site.cited_once(statements),
    }


def printed_gap(site: Site, gap: Gap) -> Data:
    """Return a gap in full."""
    return {"title": str(gap.title), "text": str(gap.text), "cite": site.cited_all(gap.cite)}


def printed_gaps(site: Site, situation: Situation) -> list[Data]:
    """Return the gaps on a situation, its conditions, frames and all steps: another's may be about us."""
    tree = site.tree
    steps = placed_steps(tree, situation)
    found = open_gaps(tree, situation.id, *(placed.id for placed in steps))
    frames = [*reservations_on(tree, situation).frames, *(frame for p in steps for frame in p.frames)]
    beside = [gap for frame in frames for gap in gaps_at_frame(tree, frame, situation)]
    beside += _besides_the_steps(site, situation)
    more = [gap for gap in tree.gaps if gap in beside and gap not in found]
    return [printed_gap(site, gap) for gap in (*found, *more)]


def unclear_answers(site: Site, situation: Situation) -> str:
    """Return a mark for what is unclear about the questions that lead to a situation, or nothing."""
    beside = [gap["title"] for gap in printed_gaps(site, situation)]
    return unclear_titles([gap for gap in site.gaps_on_the_way_to(situation) if gap.title not in beside])
