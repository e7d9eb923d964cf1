"""The scripts' pure logic, with thousands of inputs: against Python, and by what must always hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
from json import dumps, loads
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.model import Ask, Condition, Gap, Question, Situation, Tree
from generator.navigator.data import navigator_js
from generator.pages.facts import asked_for, names_asked_for
from generator.pages.site import Site
from generator.routine.boxes import box_of
from generator.routine.cases import covers, walk, with_facts
from generator.routine.holding import ROLES, step_in
from generator.routine.steps import events_of, placed_steps
from tests import many, several
from tests.conftest import ROOT, checked
from tests.e2e.conftest import open_page

Json = dict[str, Any]
Situations = list[tuple[Json, list[list[str]]]]
SCRIPTS = ("navigator-logic.js", "case-logic.js", "settle.js", "practice-logic.js")
# What is given may not be changed: in strict code, an attempt is an error.
FROZEN = """
const frozen = (given) => {
  if (given && typeof given === "object") Object.values(Object.freeze(given)).forEach(frozen);
  return given;
};
frozen(rutinData);
"""
JUNK = (
    "finns-inte=ja",
    "inkom",
    "inkom=__proto__",
    "__proto__=x",
    "constructor=ja",
    "=",
    "a=b=c",
    "_fraga=x",
    "x=%",
)


def chance() -> Random:
    """Return chance that gives the same every time."""
    return Random(15)  # noqa: S311, no secret


@pytest.fixture
def random() -> Random:
    return chance()


@pytest.fixture(scope="module")
def blank(browser: Browser, tree: Tree, real_text: str) -> Iterator[Page]:
    context = browser.new_context()
    page = open_page(context)
    assets = ROOT / "site_overrides/assets"
    scripts = [(assets / name).read_text("utf-8") for name in SCRIPTS]
    for script in (navigator_js(Site.of(tree, real_text)), *scripts, FROZEN):
        page.add_script_tag(content=script)
    yield page
    context.close()


def each(page: Page, expression: str, inputs: list[Any]) -> list[Any]:
    """Return what an expression of ``it`` gives for each input, asked twice: nothing may depend on before."""
    call = f"(text) => JSON.stringify(frozen(JSON.parse(text)).map((it) => {expression}))"
    found: str = page.evaluate(call, dumps(inputs))  # as text, which is many times faster
    assert page.evaluate(call, dumps(inputs)) == found
    made: list[Any] = loads(found)
    return made


# --- The navigator ------------------------------------------------------------------------------------------


def partial(tree: Tree) -> list[dict[str, str]]:
    """Return every combination of facts, whole or not."""
    names = [str(fact.id) for fact in tree.facts]
    choices = product(*((None, *(str(value.id) for value in fact.values)) for fact in tree.facts))
    return [{name: value for name, value in zip(names, c, strict=True) if value} for c in choices]


def way(tree: Tree, facts: dict[str, str]) -> Json:
    first = walk(tree, facts)
    on = onward(tree, first.at)
    second = walk(tree, facts, on) if on else first
    goes_on = bool(on and second.answers)
    answers = (*first.answers, *second.answers) if goes_on else first.answers
    return {
        "answers": [[str(a.node.id), str(a.option.id)] for a in answers],
        "at": second.at if goes_on else first.at,
        "via": first.at if goes_on else None,
    }


def onward(tree: Tree, id: str) -> str | None:
    end = tree.get(id, Ask, Situation, Gap)
    return str(end.continues.node) if isinstance(end, Situation) and end.continues else None


def test_the_way_is_the_one_that_python_takes(blank: Page, tree: Tree) -> None:
    cases = partial(tree)
    follow = """((way) => ({...way, answers: way.answers.map((a) => [a.node, a.option.id])}))(
      rutinLogic.follow(rutinData, it))"""
    ways = [way(tree, case) for case in cases]
    assert each(blank, follow, cases) == ways
    assert len({way["at"] for way in ways}) > len(tree.situations)


def test_a_fragment_is_read_in_any_order_and_form_and_what_is_unknown_changes_nothing(
    blank: Page, tree: Tree, random: Random
) -> None:
    nodes = [str(node.id) for node in tree.nodes]
    gaps = [str(gap.id) for gap in tree.end_gaps]
    fragments, expected = [], []
    for facts in partial(tree) * 3:
        ask, junk = random.choice(nodes), random.sample(JUNK, random.randrange(4))
        gone_on_from = random.sample(gaps, random.randrange(1, 3))
        pairs = [f"{fact}={value}" for fact, value in facts.items()]
        pairs += [*junk, f"_fraga={ask}", f"_lucka={','.join(gone_on_from)}", "_utskrift=1~0000.0000"]
        random.shuffle(pairs)
        taken = way(tree, facts)
        asks = ask in {node for node, _ in taken["answers"]} | {taken["at"], onward(tree, taken["at"])}
        behind = [g for g in gone_on_from if any(covers(w.as_, facts) for w in tree.get(g, Gap).ways)]
        unknown = [pair for pair in pairs if pair in junk] + ([] if asks else [f"_fraga={ask}"])
        expected.append({"facts": facts, "ask": ask if asks else None, "gaps": behind, "unknown": unknown})
        text = "&".join(pairs)
        percent = random.choice(("%", "%25", "%2525"))  # encoded once, or again on its way
        coded = text.replace("=", f"{percent}3D").replace("&", f"{percent}26")
        fragments.append(random.choice("#?") + random.choice((text, coded)))
    assert each(blank, "rutinLogic.parse(rutinData, it)", fragments) == expected
    assert {bool(one["ask"]) for one in expected} == {bool(one["gaps"]) for one in expected} == {True, False}


def test_facts_come_back_from_the_address_that_they_make(blank: Page, tree: Tree) -> None:
    cases = partial(tree)
    again = "rutinLogic.parse(rutinData, '#' + rutinLogic.format(it, {_fraga: null})).facts"
    assert each(blank, again, cases) == cases


def test_an_answer_is_the_one_that_is_chosen_and_another_takes_its_place(
    blank: Page, tree: Tree, random: Random
) -> None:
    turns: list[Json] = []
    for node in tree.nodes:
        options = range(len(tree.get(node.ask, Question).options))
        for facts, (one, other) in product(random.sample(partial(tree), 40), permutations(options, 2)):
            turns.append({"facts": facts, "node": str(node.id), "one": one, "other": other})
    found = each(
        blank,
        """(({facts, node, one, other}) => {
          const options = rutinLogic.options(rutinData, node);
          const answer = (before, index) =>
            rutinLogic.answer(rutinData, {facts: before, gaps: []}, node, options[index]).facts;
          const once = answer(facts, one);
          return {once, chosen: rutinLogic.chosen(rutinData, node, once)?.id, id: options[one].id,
            again: answer(once, one), undone: answer(answer(once, other), one)};
        })(it)""",
        turns,
    )
    for turn, after in zip(turns, found, strict=True):
        assert after["chosen"] == after["id"]
        assert after["once"] == after["again"] == after["undone"]
        question = tree.get(tree.get(turn["node"], Ask).ask, Question)
        others = {fact for option in question.options for fact in option.facts}
        assert {f: v for f, v in after["once"].items() if f not in others} == {
            f: v for f, v in turn["facts"].items() if f not in others
        }


def test_going_on_from_gaps_keeps_what_was_answered_until_it_is_answered_anew(
    blank: Page, tree: Tree
) -> None:
    for gap in tree.end_gaps:
        for way in gap.ways:
            was = with_facts({}, (gap.facts or ({},))[0])
            now = with_facts(was, way.as_)
            assert each(blank, f"rutinLogic.answered(rutinData, it, ['{gap.id}'])", [now])[0] == {
                **now,
                **{str(fact): was[str(fact)] for fact in way.as_},
            }
            for node in tree.nodes:
                options = tree.get(node.ask, Question).options
                turns = [
                    {"facts": now, "gaps": [str(gap.id)], "node": str(node.id), "n": n}
                    for n in range(len(options))
                ]
                after = each(
                    blank,
                    """rutinLogic.answer(rutinData, it, it.node,
                      rutinLogic.options(rutinData, it.node)[it.n]).gaps""",
                    turns,
                )
                about = {fact for option in options for fact in option.facts} & set(way.as_)
                assert after == [[] if about else [str(gap.id)]] * len(options)


# --- The case -----------------------------------------------------------------------------------------------

SEEN = """((page, actions) => {
  const logic = rutinCaseLogic;
  const start = frozen({answers: {}});
  const after = actions.reduce((s, [name, value]) =>
    frozen(logic.answer(s, name, value ?? undefined)), start);
  const view = logic.view(page, after);
  return {answers: after.answers, events: view.events, steps: view.steps.map((step) => step.is)};
})(...it)"""
ANSWERS = {"asks": ["met", "unmet", "pending"], "confirms": ["yes", "no", "none"]}


def goes_on_after(condition: Condition) -> list[str]:
    """Return the answers after which what comes later is asked all the same."""
    event = condition.event
    return ["unmet"] * bool(event and event.goes_on) + ["no"] * condition.goes_on


def real_pages(tree: Tree) -> list[Json]:
    """Return the situations as the script takes them from their pages."""
    made = []
    for situation in tree.situations:
        steps = placed_steps(tree, situation)
        phases = list(dict.fromkeys(str(p.step.phase) for p in steps))
        events = [
            (phase, str(condition.id), condition)
            for phase in phases
            for condition in events_of([p for p in steps if p.step.phase == phase])
        ]
        places = {(phase, id): index for index, (phase, id, _) in enumerate(events)}
        made.append(
            {
                "events": [
                    {
                        "phase": phase,
                        "asks": id,
                        "confirms": f"{id}/avstamt" if condition.confirm else None,
                        "goesOn": goes_on_after(condition),
                        "ways": [[str(steps[0].id)], [""]],
                    }
                    for phase, id, condition in events
                ],
                "steps": [
                    {
                        "phase": str(p.step.phase),
                        "event": places.get((str(p.step.phase), str(p.step.when)), -1),
                        "facts": asked_for(tree, p.step.facts or {}),
                        "only": names_asked_for(tree, p.step),
                    }
                    for p in steps
                ],
            }
        )
    return made


def invented_page(random: Random) -> Json:
    """Return a page with more in it than any situation has."""
    phases = random.randrange(1, 5)
    events = [
        {
            "phase": min(index // 2, phases),
            "asks": f"e{index}",
            "confirms": random.choice([None, f"e{index}/avstamt"]),
            "goesOn": [told for told in ("unmet", "no") if random.random() < 0.4],
            "ways": [[f"s{step}" for step in random.sample(range(6), 2)] for _ in range(2)],
        }
        for index in range(random.randrange(6))
    ]
    steps = [
        {"phase": e["phase"], "event": i} for i, e in enumerate(events) for _ in range(random.randrange(1, 3))
    ]
    free = [{"phase": random.randrange(phases + 1), "event": -1} for _ in range(random.randrange(3))]
    return {"events": events, "steps": steps + free}


def some_answers(random: Random, page: Json) -> list[list[str]]:
    """Return answers and ticks, mostly such that the case goes on."""
    given = [[f"s{step}", "on"] for step in range(6) if random.random() < 0.3]
    for event in page["events"]:
        for name, values in ANSWERS.items():
            if event[name] and random.random() < 0.8:
                given.append([event[name], values[0] if random.random() < 0.6 else random.choice(values)])
    random.shuffle(given)
    return given


@pytest.fixture(scope="module")
def situations(tree: Tree) -> Situations:
    """Pages, and what is answered on each."""
    random = chance()
    pages = [*real_pages(tree) * 20, *(invented_page(random) for _ in range(1000))]
    return [(page, some_answers(random, page)) for page in pages]


def states(page: Json, given: dict[str, str]) -> tuple[list[str], list[bool]]:
    """Return what each event is, and whether it is asked: as long as everything before it is past."""
    found: list[str] = []
    asked = [True]
    for event in page["events"]:
        said = given.get(event["asks"], "") if asked[-1] else ""
        confirmed = given.get(event["confirms"], "") if event["confirms"] else "yes"
        elsewhere = any(
            step["phase"] == event["phase"] and (step["event"] < 0 or found[step["event"] :][:1] == ["open"])
            for step in page["steps"]
        )
        if not asked[-1]:
            found.append(found[-1])
        elif said == "met" and confirmed == "yes":
            found.append("open")
        else:
            found.append("off" if said == "unmet" or (said == "met" and confirmed == "no") else "waiting")
        told = confirmed if said == "met" else said
        on = found[-1] == "open" or (said == "met" and elsewhere) or told in event["goesOn"]
        asked.append(asked[-1] and on)
    return found, asked[:-1]


def test_what_stands_open_is_what_python_says(blank: Page, situations: Situations) -> None:
    found = each(blank, SEEN, [[page, given] for page, given in situations])
    for (page, given), seen in zip(situations, found, strict=True):
        is_, asked = states(page, dict(given))
        assert [event["is"] for event in seen["events"]] == is_
        assert [event["asks"] in event["asked"] for event in seen["events"]] == asked
        assert seen["steps"] == ["open" if s["event"] < 0 else is_[s["event"]] for s in page["steps"]]
        for event in seen["events"]:
            ticked = {name for name, value in given if value == "on"}
            assert event["left"] == [not ticked & set(way) for way in event["ways"]]
            confirms = event["confirms"] in event["asked"] if event["confirms"] else False
            assert confirms == bool(
                event["confirms"] and dict(given).get(event["asks"]) == "met" and event["asked"]
            )
    assert {step for seen in found for step in seen["steps"]} == {"open", "waiting", "off"}


def test_what_is_left_of_a_page_is_what_python_says(blank: Page) -> None:
    """The steps of a case, as far as it is known, and the events that one of them waits for."""
    kinds = set()
    for path in (many.TREE, several.TREE):
        tree = checked(path.read_text("utf-8"))
        pages = zip(tree.situations, real_pages(tree), strict=True)
        cases = list(product(pages, partial(tree)))
        found = each(blank, "rutinSettle.pageIn(...it)", [[page, facts] for (_, page), facts in cases])
        for ((situation, page), facts), left in zip(cases, found, strict=True):
            steps = []
            for placed, step in zip(placed_steps(tree, situation), page["steps"], strict=True):
                if held := step_in(tree, placed.step, (box_of(facts),)):
                    are_in = all(getattr(held, role) == getattr(placed.step, role) for role in ROLES)
                    steps.append({**step, "sure": are_in and not held.hangs})
            waited = sorted({step["event"] for step in steps} - {-1})
            assert left["events"] == [page["events"][at] for at in waited]
            at = {event: place for place, event in enumerate(waited)}
            assert left["steps"] == [{**step, "event": at.get(step["event"], -1)} for step in steps]
            fewer = (len(steps) < len(page["steps"]), len(waited) < len(page["events"]))
            kinds |= {(*fewer, step["sure"]) for step in steps}
    assert kinds == {
        (False, False, False),
        (False, False, True),
        (True, False, False),
        (True, False, True),
        (True, True, False),
        (True, True, True),
    }


def test_every_order_of_the_same_answers_ends_in_the_same(
    blank: Page, situations: Situations, random: Random
) -> None:
    orders = [[page, random.sample(given, len(given))] for page, given in situations]
    assert each(blank, SEEN, orders) == each(blank, SEEN, [[page, given] for page, given in situations])


def test_an_answer_and_its_undoing_give_back_the_same(
    blank: Page, situations: Situations, random: Random
) -> None:
    turned = []
    for page, given in situations:
        names = [event[kind] for event in page["events"] for kind in ANSWERS if event[kind]] + ["s1"]
        name = random.choice(names)
        before = dict(given).get(name)
        value = random.choice(["met", "unmet", "yes", "no", "on"])
        turned.append([page, [*given, [name, value], [name, before]]])
    assert each(blank, SEEN, turned) == each(blank, SEEN, [[page, given] for page, given in situations])


def test_names_and_values_that_the_page_does_not_have_change_nothing_that_is_seen(
    blank: Page, situations: Situations, random: Random
) -> None:
    strange: list[Any] = ["", "constructor", "__proto__", "open", "waiting", "on", 7, {"x": 1}, [], True]
    odd, plain = [], []
    for page, given in situations:
        names = [name for name, _ in given]
        unused = [e[k] for e in page["events"] for k in ANSWERS if e[k] and e[k] not in names]
        junk = [[name, random.choice(strange)] for name in ("x", "constructor", "toString", *unused)]
        odd.append([page, [*junk, *given]])
        plain.append([page, given])
    for one, other in zip(each(blank, SEEN, odd), each(blank, SEEN, plain), strict=True):
        assert one["steps"] == other["steps"]
        for key in ("is", "told", "asked", "left"):
            assert [event.get(key) for event in one["events"]] == [
                event.get(key) for event in other["events"]
            ]


def test_what_is_carried_is_what_a_way_of_answers_leads_to_and_nobody_else_s(blank: Page) -> None:
    """Ticks by what each step says, and what is kept of the situation that the case went on from."""
    steps = [{"name": f"here/{n}", "duty": f"d{n}"} for n in range(4)]
    said: list[list[str]] = [["x/1", "on", "d1"], ["x/2", "", "d2"], ["x/9", "on", "d9", "nine"]]
    said += [["x/8", "", "d8", "eight"]]
    said += [
        ["via/a", "on"],
        ["via/b", ""],
        ["via/c", "on", "d7", "seven"],
        ["viaduct/a", "on"],
        ["here/3", "on"],
    ]
    kept: Json = {"?a=1": {"here/0": "on", "here/2": "on"}, "?a=2": {"here/1": "on"}, "_said": said}
    now = "{page: {steps: it.steps}, given: {key: it.key, via: it.via}, words: {lost: 'Lost: '}}"
    carried = f"rutinCaseLogic.carried({now}, it.kept, it.href).answers"
    turns: list[Json] = [
        {"steps": steps, "kept": kept | {"_to": {"href": to}}, "key": key, "via": via, "href": "here"}
        for key, via, to in product(("?a=1", "?a=2", "?a=3"), ("via", None), ("here", "there"))
    ]
    for turn, found in zip(turns, each(blank, carried, turns), strict=True):
        own = kept.get(turn["key"], {})
        by_duty = {"here/1": "on", "here/2": ""}
        of_via = {"via/a": "on", "via/b": "", "via/c": "on"} if turn["via"] else {}
        came = turn["kept"]["_to"]["href"] == "here"
        lost = {"lost": "Lost: nine" if turn["via"] else "Lost: nine, seven"}
        assert found == (own | by_duty | of_via | lost if came else own)


# --- Practice -----------------------------------------------------------------------------------------------


def test_one_is_asked_at_a_time_of_those_of_one_s_own_unit(blank: Page, random: Random) -> None:
    strange: list[Any] = ["a", "a", "b", "b", "gone", "", 7, None, ["a"], {"a": "a"}]
    turns: list[tuple[list[Json], Any, str]] = []
    for _ in range(2000):
        names = [f"e{n}" for n in range(random.randrange(5))]
        units = {name: random.sample(["u", "v"], random.randrange(3)) for name in names}
        exercises: list[Json] = [
            {"id": e, "units": units[e], "right": "a", "choices": ["a", "b"]} for e in names
        ]
        kept = {name: random.choice(strange) for name in (*names, "e9") if random.random() < 0.8}
        turns.append((exercises, random.choice([kept] * 9 + [7, None]), random.choice(["", "u", "v"])))
    found = each(
        blank,
        """(([exercises, kept, unit]) => {
          const given = rutinPracticeLogic.known(exercises, kept);
          const ids = (some) => some.map(({id}) => id);
          const {asked, open, wrong, shown, done} = rutinPracticeLogic.view(exercises, given, unit);
          return [given, ids(asked), open?.id, ids(wrong), ids(shown), done];
        })(it)""",
        turns,
    )
    for (exercises, kept, unit), seen in zip(turns, found, strict=True):
        all_kept = kept if isinstance(kept, dict) else {}
        given = {e["id"]: all_kept[e["id"]] for e in exercises if all_kept.get(e["id"]) in ("a", "b")}
        asked = [e["id"] for e in exercises if unit in ("", *e["units"])]
        left = [id for id in asked if id not in given]
        wrong = [id for id in asked if given.get(id) == "b"]
        done = bool(asked) and not left
        assert seen == [given, asked, left[0] if left else None, wrong, left[:1] or asked, done]
    assert {seen[-1] for seen in found} == {True, False}
