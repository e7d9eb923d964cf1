"""Pages to look things up in: units, actions and the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.locale import t
from generator.model import Action, Column, Duty, Frame, Gap, Situation, Tree, Unit
from generator.pages.facts import in_words
from generator.pages.matrix import HEADINGS, matrix
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine import wording
from generator.routine.afterwards import always
from generator.routine.beside import unclear_beside, unclear_beside_all
from generator.routine.in_all import in_all
from generator.routine.outcomes import goes_on_to
from generator.routine.reservations import (
    beyond_own_steps,
    gaps_at_frame,
    gaps_on,
    left_out,
    names,
    reservations,
    reservations_on,
    unclear_on_the_way,
)
from generator.routine.steps import (
    PlacedStep,
    acts,
    collective_steps,
    occurrences,
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


@dataclass(frozen=True)
class SameSteps:
    """Steps of several situations that say the same, and the frames and gaps that all of them have."""

    steps: list[PlacedStep]
    frames: list[Frame]
    gaps: list[Gap]


def pages(site: Site) -> Iterator[Page]:
    """Yield the matrix, and the pages of units and actions with their indexes."""
    tree = site.tree
    yield Page(
        "matris",
        t("site.matrix"),
        "matrix.html.jinja",
        {"matrix": matrix(site), "headings": HEADINGS, "beside_steps": unclear_beside_all(tree)},
        needs=("folds",),
    )
    yield Page("enheter", t("site.units"), "units.html.jinja", {})
    shared_steps = together(tree)
    of_all = [gap for each in shared_steps.values() for _, gaps in each for gap in gaps]
    for unit in tree.units:
        own, unassigned = own_steps(site, unit), unassigned_steps(site, unit)
        shown, gaps = (
            frames(site, [*own, *unassigned]),
            gaps_for(site, unit, [*own, *unassigned], unit.duties),
        )
        context = {
            "unit": unit,
            "own_steps": own,
            "unassigned_steps": unassigned,
            "together": shared_steps,
            "topics": always(tree),
            "beside_steps": unclear_beside(tree, [p for part in own for p in part.steps]),
            "frames": shown,
            "page_gaps": [gap for gap in tree.gaps if gap in gaps or gap in of_all],
            "anchors": {str(frame.id): f"ram-{frame.id}" for frame in shown},
            "words_folded": True,
        }
        yield Page(f"enhet/{unit.id}", str(unit.label), "unit.html.jinja", context)
    yield Page("checklistor", t("checklists.title"), "checklists.html.jinja", {}, search_weight=0.5)
    yield Page("atgarder", t("site.actions"), "actions.html.jinja", {})
    yield from (_of_action(site, action) for action in tree.actions)


def _of_action(site: Site, action: Action) -> Page:
    tree, placed = site.tree, occurrences(site.tree, action)
    told = [f for f in tree.frames if any(f in reservations(tree, p).frames for p in placed)]
    context = {
        "action": action,
        "count": len({p.situation.id for p in placed}),
        "shared": shared(tree, placed),
        "frames": told,
        "anchors": {str(frame.id): f"ram-{frame.id}" for frame in told},
        "left_out": left_out(tree, action),
        "beside": beside(tree, action),
        "around": around(tree, placed),
        "beside_steps": unclear_beside(tree, placed),
        "after": after(site, placed),
        "onward": [s for s in tree.situations if s.continues and any(p.situation == s for p in placed)],
        "page_gaps": gaps_of_action(site, action, placed),
    }
    return Page(f"atgard/{action.id}", str(action.question), "action.html.jinja", context)


def beside(tree: Tree, action: Action) -> list[tuple[Column, list[Action]]]:
    """Return what else answers the same column of the matrix: who looks for one may be meant by another."""
    columns = [column for column in tree.matrix if action.id in column.actions and len(column.actions) > 1]
    return [(c, [tree.get(id, Action) for id in c.actions if id != action.id]) for c in columns]


def around(tree: Tree, placed: Sequence[PlacedStep]) -> list[tuple[str, list[tuple[Frame, Situation]]]]:
    """Return the frames on whole situations with these steps, by the words for the cases that they hold in.

    Each is given with the first situation that has it.
    """
    found: dict[str, list[tuple[Frame, Situation]]] = {}
    for frame in tree.frames:
        having = [p.situation for p in placed if frame in reservations_on(tree, p.situation).frames]
        if having:
            found.setdefault(in_words(tree, frame.on.facts), []).append((frame, having[0]))
    return [
        (t("site.framed-if", facts=facts[:1].lower() + facts[1:]) if facts else t("site.framed"), frames)
        for facts, frames in found.items()
    ]


def after(site: Site, placed: Sequence[PlacedStep]) -> tuple[list[Situation], tuple[Gap, ...]]:
    """Return the situations that go on to one of these steps, and what is unclear on the way from there."""
    there = {p.situation.id for p in placed}
    pairs = [(here, to) for here, to in goes_on_to(site.tree) if to in there]
    before = {here for here, _ in pairs}
    asked = {question for _, to in pairs for question in site.questions_to(site.tree.get(to, Situation))}
    situations = [situation for situation in site.tree.situations if situation.id in before]
    return situations, unclear_on_the_way(site.tree, before, asked)


def gaps_of_action(site: Site, action: Action, placed: Sequence[PlacedStep]) -> list[Gap]:
    """Return the gaps at an action's steps and situations, where it has none, and on the way, each once."""
    places = [place for p in placed for place in (p.situation.id, p.id)]
    found = [*open_gaps(site.tree, *places), *after(site, placed)[1]]
    found += [gap for _, gaps in left_out(site.tree, action) for gap in gaps]
    found += [
        gap for _, each in around(site.tree, placed) for f, _ in each for gap in gaps_at_frame(site.tree, f)
    ]
    return [gap for gap in site.tree.gaps if gap in found]


def shared(tree: Tree, placed: Sequence[PlacedStep]) -> list[SameSteps]:
    """Return steps together that say the same in several situations."""
    found: dict[object, list[PlacedStep]] = {}
    for each in placed:
        said = (each.sentence, str(each.step.note), each.lines)
        found.setdefault((each.duty, said), []).append(each)
    return [SameSteps(steps, *_in_all(tree, steps)) for steps in found.values()]


def _in_all(tree: Tree, steps: Sequence[PlacedStep]) -> tuple[list[Frame], list[Gap]]:
    qualifying = [reservations(tree, placed) for placed in steps]
    return in_all([r.frames for r in qualifying]), in_all([r.gaps for r in qualifying])


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
    about = [f for p in beside for f in reservations(tree, p).frames if names(f, unit)]
    return SituationSteps(situation, steps, beside, [f for f in tree.frames if f in about])


def unassigned_steps(site: Site, unit: Unit) -> list[SituationSteps]:
    """Return the steps that name no unit that acts, where other steps of the situation name this one."""
    tree = site.tree
    return _steps_where(
        site,
        lambda p: (
            not acts(tree, p.step)
            and unit not in units_in(tree, p.step)
            and unit in units_of(tree, p.situation)
        ),
    )


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


def _steps_where(site: Site, concerns: Callable[[PlacedStep], bool]) -> list[SituationSteps]:
    found = []
    for situation in site.tree.situations:
        steps = [placed for placed in placed_steps(site.tree, situation) if concerns(placed)]
        if steps:
            found.append(SituationSteps(situation, steps))
    return found
