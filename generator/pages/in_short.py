"""The answer before the detail: a situation in a few lines, out of the same cells as the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from generator.locale import capitalized, listed, t
from generator.model import Situation, Tree, Unit
from generator.pages.matrix import Mark, Marks, cell_of, deadlines_of, in_column, labels_of
from generator.pages.site import Site
from generator.routine.in_all import in_all
from generator.routine.reservations import reservations
from generator.routine.steps import (
    PlacedStep,
    collective_steps,
    naming_beside,
    placed_steps,
    units_in,
    units_of,
    unnamed_steps,
    urgent_steps,
    who_act,
)
from generator.routine.unclear import framed_for, unclear, unclear_for, unclear_whole_for
from generator.routine.wording import names, ranges


@dataclass(frozen=True)
class Phrase:
    """What is said in a line and qualified alike: who, what else, and what qualifies it."""

    ids: Sequence[str] = ()
    text: str = ""
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class CardLine:
    """A line of the card, in phrases, the steps that say it, and what qualifies all of several phrases."""

    label: str
    phrases: Sequence[Phrase]
    steps: Sequence[PlacedStep] = ()
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class OwnLine:
    """A unit's line.

    The steps that inform it, that it joins in and that it takes, each kind with the words for its first; the
    steps that units have together, and those for which nobody is named; and where a frame is about it or
    something is unclear for it.
    """

    unit: Unit
    parts: Sequence[tuple[str, Sequence[PlacedStep]]]
    together: str
    unnamed: str
    marks: Sequence[str]


def in_short(site: Site, situation: Situation) -> list[CardLine]:
    """Return the lines of the card: what is urgent or comes first, time, the matrix's columns and gaps."""
    return [
        *_first(site, situation),
        *_deadlines(site, situation),
        *_columns(site, situation),
        *_closing(site, situation),
    ]


def own_lines(site: Site, situation: Situation) -> list[OwnLine]:
    """Return each unit's line."""
    return [_own_line(site, situation, unit) for unit in site.tree.units]


def _own_line(site: Site, situation: Situation, unit: Unit) -> OwnLine:
    tree, together = site.tree, _together(site, situation)
    parts = list(_parts_of(tree, situation, unit))
    unnamed = unnamed_steps(tree, situation) if parts or together else []
    rest = t("brief.nobody", steps=at_steps(unnamed)) if unnamed else ""
    return OwnLine(unit, parts, together, rest, marks_for(tree, situation, unit))


def marks_for(tree: Tree, situation: Situation, unit: Unit) -> list[str]:
    """Return where a situation has a frame about a unit, or something that is unclear for it."""
    whole = [t("brief.whole")] if unclear_whole_for(tree, situation, unit) else []
    framed, unclear_at = (at_steps(steps(tree, situation, unit)) for steps in (framed_for, unclear_for))
    found = (
        ("brief.frame-at", [framed]),
        ("brief.unclear-for", whole),
        ("brief.unclear-at", [unclear_at]),
    )
    return [t(word, steps=at) for word, places in found for at in places if at]


def _parts_of(tree: Tree, situation: Situation, unit: Unit) -> Iterator[tuple[str, Sequence[PlacedStep]]]:
    """Yield the steps of each part that a unit has, by the first of each."""
    named = [p for p in placed_steps(tree, situation) if unit in units_in(tree, p.step)]
    told = [p for p in named if unit.id in p.step.to and unit.id not in (*p.step.who, *p.step.with_)]
    is_with = [p for p in named if unit.id in p.step.with_ and unit.id not in p.step.who]
    takes = [p for p in named if p not in told and p not in is_with]
    parts = [("brief.told", told), ("brief.with", is_with), ("brief.takes", takes)]
    yield from sorted((part for part in parts if part[1]), key=lambda part: part[1][0].number)


def _together(site: Site, situation: Situation) -> str:
    tree, steps = site.tree, collective_steps(site.tree, situation)
    if not steps:
        return ""
    who = capitalized(names(tree, who_act(steps)))
    said = {p.id: naming for p in steps if (naming := naming_beside(tree, p))}
    but = [p for p in steps if p.id in said]
    there = list({p.id: p for each in said.values() for p in each}.values())
    if not but:
        more = t("brief.together-unsaid")
    elif len(but) < len(steps):
        more = t("brief.together-but", steps=at_steps(but), there=at_steps(there))
    else:
        more = t("brief.together-said", there=at_steps(there))
    return f"{t('brief.together', steps=at_steps(steps), names=who)} {more}"


def _first(site: Site, situation: Situation) -> Iterator[CardLine]:
    steps = placed_steps(site.tree, situation)
    urgent, _ = urgent_steps(site.tree, situation)
    begin = urgent or list(takewhile(lambda p: p.step.who == steps[0].step.who, steps))[:1]
    if begin:
        label = t("brief.today") if urgent else t("brief.begins")
        known = "" if any(p.step.hangs for p in begin) else "condition"  # the label tells the time
        marks = _marks(site, begin, left_out=known)
        yield CardLine(label, [Phrase(who_act(begin), labels_of(site.tree, begin), marks)], begin)


def _deadlines(site: Site, situation: Situation) -> Iterator[CardLine]:
    """Yield a line for each deadline, in the order of the steps that have it."""
    for text, steps in deadlines_of(site.tree, situation):
        yield CardLine(t("brief.time"), [Phrase((), text, _marks(site, steps))], steps)


def _columns(site: Site, situation: Situation) -> Iterator[CardLine]:
    marks, silent = Marks(), []
    for column in site.tree.matrix:
        cell = cell_of(site, situation, column, marks)
        if cell.elsewhere:
            continue
        if cell.said:
            kinds = [_kinds(said.marks) for said in cell.said]
            of_all = in_all(kinds) if len(kinds) > 1 else []
            phrases = [
                Phrase(
                    said.ids,
                    said.how if said.ids else t("brief.unnamed"),
                    [kind for kind in _kinds(said.marks) if kind not in of_all],
                )
                for said in cell.said
            ]
            yield CardLine(str(column.label), phrases, in_column(site.tree, situation, column), of_all)
        elif cell.unclear:
            yield CardLine(str(column.label), [Phrase((), t("matrix.unclear"), _kinds(cell.unclear))])
        else:
            silent.append(str(column.label))
    if silent:
        yield CardLine(t("brief.silent"), [Phrase(text=listed(silent))])


def _closing(site: Site, situation: Situation) -> Iterator[CardLine]:
    steps = placed_steps(site.tree, situation)
    if not any(p.is_urgent or p.within for p in steps):
        yield CardLine(t("brief.time"), [Phrase(text=t("brief.no-time"))])
    reached = [unit for unit in units_of(site.tree, situation) if unit.ways_to_reach]
    if reached:
        said = (f"{unit.label}: {', '.join(unit.ways_to_reach)}" for unit in reached)
        yield CardLine(t("brief.reach"), [Phrase(text=". ".join(said))])
    found = unclear(site.tree, situation)
    whole = [t("brief.whole")] if found.whole else []
    at = [at_steps(found.steps)] if found.steps else []
    if whole or at:
        yield CardLine(t("brief.unclear"), [Phrase(text=", ".join([*whole, *at]))])


def at_steps(steps: Sequence[PlacedStep]) -> str:
    """Return "steg 3, 4", or nothing for no steps."""
    return t("brief.steps", numbers=ranges(p.number for p in steps)) if steps else ""


def _marks(site: Site, steps: Sequence[PlacedStep], left_out: str = "") -> list[str]:
    marks = Marks().of(reservations(site.tree, p) for p in steps)
    return _kinds([mark for mark in marks if mark.kind != left_out])


def _kinds(marks: Sequence[Mark]) -> list[str]:
    """Return what each kind of mark is called, each once."""
    return [t(f"matrix.{kind}") for kind in dict.fromkeys(mark.kind for mark in marks)]
