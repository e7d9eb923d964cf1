"""What changes between two versions: counted a second time here, over the cases themselves."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from generator.diff.compare import compare
from generator.diff.decisions import decisions
from generator.diff.history import comparable
from generator.model import Statement, Text, Topic, Tree
from generator.pages.report.changes import as_text, report
from generator.pages.report.meeting import meeting_html
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.meeting import meeting_document
from generator.reading.parse import parse
from generator.routine.cases import Walk, go_on, walk
from generator.routine.steps import concerns, placed_steps
from tests import hostile, tiers
from tests.conftest import checked
from tests.every_case import all_cases
from tests.playground import TREE as PLAYGROUND


def changed(text: str, *changes: tuple[str, str]) -> Tree:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return checked(text)


def sections(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {section["heading"]: section for section in data["sections"]}


def test_the_same_tree_has_not_changed(tree: Tree, real_text: str) -> None:
    difference = compare(tree, checked(real_text))
    assert difference.empty
    assert not difference.of_duty
    assert "Inget skiljer." in as_text(report(difference))


def _units(data: dict[str, Any]) -> list[str]:
    return [unit["told"] for unit in data["units"]]


def with_force(tree: Tree, situation: str, key: str, force: str) -> Tree:
    """Return the tree with another force at one step."""
    situations = tuple(
        replace(
            s,
            steps=tuple(replace(step, force=Text(force)) if step.key == key else step for step in s.steps),
        )
        if s.id == situation
        else s
        for s in tree.situations
    )
    return replace(tree, situations=situations)


def test_a_changed_step_is_told_once_for_its_units_and_every_situation_that_takes_it(tree: Tree) -> None:
    fitting = {
        "must": "should",
        "should": "may",
        "may": "must",
        "advised": "important",
        "important": "advised",
    }
    tried = 0
    for situation in tree.situations:
        for step in situation.steps[::3]:
            if step.force not in fitting:
                continue
            tried += 1
            after = with_force(tree, situation.id, step.key, fitting[step.force])
            difference = compare(tree, after)
            (told,) = decisions(difference)
            assert told.change.aspects == ("force",)
            assert list(told.units) == concerns(tree, step)
            assert {s.id for s in told.situations} == taking(tree, situation.id, step.key)
            assert difference.of_duty
    assert tried > 20


def situations_of(tree: Tree, case: dict[str, str]) -> list[str]:
    ways = [walk(tree, case), go_on(tree, case)]
    return [way.at for way in ways if way and way.at in tree.ids("situations")]


def taking(tree: Tree, situation: str, key: str) -> set[str]:
    """Return the situations that have a step of one, the one itself among them."""
    others = (s for s in tree.situations if s.same_steps_as == situation)
    return {situation} | {s.id for s in others if key not in s.without}


def test_a_new_step_is_new_for_those_it_names(tiny: Tree, tiny_text: str) -> None:
    step = "      - {action: fylla, id: igen, who: kok, phase: forst, force: must, cite: 1-vatten/1}\n"
    after = changed(tiny_text, ("gaps:\n", f"{step}gaps:\n"))
    data = report(compare(tiny, after))
    assert data["verdict"] == "En skyldighet ändras. Antal enheter som den gäller: 1."
    assert data["decisions"] == [
        {
            "label": "Fylla på – nytt steg (Först)",
            "count": "1.",
            "before": "",
            "after": "Köket ska fylla på vatten.",
            "about": "Berör köket (nytt för enheten).",
            "cite": "Avsnitt 1, Utan vatten, stycke 1, s. 2–3.",
            "units": ["kok"],
            "where": [{"title": "Stopp: inget vatten", "href": ""}],
            "where_label": "Situation:",
            "more": [],
        }
    ]
    assert _units(data) == ["För köket: ändring 1", "För vakten: inget ändras"]


def test_a_step_that_goes_is_told_in_its_own_words(tiny: Tree, tiny_text: str) -> None:
    step = "      - {action: fylla, id: igen, who: kok, phase: forst, force: must, cite: 1-vatten/1}\n"
    before = changed(tiny_text, ("gaps:\n", f"{step}gaps:\n"))
    text = as_text(report(compare(before, tiny)))
    assert "1. Fylla på – steget utgår (Först)\n      Före: Köket ska fylla på vatten." in text


@pytest.mark.parametrize(
    ("change", "aspect"),
    [
        (
            ("        who: kok\n        with: vakt", "        who: vakt\n        with: kok"),
            "vem: vakten tillkommer; vem: köket utgår; med vem: köket tillkommer; med vem: vakten utgår",
        ),
        (("        with: vakt\n", ""), "med vem: vakten utgår"),
        (("        when: tomt\n", ""), "villkoret ”Om behållaren är tom” tas bort"),
    ],
)
def test_each_part_of_a_duty_is_told_apart(
    tiny: Tree, tiny_text: str, change: tuple[str, str], aspect: str
) -> None:
    assert change[0] in tiny_text
    after = comparable(tiny_text.replace(*change, 1))
    assert after
    data = report(compare(tiny, after))
    assert f"Fylla på – {aspect}" in [item["label"] for item in data["decisions"]]


@pytest.mark.parametrize(
    "change",
    [
        ("note: Kallt vatten.", "note: Iskallt vatten."),
        ("text: Om behållaren är tom", "text: Om behållaren är torr"),
        ("tillsammans fylla på", "gemensamt fylla på"),
        ("fylla på vatten {with}", "hälla i vatten {with}"),
        ("text: Rengör maskinen.", "text: Gör ren maskinen."),
        ("text: Vattnet kan vara hett.", "text: Vattnet är ofta hett."),
        ("text: Rutinen nämner bara vatten.", "text: Bara vatten nämns."),
        ("why: Felet avgör stegen.", "why: Stegen beror på felet."),
    ],
)
def test_a_change_of_words_is_no_change_of_duty(tiny: Tree, tiny_text: str, change: tuple[str, str]) -> None:
    difference = compare(tiny, changed(tiny_text, change))
    data = report(difference)
    assert not difference.of_duty
    assert not difference.empty
    assert data["verdict"].startswith("Inga skyldigheter ändras")
    told = [heading.partition(": ")[2] for heading in _units(data)]
    judged = "inga strukturella ändringar; 1 ordalydelse att bedöma"
    # A unit's own duty is nothing to the other unit.
    assert told == [judged, "inget ändras" if "Rengör" in change[0] else judged]
    assert decisions(difference) == []


@pytest.mark.parametrize(
    "change",
    [
        ("        who: kok\n        with: vakt\n", "        who: vakt\n        with: kok\n"),
        ("modal: ska", "modal: bör"),
        ("      - id: rengora\n        force: must", "      - id: rengora\n        force: advised"),
        ("    on: {action: fylla, facts: {fel: vatten}}", "    on: {facts: {fel: vatten}}"),
        ("confirm_with: vakt", "confirm_with: kok"),
        ("text: Om behållaren är tom\n", "text: Om behållaren är tom\n    urgent: true\n"),
        ("          - {label: Titta efter, actions: [trosta]}\n", ""),
    ],
)
def test_whatever_binds_somebody_is_a_change_of_duty(
    tiny: Tree, tiny_text: str, change: tuple[str, str]
) -> None:
    assert compare(tiny, changed(tiny_text, change)).of_duty


def test_a_citation_or_the_documents_data_binds_nobody(tiny: Tree, tiny_text: str) -> None:
    after = changed(tiny_text, ("cite: 1-vatten/1-2", "cite: 1-vatten/1"), ("title: Rutin", "title: Råd"))
    difference = compare(tiny, after)
    assert not difference.of_duty
    assert difference.wordings == ()
    assert {"Hänvisningar", "Uppgifter om dokumentet och webbplatsen"} <= set(sections(report(difference)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("        cite: 1-vatten/1-2\n", "        cite: 1-vatten/1\n"), "Ändrat: ställe i rutinen"),
        (("      - action: fylla\n", "      - action: fylla\n        id: ny\n"), "från ”fylla” till ”ny”"),
    ],
)
def test_a_step_s_citation_or_id_binds_nobody_but_is_told(
    tiny: Tree, tiny_text: str, change: tuple[str, str], told: str
) -> None:
    difference = compare(tiny, changed(tiny_text, change))
    assert not difference.of_duty
    assert not difference.empty
    assert decisions(difference) == []
    [group] = sections(report(difference))["Hänvisningar"]["groups"]
    [item] = group["items"]
    assert told in item["label"]
    assert bool(item["before"]) == ("cite" in change[1])  # what reads the same is said once


def test_no_text_of_the_tree_changes_in_silence() -> None:
    """One of each kind, in the tree that uses every key, save notes on versions and cases to practise on."""
    text = PLAYGROUND.read_text("utf-8")
    before = checked(text)
    places = [
        p for p in hostile.places(hostile.read(text)) if p.free and p.path[0] not in ("revisions", "examples")
    ]
    one_of_each = {(place.owner, place.field): place for place in places}
    silent = set()
    for key, place in one_of_each.items():
        data = hostile.read(text)
        hostile.put(data, place.path, f"{hostile.at(data, place.path)} ändrad")
        after = parse(hostile.written(data)).tree
        assert after is not None
        difference = compare(before, after)
        if difference.empty or "ändrad" not in as_text(report(difference)):
            silent.add(key)
    assert silent == set()


def test_steps_in_another_order_are_a_change_of_duty(tree: Tree) -> None:
    situation = next(s for s in tree.situations if len(s.steps) > 3 and s.steps[0].phase == s.steps[1].phase)
    swapped = replace(situation, steps=(situation.steps[1], situation.steps[0], *situation.steps[2:]))
    after = replace(tree, situations=tuple(swapped if s is situation else s for s in tree.situations))
    difference = compare(tree, after)
    assert difference.of_duty
    reordered = {s.after.id for s in difference.situations if s.after and s.reordered}
    assert reordered == taking(tree, situation.id, situation.steps[0].key)
    assert "Ny ordning" in as_text(report(difference))


def test_cases_that_end_elsewhere_are_counted(tree: Tree) -> None:
    node = next(n for n in tree.nodes if len(set(n.goto.values())) > 1)
    (_, target), (second, _) = list(node.goto.items())[:2]
    turned = replace(node, goto={**node.goto, second: target})
    after = replace(tree, nodes=tuple(turned if n is node else n for n in tree.nodes))
    difference = compare(tree, after)
    moved = [case for case in all_cases(tree) if walk(tree, case).at != walk(after, case).at]
    counted = sum(o.cases for o in difference.outcomes)
    onward = [
        case
        for case in all_cases(tree)
        if case not in moved and getattr(go_on(tree, case), "at", 0) != getattr(go_on(after, case), "at", 0)
    ]
    assert counted == len(moved) + len(onward) > 0
    assert difference.of_duty
    for outcome in difference.outcomes:
        assert walk(after, outcome.example).at == outcome.after[0]


def test_cases_whose_gap_became_a_situation_of_the_same_id_are_told(tree: Tree) -> None:
    gap = next(gap for gap in tree.end_gaps if gap.facts)
    answered = replace(tree.situations[0], id=gap.id, facts=gap.facts or (), title=Text("Besvarad"))
    gaps = tuple(one for one in tree.gaps if one is not gap)
    after = replace(tree, gaps=gaps, situations=(*tree.situations, answered))
    difference = compare(tree, after)
    there = [case for case in all_cases(tree) for way in (walk, go_on) if _at(way(tree, case)) == gap.id]
    told = [one for one in difference.outcomes if gap.id in one.after]
    assert sum(one.cases for one in told) == len(there) > 0
    assert difference.of_duty
    assert "Besvarad" in as_text(report(difference))


def _at(way: Walk | None) -> str:
    return way.at if way else ""


def test_a_new_value_of_a_fact_is_left_out_of_the_count(tiny: Tree, tiny_text: str) -> None:
    after = changed(
        tiny_text, ("{id: nej, label: Nej}", "{id: nej, label: Nej}, {id: kanske, label: Kanske}")
    )
    difference = compare(tiny, after)
    assert difference.cases == 4
    assert difference.of_duty
    assert "Nytt: Kanske" in as_text(report(difference))


def test_a_text_shaped_like_markup_stays_text(tiny: Tree, tiny_text: str) -> None:
    after = changed(
        tiny_text, ("note: Kallt vatten.", "note: '<script>alert(1)</script> {{ 7*7 }} #set text'")
    )
    data = report(compare(tiny, after))
    page = meeting_html(data)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page
    paper = typesetter.typeset_one(meeting_document(data), "2025-09-01")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    assert "<script>alert(1)</script> {{ 7*7 }} #set text" in " ".join(text.split())


def test_text_page_and_paper_say_the_same(tiny: Tree, tiny_text: str) -> None:
    after = changed(
        tiny_text,
        ("        who: kok\n        with: vakt\n", "        who: [kok, vakt]\n"),
        ("note: Kallt", "note: Ljummet"),
    )
    data = report(compare(tiny, after))
    page = meeting_html(data)
    paper = typesetter.typeset_one(meeting_document(data), "2025-09-01")
    printed = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).split())
    terminal = as_text(data)
    items = [item for s in data["sections"] for group in s["groups"] for item in group["items"]]
    assert items
    assert data["decisions"]
    told = [unit["told"] for unit in data["units"]]
    for item in (*data["decisions"], *items):
        told += [*item["more"], item["where_label"], *(place["title"] for place in item["where"])]
        told += [item[part] for part in ("label", "before", "after", "about", "cite")]
    for part in told:
        assert part in terminal
        assert part in page
        assert "".join(part.split()) in printed


def test_the_meeting_page_asks_for_nothing(tiny: Tree) -> None:
    page = meeting_html(report(compare(tiny, tiny)))
    assert "default-src 'none'" in unescape(page)
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_report_is_plain_data_and_the_same_each_time(tree: Tree, real_text: str) -> None:
    after = with_force(tree, str(tree.situations[0].id), tree.situations[0].steps[0].key, "should")
    first, second = (report(compare(tree, after), Site.of(tree, real_text)) for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_on_the_site_a_changed_situation_leads_to_its_page(tree: Tree, real_text: str) -> None:
    situation = tree.situations[0]
    after = with_force(tree, str(situation.id), situation.steps[0].key, "should")
    data = report(compare(tree, after), Site.of(tree, real_text))
    hrefs = {place["href"] for item in data["decisions"] for place in item["where"]}
    assert f"situation/{situation.id}.html" in hrefs


def test_all_of_a_situations_steps_change_when_it_goes(tiny: Tree) -> None:
    (start,) = tiny.nodes
    led = replace(start, goto=dict.fromkeys(start.goto, Text("annat-fel")))
    gone = replace(tiny, situations=(), nodes=(led,))
    difference = compare(tiny, gone)
    (only,) = difference.situations
    assert only.after is None
    assert len(only.changes) == len(placed_steps(tiny, tiny.situations[0]))
    assert "(utgår)" in as_text(report(difference))


UNCLEAR = """\
  - id: hur-mycket
    title: Hur mycket vatten
    text: Rutinen säger inte hur mycket.
    cite: 1-vatten/1
    concerns: [utan-vatten/fylla]
    decided_by: [kaffechef]
"""


@pytest.fixture
def unclear(tiny_text: str) -> Tree:
    """The tiny tree with a gap at a step."""
    return changed(
        tiny_text,
        ("gaps:\n", f"gaps:\n{UNCLEAR}"),
        ("    leads_to: utan-vatten\n", "    leads_to: utan-vatten\n    gaps: [hur-mycket]\n"),
    )


def test_a_copied_situation_loses_its_gaps_and_the_report_says_which(unclear: Tree) -> None:
    (situation,) = unclear.situations
    (start,) = unclear.nodes
    copied = replace(situation, id=Text("kopia"))
    after = replace(
        unclear,
        situations=(situation, copied),
        nodes=(replace(start, goto={**start.goto, Text("vatten"): copied.id}),),
    )
    difference = compare(unclear, after)
    assert [(str(c.gap.id), c.cases, c.places) for c in difference.gaps] == [("hur-mycket", 2, ("fylla",))]
    (group,) = sections(report(difference))["Luckor som inte längre visas"]["groups"]
    (item,) = group["items"]
    assert item["before"] == "Hur mycket vatten"
    assert item["more"] == ["Den visades vid: Fylla på."]


def test_a_gap_is_lost_where_it_no_longer_stands_though_it_shows_elsewhere(unclear: Tree) -> None:
    gap = unclear.gaps[0]
    (situation,) = unclear.situations
    without = (replace(situation, steps=situation.steps[1:]),)
    for place, lost in (("utan-vatten/trosta", 2), ("utan-vatten", 2), ("fel", 2), (gap.concerns[0], 0)):
        moved = replace(gap, concerns=(Text(place),))
        after = replace(unclear, gaps=(moved, *unclear.gaps[1:]))
        assert [c.cases for c in compare(unclear, after).gaps] == ([lost] if lost else [])
        gone = replace(after, situations=without)  # with the step, what was unclear about it goes
        assert (gap.id in {c.gap.id for c in compare(unclear, gone).gaps}) is (place == gap.concerns[0])


def test_statements_are_told_by_what_they_say(tree: Tree) -> None:
    """One that goes is one that went, wherever it stood; one that changes is that one alone."""
    tried = 0
    for topic in (t for t in tree.topics if len(t.statements) > 2):
        for at, statement in tiers.few(list(enumerate(topic.statements)), 3):
            tried += 1
            rest = (*topic.statements[:at], *topic.statements[at + 1 :])
            (gone,) = compare(tree, with_statements(tree, topic, rest)).nodes
            assert {key.key.split("/")[1] for key in gone.keys} == {str(at + 1)}
            assert gone.of_duty
            weaker = replace(statement, text=Text(f"{statement.text} Om det går."))
            for others in ((*rest, weaker), (weaker, *rest)):
                difference = compare(tree, with_statements(tree, topic, others))
                assert [(w.before, w.after) for w in difference.wordings] == [(statement.text, weaker.text)]
                assert not difference.of_duty
    assert tried > 10


def with_statements(tree: Tree, topic: Topic, statements: tuple[Statement, ...]) -> Tree:
    changed = replace(topic, statements=statements)
    return replace(tree, topics=tuple(changed if t is topic else t for t in tree.topics))
