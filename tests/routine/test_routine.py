"""What the adopted routine says where situations look alike but differ.

Each row was read from the document, not from the tree: it is what the tree has to say.
"""

from __future__ import annotations

from collections import Counter

import pytest

from generator.model import Condition, Section, Situation, Step, Text, Tree
from generator.routine.frames import frames_in
from generator.routine.steps import frames_of, gaps_of, own_and_shared
from generator.routine.wording import sentence

V, B, E = "vuxen", "barn-unga", "ekonomi"
OFFICE, NEW_TIME = "kontakt-och-ny-tid-pa-kontoret", "kontakt-och-ny-tid"

# situation: told (to, how), appoints, meets with vuxen, announced visit, unannounced visit
UNITS = {
    "barnfamilj-ekonomi-skuld": ({"ge-kopia": {E}}, set(), {E}, {V, E}, {V, E}),
    "barnfamilj-ekonomi-upprepad-skuld": ({"informera": {B}}, {B}, {E, B}, {V, E}, {V, E}),
    "barnfamilj-ekonomi-storning": ({"informera-for-kannedom": {E}}, set(), set(), {V}, {V}),
    "barnfamilj-ekonomi-upprepad-storning": ({"informera": {B}}, {B}, {B}, {V}, {V}),
    "barnfamilj-barn-unga-skuld": ({"informera": {B, E}}, {E}, {B, E}, {V, B}, {V, B}),
    "barnfamilj-barn-unga-storning": ({"informera": {B}}, set(), {B}, {V, B}, {V}),
    "barnfamilj-ej-aktuell-skuld": ({"informera": {E}}, {E}, {E}, {V}, {V}),
    "barnfamilj-ej-aktuell-upprepad-skuld": ({"informera": {E, B}}, {B, E}, {E, B}, {V}, {V}),
    "barnfamilj-ej-aktuell-storning": ({}, set(), set(), {V}, {V}),
    "barnfamilj-ej-aktuell-upprepad-storning": ({"informera": {B}}, {B}, {B}, {V}, {V}),
    "utan-barn-ekonomi-skuld": ({"ge-kopia": {E}}, set(), {E}, {V, E}, {V, E}),
    "utan-barn-ekonomi-upprepad-skuld": ({"ge-kopia": {E}}, set(), {E}, {V, E}, {V, E}),
    "utan-barn-ekonomi-storning": ({"informera-for-kannedom": {E}}, set(), set(), {V, E}, {V, E}),
    "utan-barn-ej-aktuell-skuld": ({}, set(), set(), {V}, {V}),
    "utan-barn-ej-aktuell-upprepad-skuld": ({}, set(), set(), {V}, {V}),
    "utan-barn-ej-aktuell-storning": ({}, set(), set(), {V}, {V}),
}

PURPOSES = {
    "barnfamilj-ekonomi-upprepad-storning": (OFFICE, OFFICE),
    "barnfamilj-barn-unga-storning": (None, NEW_TIME),
    "barnfamilj-ej-aktuell-skuld": (OFFICE, OFFICE),
    "barnfamilj-ej-aktuell-upprepad-skuld": (OFFICE, OFFICE),
    "barnfamilj-ej-aktuell-upprepad-storning": (OFFICE, OFFICE),
}

AGREED_CALL = {
    "barnfamilj-ekonomi-skuld",
    "barnfamilj-ekonomi-upprepad-skuld",
    "barnfamilj-ekonomi-storning",
    "barnfamilj-barn-unga-skuld",
    "barnfamilj-barn-unga-storning",
    "utan-barn-ekonomi-skuld",
    "utan-barn-ekonomi-upprepad-skuld",
    "utan-barn-ekonomi-storning",
}

# Where the routine calls the announced home visit joint ("gemensamt").
CALLED_JOINT = {
    "barnfamilj-ekonomi-skuld",
    "barnfamilj-ekonomi-upprepad-skuld",
    "barnfamilj-barn-unga-skuld",
    "utan-barn-ekonomi-skuld",
    "utan-barn-ekonomi-upprepad-skuld",
    "utan-barn-ekonomi-storning",
}

LANDLORD_ALONG = {
    "barnfamilj-ekonomi-upprepad-storning",
    "barnfamilj-barn-unga-storning",
    "barnfamilj-ej-aktuell-upprepad-storning",
    "utan-barn-ekonomi-storning",
    "utan-barn-ej-aktuell-storning",
}

# situation: what is confirmed with whom before the summons and before the announced visit
BOTH, LANDLORD = "hyresvard-storningsjour", "hyresvard"
CONFIRMED = {
    "utan-barn-ekonomi-skuld": (("skulden", BOTH), ("skulden", BOTH)),
    "utan-barn-ekonomi-upprepad-skuld": (("skulden", BOTH), ("skulden", BOTH)),
    "utan-barn-ekonomi-storning": (("allvarlig", LANDLORD), ("skulden", LANDLORD)),
    "utan-barn-ej-aktuell-skuld": (("skulden", LANDLORD), ("skulden", LANDLORD)),
    "utan-barn-ej-aktuell-upprepad-skuld": (("skulden", LANDLORD), ("skulden", LANDLORD)),
    "utan-barn-ej-aktuell-storning": (("allvarlig", LANDLORD), ("fortsätter", BOTH)),
}


def steps(tree: Tree, situation: str) -> list[Step]:
    return list(own_and_shared(tree, tree.get(situation, Situation)))


def the(tree: Tree, situation: str, action: str) -> Step:
    (step,) = [step for step in steps(tree, situation) if step.action == action]
    return step


def test_every_situation_of_sections_1_and_2_is_here(tree: Tree) -> None:
    notices = [s.id for s in tree.situations if all(f[Text("inkom")] == ("underrattelse",) for f in s.facts)]
    assert sorted(notices) == sorted(UNITS)


@pytest.mark.parametrize("situation", UNITS)
def test_the_units_are_those_of_the_routine(tree: Tree, situation: str) -> None:
    told, appoints, meets, announced, unannounced = UNITS[situation]
    own = steps(tree, situation)
    informing = {"ge-kopia", "informera", "informera-for-kannedom"}
    assert {s.action: set(s.to) for s in own if s.action in informing} == told
    assert {id for s in own if s.action == "utse-handlaggare" for id in s.who} == appoints
    assert the(tree, situation, "kalla").who == (V,)
    assert set(the(tree, situation, "kalla").with_) == meets
    assert set(the(tree, situation, "aviserat-hembesok").who) == announced
    assert set(the(tree, situation, "oanmalt-hembesok").who) == unannounced


@pytest.mark.parametrize("situation", UNITS)
def test_visits_have_the_purpose_that_the_routine_gives_them(tree: Tree, situation: str) -> None:
    visits = [the(tree, situation, action) for action in ("aviserat-hembesok", "oanmalt-hembesok")]
    assert tuple(visit.purpose for visit in visits) == PURPOSES.get(situation, (None, None))


@pytest.mark.parametrize("situation", UNITS)
def test_a_home_visit_is_called_joint_only_where_the_routine_does(tree: Tree, situation: str) -> None:
    for action in ("aviserat-hembesok", "oanmalt-hembesok"):
        visit = the(tree, situation, action)
        called = "gemensam" in f"{sentence(tree, visit)} {visit.note}"
        assert called == (action == "aviserat-hembesok" and situation in CALLED_JOINT)


@pytest.mark.parametrize("situation", UNITS)
def test_the_call_is_agreed_on_or_made_if_possible(tree: Tree, situation: str) -> None:
    call = the(tree, situation, "ringa")
    agreed = [step for step in steps(tree, situation) if step.action == "komma-overens"]
    assert call.force == "advised"
    assert bool(agreed) == (situation in AGREED_CALL)
    assert call.when == (None if situation in AGREED_CALL else "om-mojligt")


@pytest.mark.parametrize("situation", UNITS)
def test_the_landlord_may_come_along_only_where_the_routine_says_so(tree: Tree, situation: str) -> None:
    along = [step for step in steps(tree, situation) if step.action == "besok-med-hyresvard"]
    assert [step.force for step in along] == (["if-needed"] if situation in LANDLORD_ALONG else [])


@pytest.mark.parametrize("situation", UNITS)
def test_only_one_situation_names_no_letter(tree: Tree, situation: str) -> None:
    letters = [step for step in steps(tree, situation) if step.action == "skicka-informationsbrev"]
    assert bool(letters) == (situation != "barnfamilj-ej-aktuell-upprepad-skuld")


@pytest.mark.parametrize("situation", CONFIRMED)
def test_what_is_confirmed_with_the_landlord_for_adults(tree: Tree, situation: str) -> None:
    before_visit = (
        "informera-om-hembesok" if situation == "utan-barn-ekonomi-storning" else "aviserat-hembesok"
    )
    for action, (word, party) in zip(("kalla", before_visit), CONFIRMED[situation], strict=True):
        condition = tree.get(the(tree, situation, action).when or "", Condition)
        assert word in (condition.confirm or "")
        assert condition.confirm_with == (party,)


def test_the_visit_that_has_no_condition_of_its_own_is_read_as_following_on_the_information(
    tree: Tree,
) -> None:
    when = tree.get(the(tree, "utan-barn-ekonomi-storning", "aviserat-hembesok").when or "", Condition)
    assert when.own
    assert "verktygets läsning" in when.text
    assert [c.id for c in tree.conditions if c.own] == [when.id]


def test_families_need_no_word_from_the_landlord(tree: Tree) -> None:
    for situation in UNITS:
        if situation.startswith("barnfamilj"):
            whens = [s.when for s in steps(tree, situation) if s.when]
            assert not any(tree.get(when, Condition).confirm for when in whens)


def test_repeated_debt_for_adults_intensifies_and_else_repeats(tree: Tree) -> None:
    for first in ("utan-barn-ekonomi-skuld", "utan-barn-ej-aktuell-skuld"):
        again = first.replace("-skuld", "-upprepad-skuld")
        added = [step for step in steps(tree, again) if step not in steps(tree, first)]
        assert [(s.action, s.force) for s in added] == [("intensifiera-kontaktforsok", "should")]


@pytest.mark.parametrize(("household", "present"), [("barnfamilj", {V, B}), ("utan-barn", {V})])
def test_kronofogden_has_same_day_duties_and_presence(tree: Tree, household: str, present: set[str]) -> None:
    situation = f"kronofogden-{household}"
    for action in ("bekrafta-till-kronofogden", "meddela-ansvarig-handlaggare"):
        step = the(tree, situation, action)
        assert (step.force, step.when, step.to) == ("must", "samma-dag", ("kronofogden",))
    copy = the(tree, situation, "skicka-kopia-av-bekraftelsen")
    assert (copy.force, copy.to) == ("must", ("hyresgasten",))
    always = the(tree, situation, "narvara-alltid")
    assert (always.who, always.force, always.when) == (("socialtjansten",), "must", "inte-annan-bedomning")
    attend = the(tree, situation, "narvara")
    # The document states the exception for social services and for vuxen, not for barn och unga.
    exception = None if B in present else "inte-annan-bedomning"
    assert (set(attend.who), attend.force, attend.when) == (present, "must", exception)
    assert the(tree, situation, "hantera-som-underrattelse").force == "must"


def test_same_day_duties_come_first(tree: Tree) -> None:
    for household in ("barnfamilj", "utan-barn"):
        first, second, *_ = steps(tree, f"kronofogden-{household}")
        assert first.when == second.when == "samma-dag"


@pytest.mark.parametrize("household", ["barnfamilj", "utan-barn"])
def test_what_holds_when_the_eviction_is_a_fact_is_the_routine_s_or_the_tool_s_reading(
    tree: Tree, household: str
) -> None:
    """The routine says it of urging the tenant, and not in the sentence after, on a new home."""
    urged, housed = (
        the(tree, f"kronofogden-{household}", action)
        for action in ("stotta-och-motivera", "stotta-boendelosning")
    )
    assert tree.get(urged.when or "", Condition).text == "När avhysningen är ett faktum"
    assert tree.get(housed.when or "", Condition).text == "I förekommande fall"
    assert "Verktygets läsning: stödet ges när avhysningen är ett faktum." in (housed.note or "")


def test_what_comes_before_the_eviction_and_what_goes_for_every_attempt_stands_there(tree: Tree) -> None:
    for one in tree.situations:
        actions = [str(step.action) for step in steps(tree, one.id)]
        for before in {"uppmarksamma-foraldrarna", "hjalpa-foraldrarna-beratta", "forbereda-barnet"} & {
            *actions
        }:
            assert actions.index(before) < actions.index("narvara-alltid")
        if "intensifiera-kontaktforsok" in actions:
            attempts = {"skicka-informationsbrev", "ringa", "kalla", "aviserat-hembesok", "oanmalt-hembesok"}
            assert attempts < {*actions[: actions.index("intensifiera-kontaktforsok")]}


def test_the_legal_frame_stands_on_every_unannounced_visit_to_a_family(tree: Tree) -> None:
    for situation in tree.situations:
        frames = [frame.id for frame in frames_in(tree, situation.facts, "oanmalt-hembesok")]
        assert frames == (
            ["oanmalda-hembesok"] if "barnfamilj" in situation.facts[0][Text("hushall")] else []
        )


def test_what_the_section_says_of_children_stands_at_every_family(tree: Tree) -> None:
    """By place and force: the frames may say it in other words than the page of the section."""
    (topic,) = [topic for topic in tree.topics if topic.section == "1"]
    said = Counter((*map(str, s.cite), s.force) for s in topic.statements)
    families = [s for s in tree.situations if "barnfamilj" in s.facts[0][Text("hushall")]]
    assert said
    assert families
    for situation in families:
        frames = frames_of(tree, situation)
        stands = Counter((*map(str, s.cite), s.force) for frame in frames for s in frame.statements)
        assert said <= stands, situation.id


def test_the_duty_to_investigate_is_a_duty_and_only_the_guardian_s_no_a_may(tree: Tree) -> None:
    said = [s for topic in tree.topics for s in topic.statements if "1/1" in map(str, s.cite)]
    (duty,) = [s for s in said if "ansvar att utreda" in s.text]
    (may,) = [s for s in said if "vårdnadshavare" in s.text]
    assert (duty.force, may.force) == ("must", "may")


def test_the_known_gaps_are_shown_where_they_matter(tree: Tree) -> None:
    places = {
        "barnfamilj-barn-unga-skuld/oanmalt-hembesok": "oanmalt-hembesok-mot-juridisk-ram",
        "utan-barn-ekonomi-storning/informera-om-hembesok": "hyresskuld-i-storningsarende",
        "barnfamilj-ej-aktuell-upprepad-skuld/kalla": "inget-informationsbrev",
        "kronofogden-barnfamilj/bekrafta-till-kronofogden": "vilken-enhet-bekraftar",
    }
    for place, gap in places.items():
        assert gap in {g.id for g in gaps_of(tree, place)}
    assert {"platshallare", "inaktuella-hanvisningar", "handbokens-namn", "felskrivna-ord"} <= {
        g.id for g in tree.gaps
    }
    ends = {g.id for g in tree.end_gaps}
    assert ends == {"skuld-och-storning", "barnfamilj-arende-pa-bada", "utan-barn-arende-barn-unga"}


@pytest.mark.parametrize("situation", UNITS)
def test_it_is_told_where_a_home_visit_leaves_out_a_unit_of_the_meeting(tree: Tree, situation: str) -> None:
    _, _, meets, announced, _ = UNITS[situation]
    told = {g.id for g in gaps_of(tree, f"{situation}/aviserat-hembesok")}
    assert ("olika-enheter-pa-besok-och-hembesok" in told) == bool(meets - announced)


def test_every_step_cites_its_own_section_or_the_groups_opening(tree: Tree) -> None:
    for situation in tree.situations:
        above = {situation.source, tree.get(situation.source, Section).parent}
        for step in situation.steps:
            assert step.cite.section in above
