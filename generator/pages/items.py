"""What every report of changes is made of, as plain data: sections of groups of items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.locale import capitalized, t
from generator.pages.addresses import known_page
from generator.pages.site import Site

Data = dict[str, Any]


def filled(heading: str, lead: str, groups: Iterable[Data]) -> list[Data]:
    """Return a section of the groups that hold something, or none."""
    kept = [one for one in groups if one["items"]]
    return [section(heading, lead, kept)] if kept else []


def section(heading: str, lead: str, groups: list[Data], unit: Data | None = None) -> Data:
    """Return a section, of a unit or of none."""
    return {"heading": heading, "lead": lead, "unit": unit, "groups": groups}


def group(title: str, items: list[Data], href: str = "") -> Data:
    """Return items under a title."""
    return {"title": title, "href": href, "items": items}


def plain(label: str, before: str, after: str) -> Data:
    """Return an item that says no more than what was and is; what reads the same is said once."""
    before = "" if before == after else before
    empty = {"count": "", "about": "", "cite": "", "units": [], "where": [], "more": [], "follows": []}
    return {"label": label, "before": before, "after": after, **empty}


def page_of(sites: Sequence[Site], kind: str, id: str) -> str:
    """Return the page of a node in the first site that has it."""
    return next((page for site in sites if (page := known_page(site.tree, kind, id))), "")


def kind_and_name(kind: str, name: str) -> str:
    """Return what a node is called, with its kind."""
    return t("changes.node", kind=capitalized(t(f"kinds.{kind}")), name=name).rstrip(": ")
