"""What the text for the record says of a step, of what qualifies it, and of frames and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.locale import capitalized, t
from generator.model import Action, Force, Frame, Gap, Topic
from generator.pages.record.groups import Data
from generator.pages.site import Site
from generator.routine.lines import lines
from generator.routine.reservations import gaps_at_frame, reservations
from generator.routine.steps import PlacedStep
from generator.routine.wording import names, task


def step_told(site: Site, placed: PlacedStep, *, known: bool = False) -> Data:
    """Return a step's name when done and when due, what is left to do of it, and all with what qualifies it.

    What a step waits for is not said again of one that is left, where that is ``known`` to have happened.
    """
    said = task(site.tree, placed.step)
    told = _under_its_condition(placed, said)
    waits = placed.waits_for
    happened = known and placed.condition and waits and waits.event and waits.text == placed.condition.text
    mark = " *" if _is_qualified(site, placed) else ""
    return {
        "at": [placed.id],
        "name": f"{_named(site, placed)}{' *' if placed.condition else mark}.",
        "due": f"{_under_its_condition(placed, _named(site, placed, due=True))}{mark}.",
        "task": f"- {capitalized(said) if happened else told}{mark}",
        "all": [f"- {told}", *(f"  {line}" for line in _beside(site, placed))],
    }


def _under_its_condition(placed: PlacedStep, said: str) -> str:
    return capitalized(f"{placed.condition.text}: {said}" if placed.condition else said)


def _named(site: Site, placed: PlacedStep, *, due: bool = False) -> str:
    """Return the step's name with the units that act, who is with them, and the unit that it is to.

    Where nobody acts by name, whoever it is to is told, unless the name says it. What is ``due`` has its
    force, and says so where the step names nobody.
    """
    tree, step = site.tree, placed.step
    units = tree.ids("units")
    together = {party.id for party in tree.parties if party.collective}
    label = str(tree.get(step.action, Action).label)
    who = names(tree, [id for id in step.who if id in units or id in together])
    beside = names(tree, [id for id in step.with_ if id in units])
    to = names(tree, [id for id in step.to if id in units or not step.who])
    force = tree.get(step.force, Force)
    said = [
        str(force.modal or force.label).casefold() if due else "",
        who or (t("record.unnamed") if due and not step.who else ""),
        t("join.with", names=beside) if beside else "",
        t("record.to", names=to) if to.casefold() not in label.casefold() else "",
    ]
    told = ", ".join(filter(None, said))
    return f"{label} ({told})" if told else label


def _is_qualified(site: Site, placed: PlacedStep) -> bool:
    qualified = reservations(site.tree, placed)
    return bool(qualified.note or qualified.frames or qualified.gaps or placed.lines)


def _beside(site: Site, placed: PlacedStep) -> Iterator[str]:
    """Yield what stands with a step in the whole text: its citation, and what qualifies it."""
    qualified = reservations(site.tree, placed)
    yield f"({site.cited_shortly(placed.step.cite)})"
    if qualified.note:
        yield str(qualified.note)
    yield from map(str, placed.lines)
    for frame in qualified.frames:
        yield from frame_told(site, frame)
    framed = [gap for frame in qualified.frames for gap in gaps_at_frame(site.tree, frame, placed.situation)]
    yield from unclear_told(gap for gap in site.tree.gaps if gap in (*qualified.gaps, *framed))


def frame_told(site: Site, frame: Frame | Topic) -> Iterator[str]:
    """Yield a frame's heading, its statements and lines, and where they stand."""
    yield f"{frame.title}:"
    for statement in frame.statements:
        yield " ".join(filter(None, (str(statement.text), "; ".join(statement.points))))
    yield from map(str, lines(site.tree, frame))
    yield f"({site.cited_once(frame.statements)})"


def unclear_told(gaps: Iterable[Gap]) -> Iterator[str]:
    """Yield a line for each gap."""
    yield from (t("record.gap", title=gap.title) for gap in gaps)
