"""Addresses: where a page is, how answers stand in a fragment, and the mail link to report a page with."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from generator.locale import listed, t
from generator.model import Gap, Role, Section, Situation, Tree

EARLIER = "foregaende/"  # the folder of the pages of the version in force till the one that comes
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
        return f"{FOLDERS[kind]}/{tree.get(id, Section).page_id}.html"
    return f"{FOLDERS[kind]}/{id}.html"


def known_page(tree: Tree, kind: str, id: str) -> str:
    """Return the page of a node, a question's being where it is asked; nothing if this tree has none."""
    if kind == "questions":
        asked = (str(node.id) for node in tree.nodes if node.ask == id)
        return known_page(tree, "nodes", next(asked, ""))
    if (
        kind not in FOLDERS
        or id not in tree.ids(kind)
        or (kind == "source" and not tree.get(id, Section).page_id)
    ):
        return ""
    return page_of(tree, id, kind)


def all_known(tree: Tree) -> set[str]:
    """Return the page of every node that has one."""
    return {page for kind in FOLDERS for id in tree.ids(kind) if (page := known_page(tree, kind, id))}


def fragment(facts: Mapping[str, str]) -> str:
    """Return facts as a URL fragment, ``fact=value&…``; ids are slugs and need no escaping."""
    return "&".join(f"{fact}={value}" for fact, value in facts.items())


def report_link(tree: Tree, situation: Situation) -> str:
    """Return the mail link with which a reader says that something on a situation's page is wrong."""
    subject, body = letter(tree, situation)
    return (
        f"mailto:{tree.routine.contact or ''}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    )


def letter(tree: Tree, situation: Situation) -> tuple[str, str]:
    """Return the subject and the body of a letter that says so; a script adds which step it is about."""
    routine = tree.routine
    owners = listed([str(tree.get(id, Role).name) for id in routine.owners] or [t("report.somebody")])
    values = {
        "situation": situation.id,
        "title": situation.title,
        "version": routine.version,
        "page": page_of(tree, situation.id, "situations"),
        "to": t("report.contact" if routine.contact else "report.no-contact", owners=owners),
    }
    return t("report.subject", **values), t("report.body", **values)
