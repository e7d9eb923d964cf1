"""Addresses: where a page is, how answers stand in a fragment, and the mail link to report a step with."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from generator.locale import listed, t
from generator.model import Gap, Role, Tree
from generator.routine.steps import PlacedStep

FOLDERS = {
    "nodes": "fraga",
    "situations": "situation",
    "gaps": "lucka",
    "units": "enhet",
    "actions": "atgard",
    "source": "avsnitt",
}


def page_of(tree: Tree, id: str, *kinds: str) -> str:
    """Return the page of a node, situation, gap, unit, action or section, from the root."""
    kind = next(k for k in kinds or FOLDERS if id in tree.ids(k))
    if kind == "nodes" and id == tree.routine.start:
        return "index.html"
    if kind == "gaps" and tree.get(id, Gap).facts is None:
        return f"luckor.html#{id}"
    if kind == "source":
        return f"{FOLDERS[kind]}/{tree.get(id, kind).page_id}.html"
    return f"{FOLDERS[kind]}/{id}.html"


def fragment(facts: Mapping[str, str]) -> str:
    """Return facts as a URL fragment, ``fact=value&…``; ids are slugs and need no escaping."""
    return "&".join(f"{fact}={value}" for fact, value in facts.items())


def report_link(tree: Tree, placed: PlacedStep) -> str:
    """Return the mail link with which a reader says that a step is wrong."""
    subject, body = report(tree, placed)
    return (
        f"mailto:{tree.routine.contact or ''}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    )


def report(tree: Tree, placed: PlacedStep) -> tuple[str, str]:
    """Return the subject and the body of a letter that says that a step is wrong."""
    routine = tree.routine
    owners = listed([tree.get(id, Role).name for id in routine.owners])
    values = {
        "step": placed.id,
        "version": routine.version,
        "page": f"{page_of(tree, placed.situation.id, 'situations')}#{placed.step.key}",
        "to": t("report.contact" if routine.contact else "report.no-contact", owners=owners),
    }
    return t("report.subject", **values), t("report.body", **values)
