"""Advice on the language: each rule both ways, LIX counted by hand, and the real tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.commands.advise import level
from generator.model import Question, Text, Tree
from generator.readability.advice import advice, lix, measures, pieces, sentences, words
from generator.readability.words import language
from generator.rules import check
from tests.conftest import ROOT, TINY

OTHERS = (
    "units",
    "conditions",
    "actions",
    "frames",
    "situations",
    "gaps",
    "topics",
    "examples",
    "terms",
    "introduction",
)


def only(tiny: Tree, question: Question) -> Tree:
    """Return a tree in which readers meet one question and nothing else."""
    nothing: dict[str, Any] = dict.fromkeys(OTHERS, ())
    return replace(tiny, questions=(question,), **nothing)


def given(tiny: Tree, rule: str, why: str = "", question: str = "Vad?") -> list[str]:
    """Return the words that a rule points at, when one question's texts are these."""
    first = replace(tiny.questions[0], text=Text(question), why=Text(why), where=Text(""))
    text = question if rule == "compound-question" else why
    found = [d for d in advice(only(tiny, first), text) if d.rule == rule]
    return [text[d.pos.column - 1 :][: d.pos.length] for d in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Det tar tid, t.ex. Annas väg. Sedan går vi.", 2),
        ("Läs s. 4 och kl. 9, bl.a. Nästa sak. Slut!", 2),
        ("Ta med kaffe, te m.m. Sedan går vi.", 2),
        ("Ta med kaffe, te m.m. och gå sedan.", 1),
        ("”Vi går hem.” Sedan blev det tyst.", 2),
        ("”Går vi?” frågar hon. Ja.", 2),
        ("Det väger 3.5 kilo den 3 maj 2020. 12 av dem kom.", 2),
        ("Utan punkt", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, found: int) -> None:
    assert len(sentences(text)) == found
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_a_slash_parts_words_and_a_hyphen_joins_them() -> None:
    assert words("enhet/grupp, e-post och ”12 kr”") == ["enhet", "grupp", "e-post", "och", "12", "kr"]


def test_lix_is_what_counting_by_hand_gives() -> None:
    # 4 words, 1 sentence, none longer than six letters.
    assert lix(["Vi går hem nu."]) == 4
    # 10 words in 2 sentences, 3 of them long: tillsammans, kommunens, bibliotek.
    assert lix(["Vi går tillsammans till kommunens bibliotek. Där är det lugnt."]) == 5 + 30
    # Over two texts, the second without a full stop: 6 words, 2 sentences, 1 long (blommorna).
    assert lix(["Hon vattnar.", "Sedan vissnar inte blommorna"]) == pytest.approx(3 + 100 * 3 / 6)
    assert lix([]) == 0


@pytest.mark.parametrize(
    ("value", "name"),
    [(29.9, "mycket lättläst"), (30, "lättläst"), (49.9, "medelsvår"), (50, "svår"), (60, "mycket svår")],
)
def test_the_scale_has_five_levels(value: float, name: str) -> None:
    assert level(value) == name


def test_a_sentence_is_long_from_its_twenty_sixth_word(tiny: Tree) -> None:
    just, over = "Ord" + " ord" * 24 + ".", "Ord" + " ord" * 25 + "."
    assert given(tiny, "long-sentence", just) == []
    assert given(tiny, "long-sentence", over) == [over]
    assert given(tiny, "long-sentence", f"Kort. {over} Kort.") == [over]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Grannen ska informeras.", "informeras"),
        ("Ett brev skickas i dag.", "skickas"),
        ("Mötet bör bekräftas samma dag.", "bekräftas"),
        ("Arbetet görs på plats.", "görs"),
        ("En kopia av brevet ska lämnas.", "lämnas"),
        ("Nyckeln måste ges tillbaka.", "ges"),
        ("Om brevet skickas i dag, ska svaret lämnas.", "lämnas"),
    ],
)
def test_a_passive_without_an_actor_is_pointed_at(tiny: Tree, text: str, verb: str) -> None:
    assert given(tiny, "passive", text) == [verb]


@pytest.mark.parametrize(
    "text",
    [
        "Grannen ska informeras av styrelsen.",
        "Det finns alltid plats hos oss, trots allt.",
        "Senast i dag måste minst två komma, annars går det inte.",
        "Allas röster och deras barns önskemål.",
        "De ska umgås och lyckas, hoppas vi.",
        "Det har funnits en insats på en annan plats.",
        "Lagarnas och reglernas syfte.",
        "Styrelsen ska informera grannen.",
        "Beslutet har skickats, och dörren öppnades i går.",
        "Vi går när brevet skickas, och säger att nyckeln lämnas.",
        "Då står det: ”Nycklarna ska lämnas.”",
    ],
)
def test_other_words_in_s_are_left_alone(tiny: Tree, text: str) -> None:
    assert given(tiny, "passive", text) == []


@pytest.mark.parametrize(
    "text",
    ["Är det ett hus? Är det stort?", "Är huset stort och har det tak?", "Vem kommer och när?"],
)
def test_two_questions_in_one_are_pointed_at(tiny: Tree, text: str) -> None:
    assert len(given(tiny, "compound-question", question=text)) == 1


@pytest.mark.parametrize(
    "text",
    ["Är det ett hus eller en stuga?", "Har ni vatten och ved?", "När lagar och målar vi taket?", "Vad?"],
)
def test_alternatives_are_one_question(tiny: Tree, text: str) -> None:
    assert given(tiny, "compound-question", question=text) == []


def test_only_questions_are_asked_for_compounds(tiny: Tree) -> None:
    both = "Är det sent? Är det mörkt?"
    first = replace(tiny.questions[0], text=Text("Vad?"), why=Text(both))
    assert not [d for d in advice(only(tiny, first), both) if d.rule == "compound-question"]


def test_a_word_with_a_better_one_is_found_whole_and_inflected(tiny: Tree) -> None:
    assert given(tiny, "better-word", "Vi erhöll svar. Vederbörande går.") == ["erhöll", "Vederbörande"]
    assert given(tiny, "better-word", "Gör det i syfte att hjälpa.") == ["i syfte att"]
    assert given(tiny, "better-word", "Samtal och dockor.") == []


def test_a_name_and_the_words_of_others_are_left_as_they_are(tiny: Tree) -> None:
    assert given(tiny, "better-word", "Park- samt vattenverket svarar: ”Dock i nuläget.”") == []
    assert given(tiny, "better-word", "Parken samt vattenverket svarar.") == ["samt"]


def test_the_words_are_some_and_each_form_stands_once() -> None:
    better = language()["better"]
    forms = [form for listed in better for form in listed.split(", ")]
    assert 60 <= len(better) <= 100
    assert len(forms) == len(set(forms))
    assert all(form == form.lower() for form in forms)
    for form in forms:
        assert form not in {
            w.strip() for w in better[next(k for k in better if form in k.split(", "))].split(",")
        }


def test_the_lists_of_language_hold_no_word_of_the_routine(tree: Tree) -> None:
    text = (ROOT / "generator/readability/words.yaml").read_text("utf-8").lower()
    named = [*tree.units, *tree.parties, *tree.facts, *tree.actions]
    also = [word for unit in tree.units for word in unit.also]
    also += [word for action in tree.actions for word in action.also]
    also += [word for fact in tree.facts for value in fact.values for word in value.also]
    labels = [str(getattr(node, "name", "") or getattr(node, "label", "")) for node in named]
    found = {w for w in (*also, *labels) if w and f" {w.lower()} " in f" {text} "}
    assert found == set()


def test_a_step_that_names_nobody_is_not_asked_who(tree: Tree, real_text: str) -> None:
    unnamed = [p for p in pieces(tree) if not p.actor]
    assert unnamed
    lines = {p.places[0].line for p in unnamed}
    assert not [d for d in advice(tree, real_text) if d.rule == "passive" and d.pos.line in lines]


def test_what_a_step_without_actor_says_is_not_asked_about_anywhere(tiny: Tree) -> None:
    action = replace(tiny.actions[0], unnamed=Text("Grannen {modal} informeras."))
    question = replace(
        tiny.questions[0], text=Text("Vad?"), why=Text("Grannen ska informeras."), where=Text("")
    )
    asked = only(tiny, question)
    assert [d.rule for d in advice(asked, question.why)] == ["passive"]
    assert advice(replace(asked, actions=(action,)), question.why) == []


def test_who_acts_is_asked_only_where_somebody_is_told_what_to_do(tiny: Tree) -> None:
    text = Text("Grannen ska informeras.")
    gap = replace(tiny.gaps[0], text=text, title=Text("Vem?"))
    bare = only(tiny, replace(tiny.questions[0], text=Text("Vad?"), why=Text(""), where=Text("")))
    assert advice(replace(bare, gaps=(gap,)), text) == []
    assert advice(replace(bare, conditions=(replace(tiny.conditions[0], text=text, event=None),)), text)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("text: för att få ordning", "text: för att erhålla ordning", "erhålla"),
        ("gästen", "vederbörande", "vederb"),
    ],
)
def test_a_word_of_a_purpose_or_a_party_is_told_where_it_stands(
    tiny_text: str, old: str, new: str, word: str
) -> None:
    text = tiny_text.replace(old, new, 1)
    tree, findings = check(text)
    assert tree
    assert not findings
    (told,) = (d for d in advice(tree, text) if d.rule == "better-word")
    line = text[: text.index(new)].count("\n")
    assert (told.pos.line, told.pos.column) == (line + 1, text.splitlines()[line].index(word) + 1)


def test_the_very_same_sentence_is_told_once_with_its_other_lines(tiny_text: str) -> None:
    lines = tiny_text.splitlines()
    why, where = (
        next(n for n, line in enumerate(lines) if f"    {key}: " in line) for key in ("why", "where")
    )
    lines[why], lines[where] = "    why: Vi går dock.", "    where: Se här. Vi går dock."
    text = "\n".join(lines)
    tree, findings = check(text)
    assert tree
    assert not findings
    (told,) = (d for d in advice(tree, text) if "dock" in d.message)
    assert (told.pos.line, told.pos.column) == (why + 1, lines[why].index("dock") + 1)
    assert f"rad {where + 1}." in told.message


def test_each_step_sentence_is_looked_at_once(tree: Tree) -> None:
    found = [p.text for p in pieces(tree) if p.kind == "situations"]
    assert len(found) == len(set(found))


def test_advice_points_at_what_it_is_about(tree: Tree, real_text: str) -> None:
    lines = real_text.splitlines()
    places = {place for piece in pieces(tree) for place in piece.places}
    starts = {(p.line, p.column) for p in places}
    quoted = 0
    for d in advice(tree, real_text):
        line = lines[d.pos.line - 1]
        assert any(p.line == d.pos.line and p.column <= d.pos.column for p in places), d
        excerpt = line[d.pos.column - 1 :][: d.pos.length]
        if f"”{excerpt}”" in d.message:
            quoted += 1
        else:
            assert d.rule in ("long-sentence", "compound-question"), d
            assert len(words(excerpt)) > 1 or ((d.pos.line, d.pos.column) in starts and "action:" in line), d
    assert quoted


def test_every_kind_of_text_is_measured(tree: Tree) -> None:
    measured = measures(tree)
    assert set(measured) == {"", *OTHERS, "questions"}
    assert all(10 < value < 80 for value in measured.values())


@pytest.mark.parametrize("command", ["advise", "check"])
def test_advice_changes_no_exit_code_and_is_the_same_twice(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TINY.read_text("utf-8")
    why = next(line for line in text.splitlines() if line.lstrip().startswith("why:"))
    worse = text.replace(
        why, why.split("why:")[0] + "why: Vederbörande ska informeras i syfte att erhålla svar."
    )
    (tmp_path / "tree.yaml").write_text(worse, "utf-8")
    said = []
    for _ in range(2):
        assert main(["--root", str(tmp_path), "--tree", "tree.yaml", command]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert "råd om språket" in said[0]
    if command == "advise":
        number = worse.splitlines().index(next(x for x in worse.splitlines() if "Vederbörande" in x)) + 1
        assert f":{number}:" in said[0]
        assert "[better-word]" in said[0]
        assert "[passive]" in said[0]
        assert ": råd: " in said[0]
        assert ": fel: " not in said[0]
