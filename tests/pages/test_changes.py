"""What is new is told as readers know it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from generator.diff.compare import compare
from generator.diff.history import Revised, history
from generator.locale import t
from generator.model import Action, Approval, Deadline, Revision, Text, Tree
from generator.pages.rendering import body_of
from generator.pages.report.changes import as_text, pages, report
from generator.pages.report.meeting import meeting_html
from generator.pages.site import Site
from generator.reading.parse import parse
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


WAY = "- {label: Titta efter, actions: [trosta]}"


def test_only_what_differs_in_a_way_to_try_is_told(tiny_text: str) -> None:
    assert tiny_text.count(WAY) == 1
    short = WAY.replace("Titta efter", "Titta")  # its actions are the most that it says
    one, two = (tiny_text.replace(WAY, way) for way in (short, short.replace("trosta]", "trosta, rengora]")))
    before, after = parse(one).tree, parse(two).tree
    assert before
    assert after
    difference = compare(before, after)
    assert difference.wordings == ()
    (item,) = items(report(difference))
    assert item["label"].startswith("Titta – ")
    assert item["after"].startswith(f"{item['before']}; ")


def test_nothing_is_told_that_reads_the_same_before_and_after(tiny: Tree) -> None:
    """Another action of the same name."""
    copied = replace(tiny.actions[0], id=Text("kopia"))
    first, *rest = tiny.situations
    step = replace(first.steps[0], action=copied.id)
    after = replace(
        tiny,
        actions=(*tiny.actions, copied),
        situations=(replace(first, steps=(step, *first.steps[1:])), *rest),
        matrix=tuple(replace(c, actions=tuple(copied.id for _ in c.actions)) for c in tiny.matrix),
    )
    told = items(report(compare(tiny, after)))
    assert len(told) > 1
    assert [item for item in told if item["before"] and item["before"] == item["after"]] == []
    assert any("samma namn" in item["label"] for item in told)


def items(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every item of a report."""
    groups = [group for section in data["sections"] for group in section["groups"]]
    return [*data["decisions"], *(item for group in groups for item in group["items"])]


def test_a_duty_with_another_action_is_one_change(tree: Tree) -> None:
    """A force that stands elsewhere in the sentence takes an action of its own."""
    first, *rest = tree.situations
    step = next(s for s in first.steps if s.force == "advised")
    copied = replace(tree.get(step.action, Action), id=Text("kopia"))
    other = replace(step, action=copied.id, force=Text("should"))
    changed = replace(first, steps=tuple(other if s is step else s for s in first.steps))
    after = replace(tree, situations=(changed, *rest), actions=(*tree.actions, copied))
    (item,) = report(compare(tree, after))["decisions"]
    assert item["label"] == f"{copied.label} – styrka: ”Bra att” blir ”Bör”"
    assert "nytt för enheten" not in item["about"]
    called = replace(after, actions=(*tree.actions, replace(copied, label=Text("Ringa upp"))))
    (item,) = report(compare(tree, called))["decisions"]
    assert (
        item["label"] == f"Ringa upp – vad: ”{copied.label}” blir ”Ringa upp”; styrka: ”Bra att” blir ”Bör”"
    )


def test_what_changes_for_each_unit_stands_in_a_line_below_the_verdict(tree: Tree, real_text: str) -> None:
    difference = compare(tree, decided(tree, None))
    site = Site.of(tree, real_text)
    data = report(difference, site)
    units = [(unit["id"], unit["told"]) for unit in data["units"]]
    assert [id for id, _ in units] == [str(unit.id) for unit in tree.units]
    assert [section for section in data["sections"] if not section["groups"]] == []
    (page,) = pages(site, [Revised(tree.revisions[0], difference)])
    for html in (meeting_html(data), body_of(site, page)):
        _, _, below = html.partition(f"<strong>{data['verdict']}</strong>")
        assert re.findall(r'<li data-for="(.*?)">(För .*?)</li>', below) == units
    _, _, below = as_text(data).partition(data["verdict"])
    assert below.split("\n")[1:4] == [told for _, told in units]


def test_what_is_taken_away_and_what_is_new_is_told_so(tree: Tree) -> None:
    purpose, condition = tree.purposes[0], tree.conditions[1]
    within = Deadline(count=10, of=Text("working-days"), from_=Text("beslutet"))
    deadline = "”inom 10 arbetsdagar från beslutet”"
    for fields, comes, goes in (
        ({"purpose": purpose.id}, f"nytt syfte: ”{purpose.label}”", f"syftet ”{purpose.label}” tas bort"),
        (
            {"when": condition.id},
            f"nytt villkor: ”{condition.text}”",
            f"villkoret ”{condition.text}” tas bort",
        ),
        ({"within": within}, f"ny tid: {deadline}", f"tiden {deadline} tas bort"),
    ):
        other = changed(tree, **fields)
        for sides, told in (((tree, other), comes), ((other, tree), goes)):
            labels = {item["label"] for item in report(compare(*sides))["decisions"]}
            assert labels == {f"Komma överens om vem som tar kontakt – {told}"}


def changed(tree: Tree, action: str = "komma-overens", **fields: Any) -> Tree:
    """Return the tree with other fields of a step of each situation that has one without them."""
    situations = tuple(
        replace(
            s, steps=tuple(replace(step, **fields) if step.action == action else step for step in s.steps)
        )
        for s in tree.situations
    )
    return replace(tree, situations=situations)


def test_nobody_at_the_meeting_is_spoken_to(tree: Tree) -> None:
    """The routine's steps for "ni" are told of the units, wherever the report tells of a step."""
    (first, *_) = (s for s in tree.situations if any(step.who == ("ni",) for step in s.steps))
    copied = replace(tree, situations=(*tree.situations, replace(first, id=Text("kopia"))))
    others, named = changed(tree, force=Text("should")), changed(tree, who=(Text("vuxen"),))
    for after in (copied, others, named):
        for data in (report(compare(tree, after)), report(compare(after, tree))):
            told = as_text(data)
            assert "nheterna" in told
            assert re.findall(r"\b[Nn]i\b", told) == []
    assert "Nu: Enheterna i ärendet bör komma överens" in as_text(report(compare(tree, others)))
    assert "vem: enheterna i ärendet utgår" in as_text(report(compare(tree, named)))


def test_the_day_that_a_version_holds_from_is_told_once(tree: Tree, real_text: str) -> None:
    old = str(tree.routine.valid_from)
    later = replace(tree, routine=replace(tree.routine, valid_from=Text("2099-01-01")))
    told = as_text(report(compare(tree, later)))
    assert told.count("2099-01-01") == 1
    assert old not in told
    assert old in as_text(report(compare(later, tree)))  # an earlier day is no day to wait for
    site = Site.of(later, real_text)
    (page,) = pages(site, [Revised(tree.revisions[0], compare(tree, later))])
    assert "Gäller från och med 2099-01-01." in body_of(site, page)


def test_each_version_of_the_log_says_who_has_approved_it_or_that_nobody_has(
    tree: Tree, real_text: str
) -> None:
    site = Site.of(tree, real_text)
    approval = Approval(by=Text("Mötet"), on=Text("2029-12-01"))
    log = [replace(tree.revisions[0], approved=one) for one in (approval, None)]
    (page,) = pages(site, [Revised(one, None) for one in log])
    first, second = body_of(site, page).split("<section")[1:]
    nobody = "Det är inte antecknat att någon har godkänt versionen."
    assert ("Godkänd av Mötet den 2029-12-01." in first, nobody in first) == (True, False)
    assert ("Godkänd av" in second, nobody in second) == (False, True)
