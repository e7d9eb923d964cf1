"""Pages to look things up in: units, actions and the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.locale import t
from generator.model import Action, Column, Section, Situation, Unit
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine.steps import PlacedStep, occurrences, placed_steps, units_in


@dataclass(frozen=True)
class SituationSteps:
    """A situation, and the steps of it that concern somebody."""

    situation: Situation
    steps: list[PlacedStep]


@dataclass(frozen=True)
class Cell:
    """What stands in a matrix cell: ids of units and parties, how if not as usual, and whose it is."""

    ids: list[str]
    how: str
    concerns: list[str]


@dataclass(frozen=True)
class Row:
    """A situation's row in the matrix."""

    situation: Situation
    cells: list[Cell]


@dataclass(frozen=True)
class Band:
    """Rows of the matrix that stand under one heading of the document."""

    section: Section
    rows: list[Row]


def pages(site: Site) -> Iterator[Page]:
    """Yield the matrix, and the pages of units and actions with their indexes."""
    tree = site.tree
    yield Page("matris", t("site.matrix"), "matrix.html.jinja", {"bands": matrix(site)})
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


def matrix(site: Site) -> list[Band]:
    """Return the matrix of all situations, under the document's headings."""
    bands: dict[str, Band] = {}
    for situation in site.tree.situations:
        section = site.tree.get(situation.source, Section)
        above = site.heading_path(section)
        band = above[1] if len(above) > 1 else section
        steps = placed_steps(site.tree, situation)
        row = Row(situation, [_cell(site, steps, column) for column in site.tree.matrix])
        bands.setdefault(band.id, Band(band, [])).rows.append(row)
    return list(bands.values())


def _cell(site: Site, steps: tuple[PlacedStep, ...], column: Column) -> Cell:
    shown = [placed.step for placed in steps if placed.step.action in column.actions]
    picks = {"to": ("to",), "who": ("who",), "who-and-with": ("who", "with_")}[column.shows]
    ids = [id for step in shown for name in picks for id in getattr(step, name)]
    hows = [site.tree.get(step.action, Action).short for step in shown]
    units = [str(unit.id) for unit in site.tree.units]
    concerns = [id for id in units if id in ids] or units
    return Cell(list(dict.fromkeys(ids)), ", ".join(how for how in hows if how), concerns)
