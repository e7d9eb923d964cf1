"""The text for the record: it says exactly what was answered, has happened, is ticked and is left to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from random import Random
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from generator.locale import t
from generator.model import Action, Ask, Condition, Event, Fact, Force, Gap, Situation, Tree, Unit, Value
from generator.pages.addresses import fragment
from generator.pages.record.record import record
from generator.pages.site import Site
from generator.routine.cases import Answer, chosen, go_on, settled, walk, with_facts
from generator.routine.following import says_more_of
from generator.routine.outcomes import goes_on_to
from generator.routine.reservations import reservations, reservations_on
from generator.routine.steps import PlacedStep, events_of, placed_steps, urgent_steps
from generator.routine.wording import task, unsaid
from tests.e2e.test_logic import blank, chance, each, goes_on_after, states  # noqa: F401, a fixture
from tests.every_case import all_cases
from tests.tiers import few

Json = dict[str, Any]
SHORT, WHOLE = "Kopiera till journalen", "Kopiera allt med hänvisningar"
ADDRESSED = re.compile(r"\b([Nn]i|[Ee]r|[Ee]rt|[Ee]ra)\b")


# --- The answers, on the pages themselves -------------------------------------------------------------------


@dataclass(frozen=True)
class Journey:
    """A way to an end: the page, its address, and what was answered on it."""

    at: str
    address: str
    answered: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    via: str | None


def journeys(
    tree: Tree, case: dict[str, str], as_if: dict[str, str], gaps: tuple[str, ...]
) -> Iterator[Journey]:
    """Yield the ends of a case, and those that the ways on from its gaps lead to, as if it were otherwise."""
    given = {**case, **as_if}
    way, onward = walk(tree, given), go_on(tree, given)
    whole = (*way.answers, *(onward.answers if onward else ()))
    found: list[tuple[str, tuple[Answer, ...], str | None]] = []
    if not gaps or not onward:
        found.append((way.at, way.answers, None))
    if onward:
        found += [(way.at, whole, None), (onward.at, whole, way.at)]
    for at, answers, via in found:
        asked = settled(answers)
        facts = {**asked, **({"_lucka": ",".join(gaps)} if gaps else {})}
        truly = tuple((fact, case[fact]) for fact in asked)
        yield Journey(at, fragment(facts), truly, gaps, via)
        gap = tree.get(at, Situation, Gap)
        if isinstance(gap, Gap) and at not in gaps:
            for on in gap.ways:
                yield from journeys(tree, case, with_facts(as_if, on.as_), (*gaps, at))


def all_journeys(tree: Tree) -> list[Journey]:
    """Return each way once."""
    return list(dict.fromkeys(chain.from_iterable(journeys(tree, case, {}, ()) for case in all_cases(tree))))


def test_every_case_is_told_as_it_was_answered(page: Page, base: str, tree: Tree) -> None:
    """All 96 of them, also where the reader went on from a gap, or from a message handled as a notice."""
    every = all_journeys(tree)
    assert len({j.answered for j in every if len(j.answered) == len(tree.facts)}) > len(tree.situations)
    assert max(len(j.gaps) for j in every) > 1
    for journey in few(every, 1, lambda j: (len(j.gaps), bool(j.via), dict(j.answered).get("inkom"))):
        kind = "situation" if journey.at in tree.ids("situations") else "lucka"
        page.goto("about:blank")
        page.goto(f"{base}{kind}/{journey.at}.html#{journey.address}")
        text = copied(page, SHORT)
        assert_told(tree, journey, text)
        assert_told(tree, journey, copied(page, WHOLE))


def assert_told(tree: Tree, journey: Journey, text: str) -> None:
    answered = dict(journey.answered)
    for fact in tree.facts:
        told = [v.id for v in fact.values if fact_line(fact, v) in text]
        assert told == ([answered[fact.id]] if fact.id in answered else []), (journey, fact.id)
        assert text.count(f"{fact.label}: ") <= (fact.id in answered), (journey, fact.id)
    behind = {
        gap.id for gap in tree.end_gaps if t("record.behind", unsaid=unsaid(gap), gap=gap.title) in text
    }
    assert behind == set(journey.gaps), journey
    via = {s.id for s in tree.situations if s.continues and t("record.via", title=s.title) in text}
    assert via == ({journey.via} if journey.via else set()), journey
    assert t("record.unanswered") not in text


def fact_line(fact: Fact, value: Value) -> str:
    """Return what is said of a value: without its fact, where the value names it."""
    return f"{value.label}." if value.label.startswith(f"{fact.label} ") else f"{fact.label}: {value.label}."


def copied(page: Page, button: str) -> str:
    page.get_by_role("button", name=button).click()
    expect(page.locator("[data-done]")).not_to_have_text("")
    return page.get_by_label("Det som kopierades").input_value()


def test_going_on_twice_is_told_twice(page: Page, base: str, tree: Tree) -> None:
    """By clicking: the way on from a gap keeps the gap that was behind it."""
    journey = max(all_journeys(tree), key=lambda journey: len(journey.gaps))
    case, way = dict(journey.answered), walk(tree, dict(journey.answered))
    page.goto(f"{base}lucka/{journey.gaps[0]}.html#{fragment(settled(way.answers))}")
    passed = []
    while not page.locator(".r-situation").count():
        expect(page.locator("h1")).to_be_visible()  # when the answers in the address are heeded
        heading = page.locator("h1").inner_text()
        if asks := page.locator("[data-navigator]").all():
            option = chosen(tree, tree.get(str(asks[0].get_attribute("data-node")), Ask), case)
            assert option
            page.locator(f"[data-option={option.id}]").click()
        else:
            passed.append(str(page.locator("[data-end]").get_attribute("data-end")))
            page.locator("[data-ways] li:visible a").first.click()
        expect(page.locator("h1")).not_to_have_text(heading)
    assert len(passed) > 1
    told = {
        gap.id
        for gap in tree.end_gaps
        if t("record.behind", unsaid=unsaid(gap), gap=gap.title) in copied(page, SHORT)
    }
    assert told == set(passed)


def test_without_answers_it_says_so_and_what_the_situation_is_for(page: Page, base: str, tree: Tree) -> None:
    for situation in few(tree.situations):
        page.goto(f"{base}situation/{situation.id}.html")
        text = copied(page, SHORT)
        assert text.startswith(t("record.unanswered"))
        said = {fact.id for fact in tree.facts if f"{fact.label}: " in text or f"{fact.label} utan" in text}
        assert said == set(situation.facts[0])


# --- What has happened and what is ticked, by the pure functions --------------------------------------------

TOLD = """(([situation, page, answers, ids, via]) => {
  const [logic, data] = [rutinCaseLogic, records[situation]];
  const {events, steps} = logic.view(page, {answers});
  const here = logic.places({facts: via ? {} : null, gaps: [], via, answers,
    asked: events.flatMap(({asked}) => asked).filter(Boolean),
    steps: {...data.before[via], ...Object.fromEntries(steps.map(({stands}, n) => [ids[n], stands]))}});
  return {short: logic.record(data, data.short, here, "2026-01-02"),
    whole: logic.record(data, data.all, here, "2026-01-02")};
})(it)"""


def event_of(tree: Tree, name: str) -> Event:
    """Return the event that a place in the page asks about."""
    event = tree.get(name.split("/")[1], Condition).event
    assert event
    return event


@dataclass(frozen=True)
class Moment:
    """A situation with what was answered about events and what is ticked, and what Python makes of it."""

    situation: Situation
    page: Json
    answers: dict[str, str]

    def stands(self, tree: Tree) -> dict[str, list[PlacedStep]]:
        """Return the steps by how they stand."""
        events, _ = states(self.page, self.answers)
        found: dict[str, str] = {}
        begins, more = self._what_happened_last()
        for at, (step, placed) in enumerate(
            zip(self.page["steps"], placed_steps(tree, self.situation), strict=True)
        ):
            is_ = "open" if step["event"] < 0 else events[step["event"]]
            done = self.answers.get(placed.id) == "on"
            word = {"open": "left", "waiting": "later", "off": "off"}[is_]
            if at < begins and is_ == "open" and (step["event"] >= 0 or not more):
                word = "past"
            found[placed.id] = ("done-off" if is_ == "off" else "done") if done else word
        self._say_of_others(tree, found)
        steps = placed_steps(tree, self.situation)
        return {word: [p for p in steps if found[p.id] == word] for word in dict.fromkeys(found.values())}

    def _say_of_others(self, tree: Tree, found: dict[str, str]) -> None:
        """Let what is said of other steps be left for as long as one of them is."""
        contact = any(event_of(tree, name).afterwards for name, value in self.happened() if value == "unmet")
        for placed in placed_steps(tree, self.situation):
            others = {found[p.id] for p in says_more_of(tree, placed)}
            if not others or found[placed.id] == "done" or "left" in others:
                continue
            if "later" in others and not contact:
                continue
            found[placed.id] = next((word for word in ("later", "off") if word in others), "past")

    def _what_happened_last(self) -> tuple[int, bool]:
        """Return the place of the first step of the last event that is asked of and settled, or -1.

        It is settled, too, where the answer is that more has to be tried: also tell whether it is that.
        """
        _, asked = states(self.page, self.answers)
        settled = [
            (number, given == "pending")
            for number, (event, is_asked) in enumerate(zip(self.page["events"], asked, strict=True))
            if is_asked
            and (given := self.answers.get(event["asks"])) in ("met", "unmet", "pending")
            and (given != "pending" or event["ways"])
            and (given != "met" or not event["confirms"] or self.answers.get(event["confirms"]))
        ]
        number, more = settled[-1] if settled else (None, False)
        places = [at for at, step in enumerate(self.page["steps"]) if step["event"] == number]
        return places[0] if places else -1, more

    def happened(self) -> list[tuple[str, str]]:
        """Return the name and value of what is answered of what is asked."""
        _, asked = states(self.page, self.answers)
        names = []
        for event, is_asked in zip(self.page["events"], asked, strict=True):
            met = is_asked and self.answers.get(event["asks"]) == "met"
            names += [event["asks"]] * is_asked + [event["confirms"]] * bool(met and event["confirms"])
        return [(name, self.answers[name]) for name in names if name in self.answers]


def page_of(tree: Tree, situation: Situation) -> Json:
    """Return the situation as the script takes it from its page."""
    steps = placed_steps(tree, situation)
    about = {p.id: [other.id for other in says_more_of(tree, p)] for p in steps}
    phases = list(dict.fromkeys(p.step.phase for p in steps))
    events = [(f, c) for f in phases for c in events_of([p for p in steps if p.step.phase == f])]
    at = {(phase, condition.id): n for n, (phase, condition) in enumerate(events)}
    return {
        "events": [
            {
                "phase": str(phase),
                "asks": f"{situation.id}/{c.id}",
                "confirms": f"{situation.id}/{c.id}/avstamt" if c.confirm else None,
                "goesOn": goes_on_after(c),
                "afterwards": bool(c.event and c.event.afterwards),
                "ways": [
                    [str(p.id) for p in steps if p.step.action in way.actions]
                    for way in (c.event.attempts.ways if c.event and c.event.attempts else ())
                ],
            }
            for phase, c in events
        ],
        "steps": [
            {
                "name": p.id,
                "phase": str(p.step.phase),
                "event": at.get((p.step.phase, p.step.when or p.step.phase), -1),
                **({"about": about[p.id]} if about[p.id] else {}),
            }
            for p in steps
        ],
    }


def moments(tree: Tree, random: Random) -> Iterator[Moment]:
    """Yield each situation untouched, with every answer to every event, and with many at random."""
    values = {"asks": ["met", "unmet", "pending"], "confirms": ["yes", "no"]}
    for situation in tree.situations:
        page = page_of(tree, situation)
        ids = [p.id for p in placed_steps(tree, situation)]
        each_one = [(e[k], v) for e in page["events"] for k in values if e[k] for v in values[k]]
        before: dict[str, str] = {}
        yield Moment(situation, page, {})
        yield Moment(situation, page, dict.fromkeys(ids, "on"))
        for name, value in each_one:
            yield Moment(situation, page, {**before, name: value})
            yield Moment(situation, page, {**dict.fromkeys(ids, "on"), **before, name: value})
            if value in ("met", "yes"):
                before[name] = value
        for _ in range(40):
            ticks = {id: "on" for id in ids if random.random() < 0.3}
            told = {n: v for n, v in random.sample(each_one, len(each_one)) if random.random() < 0.7}
            yield Moment(situation, page, ticks | told | {"x": "on", f"{situation.id}/x": "met"})


@pytest.fixture(scope="module")
def told(blank: Page, tree: Tree, real_text: str) -> list[tuple[Moment, Json]]:  # noqa: F811
    site = Site.of(tree, real_text)
    made = list(moments(tree, chance()))
    blank.evaluate(
        "(all) => { window.records = frozen(all); }", {str(s.id): record(site, s) for s in tree.situations}
    )
    return list(zip(made, each(blank, TOLD, [given(tree, moment) for moment in made]), strict=True))


def given(tree: Tree, moment: Moment, via: str | None = None) -> list[Any]:
    ids = [p.id for p in placed_steps(tree, moment.situation)]
    return [moment.situation.id, moment.page, moment.answers, ids, via]


def rows(text: str, word: str) -> list[str]:
    """Return the rows of a list below the line that is this word."""
    lines = text.splitlines()
    if t(f"record.{word}") not in lines:
        return []
    below = lines[lines.index(t(f"record.{word}")) + 1 :]
    end = next((n for n, line in enumerate(below) if not line.startswith(("- ", "  "))), len(below))
    return [line for line in below[:end] if line.startswith("- ")]


def named(text: str, word: str) -> list[str]:
    """Return the names in the line that begins with this word."""
    begins = t(f"record.{word}") + " "
    return [
        re.sub(r"( \([^()]*\))?( \*)?$", "", name)
        for line in text.splitlines()
        if line.startswith(begins)
        for name in line.removeprefix(begins).removesuffix(".").split(". ")
    ]


def forced(text: str, word: str) -> list[str]:
    """Return how strongly the line that begins with this word puts each step that it names."""
    begins = t(f"record.{word}") + " "
    lines = (line.removeprefix(begins) for line in text.splitlines() if line.startswith(begins))
    return [re.findall(r" \(([^(),]*)", name)[-1] for line in lines for name in line.split(". ")]


def label(tree: Tree, placed: PlacedStep) -> str:
    return str(tree.get(placed.step.action, Action).label)


def due(tree: Tree, placed: PlacedStep) -> str:
    return f"{placed.condition.text}: {label(tree, placed)}" if placed.condition else label(tree, placed)


def forced_as(tree: Tree, placed: PlacedStep) -> str:
    force = tree.get(placed.step.force, Force)
    return str(force.modal or force.label).casefold()


def row(tree: Tree, placed: PlacedStep, *, short: bool = False) -> str:
    """Return the line of a step; in short, what is told as having happened is not told again."""
    when = f"{c.text}: " if (c := placed.condition) and not (short and c.event) else ""
    return f"- {when}{task(tree, placed.step)}".casefold()


def test_what_is_left_is_what_applies_and_is_not_ticked(tree: Tree, told: list[tuple[Moment, Json]]) -> None:
    seen = set()
    for moment, texts in told:
        stands = moment.stands(tree)
        seen |= set(stands)
        urgent, besides = urgent_steps(tree, moment.situation)
        left = stands.get("left", [])
        first = [p for p in left if not urgent or p in [*urgent, *besides]]
        assert [line.removesuffix(" *").casefold() for line in rows(texts["short"], "left")] == [
            row(tree, p, short=True) for p in first
        ]
        more = [due(tree, p) for p in left if p not in first]
        assert named(texts["short"], "more") == more
        assert forced(texts["short"], "more") == [forced_as(tree, p) for p in left if p not in first]
        assert [line.casefold() for line in rows(texts["whole"], "left")] == [row(tree, p) for p in left]
        for word in ("done", "done-off", "past", "later", "off"):
            steps = stands.get(word, ())
            labels = [(due if word in ("past", "later") else label)(tree, p) for p in steps]
            assert sorted(named(texts["short"], word)) == sorted(labels), word
            if word in ("past", "later"):
                assert sorted(forced(texts["short"], word)) == sorted(forced_as(tree, p) for p in steps)
            assert [line.casefold() for line in rows(texts["whole"], word)] == [row(tree, p) for p in steps]
    assert seen == {"past", "left", "later", "off", "done", "done-off"}


def test_where_the_case_goes_on_it_is_one_case(
    blank: Page,  # noqa: F811
    tree: Tree,
    told: list[tuple[Moment, Json]],
) -> None:
    """What is ticked of the situation that it came from is done, and of the rest what is urgent is left."""
    random, made = chance(), []
    for here, there in goes_on_to(tree):
        before = placed_steps(tree, tree.get(here, Situation))
        others = [id for id, _ in goes_on_to(tree) if id != here]
        for moment, plain in (m for m in told if m[0].situation.id == there):
            done = [p for p in before if random.random() < 0.3]
            ticks = {p.id: "on" for p in done} | {f"{id}/{done[0].step.key}": "on" for id in others if done}
            made.append((replace(moment, answers=moment.answers | ticks), plain, here, before, done))
    texts = each(blank, TOLD, [given(tree, moment, here) for moment, _, here, *_ in made])
    for (_, plain, here, before, done), text in zip(made, texts, strict=True):
        assert t("record.via", title=tree.get(here, Situation).title) in text["short"]
        labels = [label(tree, p) for p in done]
        assert sorted(named(text["short"], "done")) == sorted([*labels, *named(plain["short"], "done")])
        first = [p for listed in urgent_steps(tree, before[0].situation) for p in listed]
        left = [row(tree, p) for p in sorted(first, key=lambda p: p.number) if p not in done]
        assert [line.removesuffix(" *").casefold() for line in rows(text["short"], "left")] == [
            *left,
            *(line.removesuffix(" *").casefold() for line in rows(plain["short"], "left")),
        ]
        rest = [p for p in before if p not in [*done, *first]]
        assert named(text["short"], "rest") == [due(tree, p) for p in rest]
        assert forced(text["short"], "rest") == [forced_as(tree, p) for p in rest]
        assert [line.casefold() for line in rows(text["whole"], "done")] == [
            *(row(tree, p) for p in done),
            *(line.casefold() for line in rows(plain["whole"], "done")),
        ]


def test_who_acts_and_which_unit_it_is_to_is_told_of_what_is_named(
    tree: Tree, told: list[tuple[Moment, Json]]
) -> None:
    units, seen = tree.ids("units"), 0
    for moment, texts in told:
        stands = moment.stands(tree)
        for word in ("done", "later", "off", "past"):
            begins = t(f"record.{word}") + " "
            line = next((x for x in texts["short"].splitlines() if x.startswith(begins)), "")
            for placed in stands.get(word, ()):
                named_units = [*placed.step.who, *placed.step.with_, *placed.step.to]
                for unit in (tree.get(id, Unit) for id in named_units if id in units):
                    assert unit.name in line, (placed.id, unit.id)
                    seen += 1
    assert seen


def test_what_has_happened_is_what_was_answered_to_what_is_asked(
    tree: Tree, told: list[tuple[Moment, Json]]
) -> None:
    for moment, texts in told:
        expected = []
        for name, value in moment.happened():
            condition = tree.get(name.split("/")[1], Condition)
            event = event_of(tree, name)
            if name.endswith("/avstamt"):
                said = t(f"case.confirmed-{value}")
                expected.append(f"{condition.confirm_ask} {said}.")
            elif words := dict(event.answers).get(value):
                expected.append(f"{event.ask} {words}.")
        line = " ".join([t("record.happened"), *expected]) if expected else ""
        found = [line for line in texts["short"].splitlines() if line.startswith(t("record.happened"))]
        assert found == ([line] if line else [])


def test_what_is_unclear_at_hand_is_named_and_the_rest_is_counted(
    tree: Tree, told: list[tuple[Moment, Json]]
) -> None:
    """At the last answer and at what is left, then what stops at what is done: at most three of each.

    The others that bite are told by their number.
    """
    site, most, done_told = Site.of(tree, ""), 0, 0
    for moment, texts in told:
        stands = moment.stands(tree)
        everywhere = [*reservations_on(tree, moment.situation).gaps]
        everywhere += site.gaps_on_the_way_to(moment.situation)
        answered: list[Gap] = []
        for name, value in moment.happened():
            condition = tree.get(name.split("/")[1], Condition)
            id = {"unmet": event_of(tree, name).otherwise, "no": condition.unconfirmed}.get(value)
            answered += [tree.get(id, Gap)] if id else []
            if value == "unmet" and event_of(tree, name).afterwards:
                answered.append(tree.get("nar-kontakten-lyckas", Gap))
        left, done = stands.get("left", []), stands.get("done", [])
        others = [*stands.get("past", ()), *stands.get("later", ()), *done]
        urgent, besides = urgent_steps(tree, moment.situation)
        first = [p for p in left if not urgent or p in [*urgent, *besides]]
        at_hand = [*answered, *(g for g in everywhere if g.weight == "stops")]
        at_hand += [gap for p in first for gap in reservations(tree, p).gaps]
        all_ids = {g.id for g in (*at_hand, *everywhere)}
        all_ids |= {gap.id for p in (*left, *others) for gap in reservations(tree, p).gaps}
        names = named(texts["short"], "unclear")
        titles = {str(gap.title) for gap in at_hand}
        assert set(names) <= titles
        assert len(names) == min(3, len(titles)) == len(set(names))
        assert {str(gap.title) for gap in answered} <= {*names}
        most = max(most, len(titles))
        stopped = {str(g.title) for p in done for g in reservations(tree, p).gaps if g.weight == "stops"}
        of_done = named(texts["short"], "unclear-done")
        assert set(of_done) <= stopped - {*names}
        assert len(of_done) == min(3, len(stopped - {*names}))
        done_told += len(of_done)
        rest = len(all_ids) - len(names) - len(of_done)
        assert named(texts["short"], "more-unclear") == ([str(rest)] if rest else [])
        whole = texts["whole"].splitlines()
        begins = whole.index(t("record.unclear")) + 1 if all_ids else 0
        expected = {f"{gap.title}. {gap.text}" for gap in tree.gaps if gap.id in all_ids}
        assert {*whole[begins : begins + len(all_ids)]} == expected or not all_ids
    assert most > 3
    assert done_told


def test_after_contact_what_the_routine_says_of_the_time_after_is_named(
    tree: Tree, told: list[tuple[Moment, Json]]
) -> None:
    for moment, texts in told:
        contact = any(
            value == "unmet" and event_of(tree, name).afterwards for name, value in moment.happened()
        )
        for text in texts.values():
            assert ("handlingsplan tillsammans med hushållet" in text.split(t("record.applies-too"))[0]) is (
                contact
            )
        assert ("När kontakten lyckas, och vilken enhet" in texts["short"]) is contact


def test_where_more_is_to_be_tried_it_never_says_that_nothing_is_left(
    tree: Tree, told: list[tuple[Moment, Json]]
) -> None:
    seen = 0
    for moment, texts in told:
        stands, happened = moment.stands(tree), moment.happened()
        pending = [name for name, value in happened if value == "pending"]
        tried = [n for n in pending if event_of(tree, n).attempts]
        nothing = not {"left", "past"} & stands.keys()
        assert (t("record.more-to-try") in texts["short"]) is bool(nothing and tried)
        assert (t("record.nothing-left") in texts["short"]) is (nothing and not pending)
        seen += bool(nothing and tried)
    assert seen


def test_a_step_with_a_reservation_is_marked_and_the_whole_text_has_it(
    tree: Tree, told: list[tuple[Moment, Json]]
) -> None:
    for moment, texts in told:
        for placed in moment.stands(tree).get("left", ()):
            qualified = reservations(tree, placed)
            own = [qualified.note] if qualified.note else []
            own += [*(f.title for f in qualified.frames), *(g.title for g in qualified.gaps)]
            for line in rows(texts["short"], "left"):
                if line.removesuffix(" *").casefold() == row(tree, placed, short=True):
                    assert line.endswith(" *") is bool(own), placed.id
            (line,) = (x for x in rows(texts["whole"], "left") if x.casefold() == row(tree, placed))
            below = texts["whole"].split(line + "\n")[1].split("\n- ")[0]
            assert [text for text in own if text not in below] == []
            assert below.startswith("  (")


def test_it_is_about_ten_lines_and_addresses_nobody(tree: Tree, told: list[tuple[Moment, Json]]) -> None:
    beside, data = [], {s.id: record(Site.of(tree, ""), s) for s in tree.situations}
    for moment, texts in told:
        lines = texts["short"].splitlines()
        said = [*data[moment.situation.id]["unanswered"], *data[moment.situation.id]["ways"]]
        only = {
            one["text"] for one in said if one["at"] == ["answers=none"]
        }  # no line of a case with answers
        beside.append(len([line for line in lines if line not in only]) - len(rows(texts["short"], "left")))
        assert ADDRESSED.findall(texts["short"]) == [], moment
        assert all(lines)
        assert f"version {tree.routine.version}" in lines[-1]
        assert "2026-01-02" in lines[-1]
    assert median(beside) <= 10  # and a line for each step that is left
    assert max(beside) <= 15
