"""What every report of changes is made of, as plain data: sections of groups of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from generator.locale import capitalized, t
from generator.model import Node, Section, Situation, Tree
from generator.model.declared import each_of
from generator.pages.addresses import known_page
from generator.pages.site import Site

Data = dict[str, Any]


def section(
    heading: str, lead: str, groups: Iterable[Data], unit: str = "", *, named: bool = False
) -> list[Data]:
    """Return a section, of a unit or of none, with the groups that hold something, or none.

    In one whose items are only ``named``, paper has no room for what they were and are.
    """
    kept = [one for one in groups if one["items"]]
    return [{"heading": heading, "lead": lead, "unit": unit, "groups": kept, "named": named}] if kept else []


def group(title: str, items: list[Data], href: str = "") -> Data:
    """Return items under a title."""
    return {"title": title, "href": href, "items": items}


def plain_item(label: str, before: str, after: str) -> Data:
    """Return an item that says no more than what was and is; what reads the same is said once."""
    before = "" if before == after else before
    empty = {"count": "", "about": "", "cite": "", "units": [], "more": [], **situated([])}
    return {"label": label, "before": before, "after": after, **empty}


def situated(places: Sequence[Data]) -> Data:
    """Return the situations of an item, and what stands before them."""
    label = t("changes.where" if places[1:] else "changes.where-one") if places else ""
    return {"where": list(places), "where_label": label}


def page_in(sites: Sequence[Site], kind: str, id: str) -> str:
    """Return the page of a node in the first site that has it."""
    return next((page for site in sites if (page := known_page(site.tree, kind, id))), "")


def kind_and_name(kind: str, name: str) -> str:
    """Return what a node is called, with its kind."""
    return t("changes.node", kind=capitalized(t(f"kinds.{kind}")), name=name).rstrip(": ")


def sentence_and(text: str, more: str) -> str:
    """Return a text with another after it; a question keeps its own mark."""
    return f"{text} {more}" if text.endswith(("?", "!", ".")) else f"{text}. {more}"


def told_apart(tree: Tree, labels: Sequence[str], nodes: Sequence[Node | None]) -> list[str]:
    """Return labels, with the heading that its node stands under where two are the same."""
    times, told = Counter(labels), []
    for label, node in zip(labels, nodes, strict=True):
        heading = _heading_above(tree, node) if times[label] > 1 else ""
        told.append(f"{label} ({heading})" if heading else label)
    return told


def _heading_above(tree: Tree, node: Node | None) -> str:
    if isinstance(node, Section):
        id = node.parent
    elif isinstance(node, Situation):
        id = node.source
    else:
        id = next((one.section for one in each_of(getattr(node, "cite", None))), None)
    return str(tree.get(id, Section).heading) if id in tree.ids("source") else ""
