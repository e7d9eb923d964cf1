"""Pages to practise on: the invented cases, what happens next, what is new; and the booklet for a mentor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.diff.history import Revised
from generator.exercises import case_round, changed, most_like, situation_rounds
from generator.locale import t
from generator.model import Ask, Example, Gap, Question, Section, Situation
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine.cases import End, case_of, settled, walk
from generator.routine.steps import units_of


@dataclass(frozen=True)
class Listed:
    """A case in the index: where its page is, and the units that its steps name."""

    example: Example
    path: str
    units: list[str]


@dataclass
class Shelf:
    """A part of the document, and the cases that are about it."""

    section: Section
    cases: list[Listed] = field(default_factory=list)


def pages(site: Site, revised: Sequence[Revised]) -> Iterator[Page]:
    """Yield the index, a page per case, the questions on what happens next, and those that are new."""
    tree = site.tree
    shared = {
        "place_of": lambda place: place_of(site, place),
        "title_of": lambda place: title_of(site, place),
    }
    difference = revised[0].difference if revised else None
    new = changed(difference.before, tree) if difference else None
    has_new = new is not None and not new.empty
    context = {**shared, "shelves": shelves(site), "has_new": has_new}
    yield Page("ova", t("practice.title"), "practice_index.html.jinja", context, needs=("practice",))
    rounds = [case_round(tree, example) for example in tree.examples]
    for number, one in enumerate(rounds):
        after = rounds[number + 1].example if number + 1 < len(rounds) else None
        context = {**shared, "round": one, "after": after}
        title = t("practice.case-title", title=one.example.title)
        yield _page(path_of(one.example), title, "practice_case.html.jinja", context)
    context = {**shared, "rounds": situation_rounds(tree)}
    yield _page("ova/vad-hander-sen", t("practice.next-title"), "practice_next.html.jinja", context)
    context = {**shared, "new": new, "revised": revised}
    yield _page("ova/nytt", t("practice.new-title"), "practice_new.html.jinja", context)


def _page(path: str, title: str, template: str, context: dict[str, Any]) -> Page:
    # Whoever searches for the routine must never land in an invented case.
    return Page(path, title, template, context, needs=("practice",), search_weight=0)


def path_of(example: Example) -> str:
    """Return a case's page without its ending; in a folder of its own, so that no id can clash."""
    return f"ova/fall/{example.id}"


def place_of(site: Site, place: str) -> str:
    """Return the address of what an answer rests on, from the root."""
    node, _, step = place.partition("/")
    page = site.page_of(node, "nodes", "situations", "gaps")
    return f"{page}#{step}" if step else page


def title_of(site: Site, place: str) -> str:
    """Return what such a place is called."""
    node = site.tree.get(place.partition("/")[0], Ask, Situation, Gap)
    if isinstance(node, Ask):
        return t("practice.place-question", title=site.tree.get(node.ask, Question).text)
    return t("practice.place-gap" if isinstance(node, Gap) else "practice.place", title=node.title)


def shelves(site: Site) -> list[Shelf]:
    """Return the cases under the part of the document that they are about, in its order."""
    found: dict[str, Shelf] = {}
    for example in site.tree.examples:
        ends = [site.tree.get(id, Situation, Gap) for id in example.leads_to]
        section = _section(site, example)
        found.setdefault(section.id, Shelf(section)).cases.append(
            Listed(example, path_of(example), _units(site, ends))
        )
    return [found[section.id] for section in site.tree.source if section.id in found]


def _section(site: Site, example: Example) -> Section:
    """Return the chapter of the situation that the case is most like; where it ends would tell the answer."""
    way = walk(site.tree, case_of(site.tree, example))
    case = {**settled(way.answers), **way.facts}  # what is asked first weighs most
    nearest = most_like(site.tree, case)
    return site.chapter_of(nearest.source) or site.tree.get(nearest.source, Section)


def _units(site: Site, ends: Sequence[End]) -> list[str]:
    situations = [end for end in ends if isinstance(end, Situation)]
    named = {str(unit.id) for situation in situations for unit in units_of(site.tree, situation)}
    return [str(u.id) for u in site.tree.units if u.id in named or len(situations) < len(ends)]
