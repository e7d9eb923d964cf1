"""What is new is told as readers know it."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.diff.compare import compare
from generator.diff.history import history
from generator.locale import t
from generator.model import Approval, Revision, Text, Tree
from generator.pages.changes import as_text, report
from generator.pages.meeting import meeting_html
from tests.conftest import REAL


def test_what_is_new_is_told_by_names_and_not_by_ids(tree: Tree) -> None:
    kept = {path.stem: path.read_text("utf-8") for path in (REAL.parent / "versions").glob("*.yaml")}
    compared = [revised.difference for revised in history(tree, kept) if revised.difference]
    words = {word for one in compared for word in re.split(r"[\s,;:/()]+", as_text(report(one)))}
    nodes = (*tree.nodes, *tree.gaps, *tree.situations, *tree.actions, *tree.roles, *tree.documents)
    ids = {str(node.id) for node in nodes} | {str(duty.id) for unit in tree.units for duty in unit.duties}
    assert words & ({id for id in ids if "-" in id} | {str(force.id) for force in tree.forces}) == set()
    assert len(compared) > 1
    assert len(words) > 1000


def test_what_holds_or_not_is_told_so(tree: Tree) -> None:
    turned = tuple(replace(one, urgent=not one.urgent) for one in tree.conditions)
    told = as_text(report(compare(tree, replace(tree, conditions=turned))))
    assert {t("lines.yes"), t("lines.no")} <= set(re.findall(r"\w+", told))
    assert not re.search("True|False", told)


def decided(tree: Tree, approved: Approval | None, version: str = "2030-01-02.1") -> Tree:
    """Return the tree as a new version with a weaker duty, approved or not."""
    first, *rest = tree.situations
    weaker = replace(first, steps=(replace(first.steps[0], force=Text("may")), *first.steps[1:]))
    revision = Revision(version=Text(version), date=Text("2030-01-02"), note=Text("Ny."), approved=approved)
    routine = replace(tree.routine, version=Text(version))
    return replace(tree, situations=(weaker, *rest), routine=routine, revisions=(revision, *tree.revisions))


def test_who_has_approved_a_version_is_said_before_anything_else(tree: Tree) -> None:
    approval = Approval(by=Text("Mötet"), on=Text("2029-12-01"))
    yes, no = "Godkänd av Mötet den 2029-12-01.", "Inte godkänd än: ett förslag."
    # What changed under the name of a version that was approved is not what was approved.
    same = decided(tree, approval, str(tree.routine.version))
    for after, told in ((decided(tree, approval), yes), (decided(tree, None), no), (same, no)):
        data = report(compare(tree, after))
        assert as_text(data).splitlines()[:2] == [data["title"], told]
        page = re.sub(r"<[^>]+>|\s+", " ", meeting_html(data).partition("<h1>")[2])
        assert " ".join(page.split()).startswith(f"{data['title']} {told}")
