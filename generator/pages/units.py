"""The units: their index, and a page for each with the steps that concern it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.locale import t
from generator.model import Duty, Frame, Gap, Situation, Tree, Unit
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine import wording
from generator.routine.afterwards import always
from generator.routine.beside import unclear_beside
from generator.routine.reservations import beyond_own_steps, gaps_on, mentions, reservations, reservations_on
from generator.routine.steps import (
    PlacedStep,
    acts,
    collective_steps,
    open_gaps,
    placed_steps,
    units_in,
    units_of,
)
from generator.routine.unclear import framed_by_name
from generator.routine.wording import ranges


@dataclass(frozen=True)
class SituationSteps:
    """A situation, the steps of it that concern somebody, and those of others with a frame about them."""

    situation: Situation
    steps: list[PlacedStep]
    beside: list[PlacedStep] = field(default_factory=list)
    framed: list[Frame] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """Where the frames are, in words."""
        numbers = ranges(placed.number for placed in self.beside)
        return t("brief.frame-at", steps=t("brief.steps", numbers=numbers)) if numbers else ""


def pages(site: Site) -> Iterator[Page]:
    """Yield the index, and the page of each unit."""
    yield Page("enheter", t("site.units"), "units.html.jinja", {})
    shared_steps = together(site.tree)
    of_all = [gap for each in shared_steps.values() for _, gaps in each for gap in gaps]
    for unit in site.tree.units:
        own, unassigned = own_steps(site, unit), unassigned_steps(site, unit)
        shown = frames(site, [*own, *unassigned])
        gaps = [*gaps_for(site, unit, [*own, *unassigned], unit.duties), *of_all]
        context = {
            "unit": unit,
            "own_steps": own,
            "unassigned_steps": unassigned,
            "together": shared_steps,
            "topics": always(site.tree),
            "beside_steps": unclear_beside(site.tree, [p for part in own for p in part.steps]),
            "frames": shown,
            "page_gaps": [gap for gap in site.tree.gaps if gap in gaps],
            "anchors": {str(frame.id): f"ram-{frame.id}" for frame in shown},
            "words_folded": True,
        }
        yield Page(f"enhet/{unit.id}", str(unit.label), "unit.html.jinja", context)


def own_steps(site: Site, unit: Unit) -> list[SituationSteps]:
    """Return the situations with a step, frame or gap about a unit, with the steps that name it."""
    found = (_naming(site.tree, situation, unit) for situation in site.tree.situations)
    return [
        part
        for part in found
        if part.steps or part.framed or beyond_own_steps(site.tree, part.situation, unit)
    ]


def _naming(tree: Tree, situation: Situation, unit: Unit) -> SituationSteps:
    steps = [p for p in placed_steps(tree, situation) if unit in units_in(tree, p.step)]
    beside = [p for p in framed_by_name(tree, situation, unit) if p not in steps]
    about = [f for p in beside for f in reservations(tree, p).frames if mentions(f, unit)]
    return SituationSteps(situation, steps, beside, [f for f in tree.frames if f in about])


def unassigned_steps(site: Site, unit: Unit) -> list[SituationSteps]:
    """Return the steps that name no unit that acts, where other steps of the situation name this one."""
    tree, found = site.tree, []
    for situation in (s for s in tree.situations if unit in units_of(tree, s)):
        placed = placed_steps(tree, situation)
        steps = [p for p in placed if not acts(tree, p.step) and unit not in units_in(tree, p.step)]
        if steps:
            found.append(SituationSteps(situation, steps))
    return found


def together(tree: Tree) -> dict[str, list[tuple[Situation, tuple[Gap, ...]]]]:
    """Return the situations with steps for all units together, by who acts there, with their gaps."""
    found: dict[str, dict[str, Situation]] = {}
    for placed in (p for s in tree.situations for p in collective_steps(tree, s)):
        who = wording.names(tree, placed.step.who)
        found.setdefault(who, {}).setdefault(placed.situation.id, placed.situation)
    return {
        who: [(situation, _gaps_of_nobody(tree, situation)) for situation in each.values()]
        for who, each in found.items()
    }


def _gaps_of_nobody(tree: Tree, situation: Situation) -> tuple[Gap, ...]:
    """Return the gaps on the steps that concern all units, since none of them is to act."""
    nobodys = (p for p in placed_steps(tree, situation) if not acts(tree, p.step))
    return open_gaps(tree, *(p.id for p in nobodys))


def frames(site: Site, shown: Sequence[SituationSteps]) -> list[Frame]:
    """Return the frames that apply to these steps or to their situations, each once, in the tree's order."""
    found = [
        frame
        for part in shown
        for each in (
            reservations_on(site.tree, part.situation),
            *(reservations(site.tree, placed) for placed in part.steps),
        )
        for frame in (*each.frames, *part.framed)
    ]
    return [frame for frame in site.tree.frames if frame in found]


def gaps_for(
    site: Site, unit: Unit, shown: Sequence[SituationSteps], beside: Sequence[Duty | Frame]
) -> list[Gap]:
    """Return the gaps that are shown to a unit with these steps, duties and frames, in the tree's order."""
    said = [s for each in beside for s in (each.statements if isinstance(each, Frame) else (each,))]
    found = list(gaps_on(site.tree, *said))
    found += [
        gap
        for part in shown
        for gaps in (
            beyond_own_steps(site.tree, part.situation, unit),
            *(reservations(site.tree, placed).gaps for placed in part.steps),
        )
        for gap in gaps
    ]
    return [gap for gap in site.tree.gaps if gap in found]
