"""A limit stands once: what names it follows, what states it by hand is found, and a change is a duty."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import unified_diff
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from generator.diff.compare import Difference, compare
from generator.diff.history import readable
from generator.diff.limits import limit_changes
from generator.model import Limit, Text, Tree, visit
from generator.model.declared import declared, each_of
from generator.pages.report.changes import as_text, report
from generator.pages.report.meeting import meeting_html
from generator.printing import typesetter
from generator.printing.meeting import meeting_document
from generator.reading import parse
from generator.reading.limits import SLOT, slots
from generator.routine.cases import go_on, walk
from generator.routine.outcomes import outcome
from generator.rules import check
from tests.conftest import checked, generated
from tests.every_case import all_cases

LIMIT = "id: upprepad-storning, count: "
# What the document and one example say with words of their own: the check has to ask for each.
BY_HAND = (
    ("Vid upprepade störningar, två el flera", "Vid upprepade störningar, tre el flera"),
    ("counts: {upprepad-storning: 2}", "counts: {upprepad-storning: 3}"),
    ("hyresvärdens andra underrättelse om störning på en månad. Båda gångerna", "tre gånger. Alla gångerna"),
)


@pytest.fixture(scope="module")
def three(real_text: str) -> str:
    """The real tree where disturbances are repeated from three on."""
    assert real_text.count(f"{LIMIT}2") == 1
    text = real_text.replace(f"{LIMIT}2", f"{LIMIT}3")
    for old, new in BY_HAND:
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def difference(tree: Tree, three: str) -> Difference:
    """What changes with it."""
    return compare(tree, checked(three))


def test_another_number_is_a_change_at_one_place(real_text: str, three: str) -> None:
    changed = unified_diff(real_text.splitlines(), three.splitlines(), n=0)
    assert len([line for line in changed if re.match(r"\+[^+]", line)]) == 5  # with a version, 9


def test_an_edit_that_no_word_can_say_is_reported_on_all_the_same(tree: Tree, real_text: str) -> None:
    edited = readable(real_text.replace(f"{LIMIT}2", f"{LIMIT}50"))
    assert edited
    assert "50" in as_text(report(compare(tree, edited)))


def test_what_states_the_number_in_words_of_its_own_is_asked_for(real_text: str, three: str) -> None:
    text = real_text.replace(f"{LIMIT}2", f"{LIMIT}3")
    _, findings = check(text)
    lines = {finding.pos.line for finding in findings}
    pairs = enumerate(zip(text.splitlines(), three.splitlines(), strict=True), start=1)
    differing = {n for n, (one, other) in pairs if one != other and "narrative" not in one}
    assert {finding.rule for finding in findings} == {"limit"}
    assert lines == differing


def test_no_text_says_the_old_number(three: str) -> None:
    for path, content in generated(three).items():
        if path not in ("andringar.md", "rutin.schema.json"):
            said = re.findall(r"[^.>]*två (?:eller|el) flera[^.<]*", content, re.IGNORECASE)
            assert [text for text in said if "störning" in text and "hyresskuld" not in text] == [], path


def test_it_is_told_among_the_duties_with_whom_it_is_about(difference: Difference) -> None:
    assert difference.of_duty
    told = report(difference)
    (item,) = told["decisions"]
    assert (item["before"], item["after"]) == ("två eller flera", "tre eller flera")
    assert sorted(item["units"]) == ["barn-unga", "ekonomi", "vuxen"]
    text = as_text(told)
    assert "Gränsen för störningar" in text
    assert "upprepad-storning" not in text


def test_it_is_about_the_situations_that_it_parts_and_no_others(tree: Tree, difference: Difference) -> None:
    [one] = limit_changes(difference)
    counted = [case for case in all_cases(tree) if case["orsak"] in ("storning", "bada")]
    reached = {str(end) for case in counted for end in outcome(tree, case).ends}
    parted = {str(s.id) for s in tree.situations if any("upprepad" in box for box in s.facts)}
    assert {str(situation.id) for situation in one.situations} == parted & reached
    assert parted - reached


def test_what_it_means_is_told_for_each_pair_of_situations_that_its_cases_move_between(
    tree: Tree, difference: Difference
) -> None:
    """Found a second time here, by following every case with two disturbances in both versions."""
    after, pairs = difference.after, set()
    titles = {str(situation.id): situation.title for situation in tree.situations}
    for case in all_cases(tree):
        if case["orsak"] == "storning" and case["upprepad"] == "ja":
            other = {**case, "upprepad": "nej"}
            for way in (walk, go_on):
                was, now = way(tree, case), way(after, other)
                if was and now and was.at != now.at:
                    pairs.add((titles[now.at], titles[was.at]))
    (item,) = report(difference)["decisions"]
    only, *rest = item["more"]
    assert only == "Ändras bara vid exakt två störningar."
    begins = {f"”{now}” gäller i stället för ”{was}”." for now, was in pairs}
    assert len(begins) == 2
    assert {line.partition("”. ")[0] + "”." for line in rest if "i stället för" in line} == begins
    assert all(line in as_text(report(difference)) for line in item["more"])


def test_what_each_unit_loses_or_gets_is_told_and_where_it_stands(difference: Difference) -> None:
    """What is the same for all pairs is told once, after them."""
    (item,) = report(difference)["decisions"]
    one, other, *shared = item["more"][1:]
    (mine,) = (line for line in shared if line.startswith("Utgår för enheten för barn och unga: "))
    assert "Utse ansvarig handläggare" in mine
    assert "Kalla till besök på socialkontoret (är med)" in mine
    assert not [line for line in item["more"] if "enheten för barn och unga utgår" in line]
    assert "Nytt för enheterna i ärendet: Komma överens om vem som tar kontakt." in one
    assert "Annorlunda: Aviserat hembesök, vuxenenheten (syftet ”" in "\n".join(shared)
    assert "Utgår: Besök tillsammans med hyresvärd eller störningsjour (rutinen säger inte vem)." in shared
    assert "Utgår" not in one + other
    for line in (one, other):
        assert "Avsnitt 1, Vid upprepade störningar, två el flera, stycke 1–6, s. " in line
        assert "; Avsnitt 1, Vid störningar, stycke " in line


def test_situations_that_the_number_changes_nothing_in_are_named(tree: Tree, difference: Difference) -> None:
    """Found a second time here, by following every case with two disturbances in both versions."""
    ends: dict[bool, set[str]] = {True: set(), False: set()}
    for case in all_cases(tree):
        if case["orsak"] == "storning" and case["upprepad"] == "ja" and case["inkom"] == "underrattelse":
            was, now = walk(tree, case), walk(difference.after, {**case, "upprepad": "nej"})
            if was and now:
                ends[was.at == now.at] |= {was.at, now.at}
    same = [f"”{s.title}”" for s in tree.situations if s.id in ends[True] - ends[False]]
    assert len(same) == 3
    (item,) = report(difference)["decisions"]
    assert f"Ändras inte: {'; '.join(same)}." in item["more"]


def test_back_again_is_told_the_other_way_round(tree: Tree, difference: Difference) -> None:
    (item,) = report(compare(difference.after, tree))["decisions"]
    pairs = [line for line in item["more"] if "gäller i stället för" in line]
    assert len(pairs) == 2
    assert all(line.startswith("”Upprepade störningar") for line in pairs)
    assert "Nytt för vuxenenheten: Informera om underrättelsen." in item["more"]


def test_all_numbers_in_between_are_named(tree: Tree, difference: Difference) -> None:
    facts = tuple(
        replace(f, values=tuple(replace(v, limits=tuple(map(five, v.limits))) for v in f.values))
        for f in difference.after.facts
    )
    (item,) = report(compare(tree, replace(difference.after, facts=facts)))["decisions"]
    assert item["more"][0] == "Ändras bara vid exakt två, tre eller fyra störningar."


def five(limit: Limit) -> Limit:
    """Return the limit of disturbances at five, any other as it is."""
    return replace(limit, count=5) if limit.id == "upprepad-storning" else limit


def test_texts_that_only_follow_are_counted_and_stand_last_and_are_not_to_be_judged(
    tree: Tree, three: str, difference: Difference
) -> None:
    data = report(difference)
    (item,) = data["decisions"]
    (follows,) = data["sections"][-1]["groups"]
    named = [text for text in written(difference.after) if "{upprepad-skuld}" not in text.written]
    headings = [section for section in difference.after.source if "störningar, tre" in section.heading]
    changed = [text for text in named if "tre" in text or "en eller två" in text]
    shown = [one["after"] for one in follows["items"]]
    assert {str(text) for text in changed} >= set(shown) - {str(section.heading) for section in headings}
    assert len(headings) == 2
    assert item["more"][-1] == f"Antal ordalydelser som följer med: {len(shown)}, i bilagan sist."
    assert {one["told"].partition(": ")[2] for one in data["units"]} == {"ändring 1"}

    # Two headings of the document are the same: they are told apart by what they stand under.
    labels = [one["label"] for one in follows["items"]]
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if "?." in label]

    # A text that says something else, too, is one to judge.
    why = "why: Vid upprepade störningar, {upprepad-storning}, ska"
    assert three.count(why) == 1
    reworded = report(compare(tree, checked(three.replace(why, why.replace("ska", "bör")))))
    assert len(reworded["sections"][-1]["groups"][0]["items"]) == len(shown) - 1
    told = {one["told"].partition(": ")[2] for one in reworded["units"]}
    assert told == {"ändring 1; 1 ordalydelse att bedöma"}


def test_the_meeting_gets_two_sheets_with_what_only_follows_last(tree: Tree, three: str) -> None:
    """Four decisions as a meeting has them: who is told, within what time, who takes part, and the limit."""
    text, at = three, three.index("  - id: barnfamilj-ekonomi-storning")
    for old, new in (
        (
            "action: kalla\n",
            "action: kalla\n        within: {count: 10, of: working-days, from: underrättelsen}\n",
        ),
        ("who: [vuxen, barn-unga]\n", "who: vuxen\n"),
        ("to: ekonomi\n", "to: [ekonomi, barn-unga]\n"),
    ):
        text = text[:at] + text[at:].replace(old, new, 1)
    data = report(compare(tree, checked(text)))
    assert len(data["decisions"]) == 4
    paper = PdfReader(BytesIO(typesetter.typeset_one(meeting_document(data), "2025-09-01")))
    assert len(paper.pages) == 2
    said = "".join("".join(page.extract_text() for page in paper.pages).split())
    *_, last = data["sections"]
    for text in (as_text(data).lower(), " ".join(unescape(meeting_html(data)).lower().split())):
        begins = text.index(last["heading"].lower())
        for item in last["groups"][0]["items"]:
            assert text.index(item["label"].lower()) > begins
    for item in last["groups"][0]["items"]:
        assert said.index("".join(item["label"].split())) > said.index("".join(last["heading"].split()))
    longest = max((item["after"] for item in last["groups"][0]["items"]), key=len)
    assert "".join(longest.split()) not in said
    assert longest in unescape(meeting_html(data))


def test_the_document_s_own_days_are_not_to_be_judged(tree: Tree, real_text: str) -> None:
    until = re.sub(r"\n  valid_until: .*\n", "\n  valid_until: 2027-01-01\n", real_text)
    assert until != real_text
    data = report(compare(tree, checked(until)))
    assert {one["told"].partition(": ")[2] for one in data["units"]} == {"inget ändras"}
    assert "2027-01-01" in str(data["sections"][-1])


def written(tree: Tree) -> list[Text]:
    """Return the texts of a tree that have slots of limits."""
    known = slots(tree)
    every = (t for node in visit(tree) for f in declared(type(node)) for t in each_of(getattr(node, f.name)))
    found = [t for t in every if isinstance(t, Text) and any(s in known for s in SLOT.findall(t.written))]
    return list({text.pos: text for text in found}.values())


def test_each_text_that_names_a_limit_in_a_slot_is_found_when_it_states_it_by_hand(
    tree: Tree, real_text: str
) -> None:
    least = [text for text in written(tree) if "två eller flera" in text.lower()]
    assert len(least) == 7
    for text in least:
        _, findings = check(real_text.replace(text.written, str(text)))
        assert ("limit", text.pos.line) in {(finding.rule, finding.pos.line) for finding in findings}


@pytest.mark.parametrize(
    "said",
    [
        "Är ni två eller flera kan ni dela på samtalen.",
        "Vid hyresskuld kan två eller flera handläggare behövas.",
        "Skriv {namn} i brevet.",
    ],
)
def test_what_is_said_of_other_things_is_left_alone(real_text: str, said: str) -> None:
    old = "text: Berörda enheter tar gemensamt ansvar för det förebyggande arbetet."
    assert real_text.count(old) == 1
    _, findings = check(real_text.replace(old, f'text: "{said}"'))
    assert findings == []


def test_a_text_without_limits_keeps_its_braces(tiny_text: str) -> None:
    text = tiny_text.replace("why: Felet avgör stegen.", "why: Felet {stopp} avgör stegen.")
    assert checked(text).questions[0].why == "Felet {stopp} avgör stegen."


# --- The words --------------------------------------------------------------------------------------------

ONE = "{id: larm, count: 2, one: larm, more: larm}"
TWO = "{id: brand, count: 3, one: brand, more: bränder}"
WORDS = {
    "{larm}": "Två eller flera",
    "vid {larm/count}": "vid två",
    "vid {larm/ordinal}. {larm/fewer}": "vid andra. En",
    "vid {brand/fewer}": "vid en eller två",
    "vid {bradskar}": "vid två eller flera larm eller tre eller flera bränder",
    "vid {bradskar/fewer}": "vid en enda larm eller en eller två bränder",
}


def said(tiny_text: str, slot: str, limits: str, language: str = "sv") -> str:
    text = tiny_text.replace("{id: ja, label: Ja}", f"{{id: ja, label: Ja, limits: [{limits}]}}")
    text = text.replace("why: Felet avgör stegen.", f'why: "{slot}"')
    tree = parse.parse(text.replace("language: sv", f"language: {language}")).tree
    assert tree
    assert tree.questions[0].why.written == slot
    return str(tree.questions[0].why)


@pytest.mark.parametrize("slot", WORDS)
def test_a_slot_says_its_limit_and_begins_a_sentence_as_one(tiny_text: str, slot: str) -> None:
    assert said(tiny_text, slot, f"{ONE}, {TWO}") == WORDS[slot]


def test_limits_of_one_number_are_said_once(tiny_text: str) -> None:
    same = f"{ONE}, {TWO.replace('3', '2')}"
    assert said(tiny_text, "vid {bradskar}", same) == "vid två eller flera"
    assert said(tiny_text, "vid {bradskar/fewer}", same) == "vid en enda larm eller brand"
    assert said(tiny_text, "vid {larm/fewer}", ONE.replace("2", "4")) == "vid färre än fyra"


def test_a_limit_is_said_in_the_tree_s_language(tiny_text: str) -> None:
    assert said(tiny_text, "at {larm}, the {larm/ordinal}", ONE, "en") == "at two or more, the second"
