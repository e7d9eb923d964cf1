"""Pages to look things up in: units, actions and the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.locale import t
from generator.model import Situation, Unit
from generator.pages.matrix import matrix
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine.steps import PlacedStep, occurrences, placed_steps, units_in


@dataclass(frozen=True)
class SituationSteps:
    """A situation, and the steps of it that concern somebody."""

    situation: Situation
    steps: list[PlacedStep]


def pages(site: Site) -> Iterator[Page]:
    """Yield the matrix, and the pages of units and actions with their indexes."""
    tree = site.tree
    yield Page("matris", t("site.matrix"), "matrix.html.jinja", {"matrix": matrix(site)})
    yield Page("enheter", t("site.units"), "units.html.jinja", {})
    for unit in tree.units:
        context = {
            "unit": unit,
            "own_steps": own_steps(site, unit),
            "unassigned_steps": unassigned_steps(site, unit),
        }
        yield Page(f"enhet/{unit.id}", str(unit.label), "unit.html.jinja", context)
    yield Page("checklistor", t("checklists.title"), "checklists.html.jinja", {})
    yield Page("atgarder", t("site.actions"), "actions.html.jinja", {})
    for action in tree.actions:
        context = {"action": action, "placed": occurrences(tree, action)}
        yield Page(f"atgard/{action.id}", str(action.question), "action.html.jinja", context)


def own_steps(site: Site, unit: Unit) -> list[SituationSteps]:
    """Return the situations in which a unit acts, meets or is told, with those steps."""
    return _steps_where(site, lambda placed: unit in units_in(site.tree, placed.step))


def unassigned_steps(site: Site, unit: Unit) -> list[SituationSteps]:
    """Return the steps for which the routine names no unit that acts, save those that name this one."""
    units = site.tree.ids("units")
    return _steps_where(
        site, lambda p: not units & set(p.step.who) and unit not in units_in(site.tree, p.step)
    )


def _steps_where(site: Site, concerns: Callable[[PlacedStep], bool]) -> list[SituationSteps]:
    found = []
    for situation in site.tree.situations:
        steps = [placed for placed in placed_steps(site.tree, situation) if concerns(placed)]
        if steps:
            found.append(SituationSteps(situation, steps))
    return found
