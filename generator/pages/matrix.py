"""The matrix: who does what in every situation, and a mark in the cell for all that qualifies it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.locale import capitalized, listed, t, uncapitalized
from generator.model import Action, Column, Frame, Gap, Section, Situation, Text, Tree
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine.beside import unclear_beside_all
from generator.routine.following import follows_on
from generator.routine.outcomes import goes_on_to
from generator.routine.reservations import Reservation, Reservations, left_out, reservations, reservations_on
from generator.routine.steps import PlacedStep, collective_steps, placed_steps, urgent_steps, who_act
from generator.routine.wording import names

# What each kind of mark stands under, in this order.
HEADINGS = {
    "condition": "matrix.conditions",
    "frame": "matrix.frames",
    "note": "matrix.notes",
    "gap": "matrix.gaps",
}


@dataclass(frozen=True)
class Mark:
    """A reservation under the matrix: its kind, its number there, and what it is."""

    kind: str
    number: int
    about: Reservation

    @property
    def id(self) -> str:
        """Where it stands on the page."""
        return f"om-{t(f'matrix.{self.kind}')}-{self.number}"

    @property
    def label(self) -> str:
        """What a cell says of it: a frame by its title, all else by its number."""
        if isinstance(self.about, Frame):
            return str(self.about.title)
        return self.short

    @property
    def short(self) -> str:
        """Its kind and number, for where there is no room for more."""
        return f"{t(f'matrix.{self.kind}')} {self.number}"


class Marks:
    """The marks of a matrix, numbered within their kind in the order in which they are met."""

    def __init__(self) -> None:
        self.of_kind: dict[str, dict[str, Mark]] = {kind: {} for kind in HEADINGS}

    def of(self, qualifying: Iterable[Reservations]) -> list[Mark]:
        """Return the marks of several reservations together, each once, by kind."""
        met = [self._mark(kind, about) for each in qualifying for kind, about in each.each()]
        kinds = list(self.of_kind)
        return sorted({mark.id: mark for mark in met}.values(), key=lambda m: (kinds.index(m.kind), m.number))

    def _mark(self, kind: str, about: Reservation) -> Mark:
        known = self.of_kind[kind]
        key = str(about if isinstance(about, Text) else about.id)
        return known.setdefault(key, Mark(kind, len(known) + 1, about))


@dataclass(frozen=True)
class Pointer:
    """Where else the routine says what a cell asks: a text and a link."""

    text: str
    href: str


@dataclass(frozen=True)
class Said:
    """What steps that are qualified alike say in a cell.

    Ids of units and parties, how if not as usual, marks, and the conditions of the steps that these follow on
    (``before``).
    """

    ids: Sequence[str]
    how: str
    marks: Sequence[Mark]
    before: Sequence[Mark]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell.

    Either steps say it here, each with its own marks (``said``), and whose it is; or it is said elsewhere
    (``elsewhere``), or unclear (``unclear``), or not said at all (nothing).
    """

    said: Sequence[Said] = ()
    concerns: Sequence[str] = ()
    unclear: Sequence[Mark] = ()
    elsewhere: Sequence[Pointer] = ()


@dataclass(frozen=True)
class Row:
    """A situation's row in the matrix, with the marks of the situation itself and of what no cell shows.

    ``also`` is what else there is to say of all of it: how it goes on, and what is to be done at once.
    """

    situation: Situation
    also: list[str]
    marks: list[Mark]
    cells: list[Cell]


@dataclass(frozen=True)
class Band:
    """Rows of the matrix that stand under one heading of the document."""

    section: Section
    rows: list[Row]


@dataclass(frozen=True)
class Matrix:
    """All rows, and kind → all marks in them."""

    bands: list[Band]
    legend: dict[str, list[Mark]]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of the matrix."""
    beside = unclear_beside_all(site.tree)
    context = {"matrix": matrix(site), "headings": HEADINGS, "beside_steps": beside}
    yield Page("matris", t("site.matrix"), "matrix.html.jinja", context, needs=("folds",))


def matrix(site: Site) -> Matrix:
    """Return the matrix of all situations, under the document's headings."""
    bands: dict[str, Band] = {}
    marks = Marks()
    for situation in site.tree.situations:
        above = site.heading_path(site.tree.get(situation.source, Section))
        band = above[1] if len(above) > 1 else above[0]
        own = marks.of(_beside(site.tree, situation))
        cells = [cell_of(site, situation, column, marks) for column in site.tree.matrix]
        row = Row(situation, list(_also(site, situation)), own, cells)
        bands.setdefault(band.id, Band(band, [])).rows.append(row)
    legend = {kind: list(known.values()) for kind, known in marks.of_kind.items() if known}
    return Matrix(list(bands.values()), legend)


def _also(site: Site, situation: Situation) -> Iterator[str]:
    if situation.text:
        yield str(situation.text)
    if situation.as_in:
        yield f"{t('site.own-steps')}."
    if situation.continues:
        yield str(situation.continues.text)
    at_once, besides = urgent_steps(site.tree, situation)
    if at_once:
        who = capitalized(names(site.tree, who_act(at_once)))
        yield t("matrix.at-once", who=who, what=labels_of(site.tree, at_once))
    if besides:
        yield t("matrix.besides", what=labels_of(site.tree, besides))
    yield from (text for text, _ in deadlines_of(site.tree, situation))


def labels_of(tree: Tree, steps: Sequence[PlacedStep]) -> str:
    """Return what steps are called, as one text."""
    return labels(tree.get(p.step.action, Action) for p in steps)


def labels(actions: Iterable[Action]) -> str:
    """Return what actions are called, as one text."""
    return capitalized(listed([uncapitalized(action.label) for action in actions]))


def deadlines_of(tree: Tree, situation: Situation) -> Iterator[tuple[str, Sequence[PlacedStep]]]:
    """Yield each deadline with what it is for, and the steps that have it, in their order."""
    found: dict[str, list[PlacedStep]] = {}
    for placed in (p for p in placed_steps(tree, situation) if p.within):
        found.setdefault(placed.within, []).append(placed)
    for within, steps in found.items():
        yield f"{capitalized(within)}: {labels_of(tree, steps)}", steps


def cell_of(site: Site, situation: Situation, column: Column, marks: Marks) -> Cell:
    """Return what a column says of a situation."""
    tree = site.tree
    steps = in_column(tree, situation, column)
    if not steps:
        elsewhere = _elsewhere(site, situation, column)
        unclear = () if elsewhere else _unclear(tree, situation, column)
        return Cell(elsewhere=elsewhere, unclear=marks.of([Reservations(None, (), None, unclear)]))
    said = _alike([_said(tree, placed, column, marks) for placed in steps])
    ids = {id for each in said for id in each.ids}
    units = [str(unit.id) for unit in tree.units]
    named = [id for id in units if id in ids]
    for_all = any(p in collective_steps(tree, situation) for p in steps)
    return Cell(said, named if named and not for_all else units)


def _said(tree: Tree, placed: PlacedStep, column: Column, marks: Marks) -> Said:
    picks = {"to": ("to",), "who": ("who",), "who-and-with": ("who", "with_")}[column.shows]
    own = marks.of([reservations(tree, placed)])
    before = marks.of(_conditions(follows_on(tree, placed)))
    return Said(
        list(dict.fromkeys(str(id) for name in picks for id in getattr(placed.step, name))),
        tree.get(placed.step.action, Action).short or "",
        own,
        [mark for mark in before if mark not in own],
    )


def _alike(each: Sequence[Said]) -> list[Said]:
    """Return as one what is said in the same way and qualified alike: no mark of one step is another's."""
    found: dict[object, Said] = {}
    for said in each:
        key = (said.how, *(mark.id for mark in said.marks), "", *(mark.id for mark in said.before))
        before = found.get(key)
        ids = list(dict.fromkeys((*(before.ids if before else ()), *said.ids)))
        found[key] = replace(said, ids=ids)
    return list(found.values())


def _conditions(steps: Iterable[PlacedStep]) -> Iterator[Reservations]:
    yield from (Reservations(placed.condition, (), None, ()) for placed in steps)


def in_column(tree: Tree, situation: Situation, column: Column) -> list[PlacedStep]:
    """Return the steps that a column shows."""
    return [p for p in placed_steps(tree, situation) if p.step.action in column.actions]


def _beside(tree: Tree, situation: Situation) -> Iterator[Reservations]:
    """Yield what qualifies the whole situation, what is done at once, and what no column shows is unclear."""
    yield reservations_on(tree, situation)
    yield from (reservations(tree, placed) for steps in urgent_steps(tree, situation) for placed in steps)
    shown = {action for column in tree.matrix for action in column.actions}
    for placed in placed_steps(tree, situation):
        if placed.step.action not in shown:
            yield Reservations(None, (), None, reservations(tree, placed).gaps)


def _unclear(tree: Tree, situation: Situation, column: Column) -> tuple[Gap, ...]:
    """Return the gaps on the situation that are about what the column asks, or on what it leaves out."""
    asked = {placed.id for other in tree.situations for placed in in_column(tree, other, column)}
    about = [gap for gap in reservations_on(tree, situation).gaps if not asked.isdisjoint(gap.concerns)]
    lacking = [each for id in column.actions for each in left_out(tree, tree.get(id, Action))]
    about += [gap for where, gaps in lacking if where is situation for gap in gaps]
    return tuple(gap for gap in tree.gaps if gap in about)


def _elsewhere(site: Site, situation: Situation, column: Column) -> list[Pointer]:
    """Return where the same case is told what the situation does not say: before it, or when it goes on."""
    tree = site.tree
    onward = [there for here, there in goes_on_to(tree) if here == situation.id]
    before = [here for here, there in goes_on_to(tree) if there == situation.id]
    found = []
    if situation.continues and any(in_column(tree, tree.get(id, Situation), column) for id in onward):
        as_ = "; ".join(values for _, _, values in site.values_of(situation.continues.as_))
        href = site.page_of(situation.continues.node, "nodes")
        found.append(Pointer(t("matrix.onward", facts=as_), href))
    for other in (tree.get(id, Situation) for id in before):
        if steps := in_column(tree, other, column):
            href = f"{site.page_of(other.id, 'situations')}#{steps[0].step.key}"
            found.append(Pointer(t("matrix.elsewhere", situation=other.title), href))
    return found
