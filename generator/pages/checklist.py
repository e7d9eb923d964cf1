"""The checklists: the page that lists them, and what is printed on one, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.locale import t
from generator.model import Frame, Gap, Section, Situation, Unit
from generator.pages.page import Page
from generator.pages.printed_step import (
    Data,
    printed_frame,
    printed_gaps,
    printed_in_every_case,
    printed_own,
    unclear_answers,
)
from generator.pages.site import Site
from generator.pages.situations import PhaseSteps, facts_before, phases, unclear_in, way_back
from generator.routine.following import needed_by, says_more_of
from generator.routine.lines import lines
from generator.routine.outcomes import onward_from
from generator.routine.steps import PlacedStep, concerns, frames_of, placed_steps
from generator.routine.wording import page_numbers


@dataclass(frozen=True)
class Part:
    """A phase on a checklist: its steps there, and those left out that these cannot be read without.

    Each of the latter is with the words that it is told by.
    """

    group: PhaseSteps
    steps: list[PlacedStep]
    before: list[tuple[str, PlacedStep]]


def pages(_site: Site) -> Iterator[Page]:
    """Yield the list of all checklists."""
    yield Page("checklistor", t("checklists.title"), "checklists.html.jinja", {}, search_weight=0.5)


def parts_of(site: Site, situation: Situation, unit: Unit | None) -> list[Part]:
    """Return the phases of a situation's checklist, or of a unit's, in which it has steps."""
    parts: list[Part] = []
    groups = [
        (group, [p for p in group.steps if unit is None or unit in concerns(site.tree, p.step)])
        for group in phases(site, situation)
    ]
    told = {placed.id for _, steps in groups for placed in steps}
    for group, steps in groups:
        if steps:
            before = [p for p in needed_by(site.tree, steps) if p.id not in told]
            told |= {p.id for p in before}
            about = {p.id for placed in steps for p in says_more_of(site.tree, placed)}
            words = ["paper.about" if p.id in about else "paper.before" for p in before]
            parts.append(Part(group, steps, list(zip(words, before, strict=True))))
    return parts


def beside_steps(site: Site, situation: Situation) -> Data:
    """Return what stands beside the steps on all checklists of a situation."""
    tree = site.tree
    section = tree.get(situation.source, Section)
    headings = " – ".join(str(s.heading) for s in site.heading_path(section))
    return {
        "title": str(situation.title),
        "facts": [[label, value] for _, label, value in site.rows_of(facts_before(site, situation))],
        "unclear": unclear_answers(site, situation),
        "lines": [*map(str, lines(tree, situation)), *_back(site, situation)],
        "source": headings + page_numbers(section),
        "onward": _onward(site, situation),
        "in_every_case": printed_in_every_case(site, situation),
        "gaps": printed_gaps(site, situation),
    }


def beside_steps_of(site: Site, situation: Situation, unit: Unit | None, parts: list[Part]) -> Data:
    """Return what stands beside the steps of these parts on the whole checklist or on a unit's."""
    frames = _frames(site, situation, parts)
    return {
        "unit": str(unit.label) if unit else None,
        "see": [_pointing(site, situation, frame) for frame in frames if frame.see],
        "frames": [printed_frame(site, frame, situation) for frame in frames if not frame.see],
        "own": printed_own(site, unit) if unit else None,
    }


def _frames(site: Site, situation: Situation, parts: list[Part]) -> list[Frame]:
    """Return the notes on the situation, and those on steps that are left out: they may be about us."""
    actions = {placed.step.action for part in parts for placed in part.steps}
    left_out = [p.frames for p in placed_steps(site.tree, situation) if p.step.action not in actions]
    found = [frame for frames in (frames_of(site.tree, situation), *left_out) for frame in frames]
    return [f for f in site.tree.frames if f in found and actions.isdisjoint(f.on.action)]


def _pointing(site: Site, situation: Situation, frame: Frame) -> Data:
    """Return a note that points elsewhere, with what is unclear on the way from there."""
    gaps = unclear_in(site, situation)[str(frame.id)]
    return printed_frame(site, frame) | {"gaps": [str(gap.title) for gap in gaps]}


def _onward(site: Site, situation: Situation) -> Data | None:
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
