"""The map: the whole tree on one page, as a picture and as a table that says the same.

A tree too large to draw has the table alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.locale import t
from generator.model import Ask, Question
from generator.pages.map.picture import answer, answers_before, edges, kind_of, picture, title_of
from generator.pages.page import Page
from generator.pages.site import Site

# Nobody finds their way in a larger picture.
MOST = 500  # questions, situations and gaps


@dataclass(frozen=True)
class Leads:
    """A row of the table: an answer, and the place that it leads to."""

    answer: str
    to: str
    kind: str
    title: str
    href: str


@dataclass(frozen=True)
class Band:
    """The rows of the table for one place, and the answers that lead there."""

    place: str
    kind: str
    title: str
    href: str
    answers: str
    rows: list[Leads]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of the map."""
    tree = site.tree
    counts = {"questions": len(tree.nodes), "situations": len(tree.situations), "gaps": len(tree.end_gaps)}
    drawn = picture(site) if sum(counts.values()) <= MOST else None
    unwritten = [str(end.id) for end in tree.unwritten]
    context = {"picture": drawn, "bands": bands(site), "counts": counts, "unwritten": unwritten}
    needs = ("pictures", "folds") if drawn else ()
    yield Page("karta", t("map.title"), "map.html.jinja", context, needs, search_weight=0.5)


def bands(site: Site) -> list[Band]:
    """Return the same as a table: every place that leads on, in the tree's order."""
    places = [str(p.id) for p in (*site.tree.nodes, *site.tree.situations) if edges(site, str(p.id))]
    return [_band(site, id) for id in places]


def _band(site: Site, id: str) -> Band:
    labels = {edge.row: edge.answer for edge in edges(site, id)}
    if id in site.tree.ids("nodes"):
        node = site.tree.get(id, Ask)
        options = site.tree.get(node.ask, Question).options
        labels = {n: answer(node, o, str(o.label)) for n, o in enumerate(options, start=1)}
    rows = [_leads(site, labels[edge.row], edge.to) for edge in edges(site, id)]
    href = site.page_of(id, "nodes", "situations", "gaps")
    return Band(id, kind_of(site, id), title_of(site, id), href, answers_before(site, id), rows)


def _leads(site: Site, answer: str, to: str) -> Leads:
    kind = kind_of(site, to)
    # A question's own rows stand in this table, and its page is linked from there.
    href = f"#rad-{to}" if kind == "question" else site.page_of(to, "situations", "gaps")
    return Leads(answer, to, kind, title_of(site, to), href)
