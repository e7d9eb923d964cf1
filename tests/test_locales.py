"""The languages of the tool's own words: each has the same to say, and the tree decides which is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from generator.build.configuration import fitted
from generator.cli import main
from generator.commands.new import draft
from generator.diff.compare import compare
from generator.diff.history import Revised, history
from generator.locale import DEFAULT, language_in, languages, scalars, speaking, spoken, strings, t, words_of
from generator.model import Text, Tree
from generator.outputs import outputs
from generator.pages.report.changes import as_text, report
from generator.pages.site import Site
from generator.printing.documents import documents_of
from generator.readability.advice import advice
from generator.rules import check, unwritten
from tests.conftest import ROOT, checked
from tests.english import TREE, earlier
from tests.english.leftovers import leftovers, of_data, of_page

OTHERS = [language for language in languages() if language != DEFAULT]
# What is the same word in both, or no word at all.
ALIKE = {"Version", "version", "Situation", "Situation:", "situation", "Navigator", "Mentor"}
SLOT = re.compile(r"\{+\w*\}+")
MACRO = re.compile(r"\{% macro (\w+\([^)]*\)) %\}")


@pytest.fixture(scope="module")
def english() -> Tree:
    return checked(TREE.read_text("utf-8"))


def told(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each string by its whole key."""
    if isinstance(value, str):
        yield key, value
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in below:
        yield from told(one, f"{key}.{name}")


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_the_same_keys_in_the_same_order(language: str) -> None:
    own, other = ([key for key, _ in told(words_of(one))] for one in (DEFAULT, language))
    assert sorted(set(own) ^ set(other)) == []
    assert own == other


@pytest.mark.parametrize("language", OTHERS)
def test_each_string_has_the_same_slots_in_every_language(language: str) -> None:
    other = dict(told(words_of(language)))
    for key, text in told(words_of(DEFAULT)):
        assert sorted(SLOT.findall(text)) == sorted(SLOT.findall(other[key])), key


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_untranslated(language: str) -> None:
    pairs = zip(scalars(DEFAULT), scalars(language), strict=True)
    same = {text for text, other in pairs if text == other and re.search("[a-z]{2}", SLOT.sub("", text))}
    assert same == ALIKE


def test_no_english_string_has_a_swedish_word() -> None:
    assert leftovers(SLOT.sub("1", text) for text in scalars("en")) == set()
    assert [text for text in scalars("en") if re.search("”[^“]*”", text)] == []
    assert leftovers(["Steps och units", "Rätt", "See s. 3"]) == {"och", "rätt", "s."}


def test_the_frame_says_the_same_in_every_language() -> None:
    folder = ROOT / "site_overrides/partials/words"
    assert sorted(file.stem for file in folder.iterdir()) == sorted(languages())
    said = {file.stem: MACRO.findall(file.read_text("utf-8")) for file in folder.iterdir()}
    assert len({tuple(macros) for macros in said.values()}) == 1
    assert said[DEFAULT]


def test_the_tree_decides_what_is_spoken() -> None:
    assert language_in("routine:\n  language: en\n") == "en"
    assert language_in("routine: {id: a, language: 'en', start: b}") == "en"
    assert language_in('{"routine": {"id": "a", "language": "en"}}') == "en"
    assert language_in("# language: en\nroutine:\n  language: sv\n") == "sv"
    assert language_in("routine:\n  language: xx\n") == DEFAULT
    assert language_in("") == DEFAULT


def test_a_language_is_spoken_no_longer_than_it_is_asked_for() -> None:
    with speaking("en"):
        assert (spoken(), t("lines.yes")) == ("en", "Yes")
        with speaking("sv"):
            assert t("lines.yes") == "Ja"
        with speaking("xx"):
            assert spoken() == "en"
        with speaking(Text("sv")):  # as it stands in a tree
            assert strings() is words_of("sv")
        with ThreadPoolExecutor(1) as other:
            assert other.submit(spoken).result() == DEFAULT
    assert spoken() == DEFAULT
    with pytest.raises(KeyError), speaking("en"):
        t("no-such-key")
    assert spoken() == DEFAULT


def test_two_trees_in_one_process_keep_their_languages(english: Tree, tiny: Tree) -> None:
    before = outputs(tiny, "")
    made = outputs(english, "")
    assert "Vem gör vad" in before["matris.md"]
    assert "Who does what" in made["matris.md"]
    assert outputs(tiny, "") == before
    assert outputs(english, "") == made


def test_no_page_and_no_paper_has_a_word_left_in_swedish(english: Tree) -> None:
    text = TREE.read_text("utf-8")
    for path, content in outputs(english, text, revised=revised(english)).items():
        if path.endswith(".md"):
            assert leftovers(of_page(content.partition("\n---\n")[2])) == set(), path
    for _, document in documents_of(Site.of(english, text), None):
        assert leftovers(of_data(document.data)) == set(), document.path


def revised(tree: Tree) -> list[Revised]:
    return history(tree, {"2024-01-02.1": earlier()})


def test_what_is_wrong_is_said_in_the_language_of_the_tree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = tmp_path / "tree/keys.yaml"
    (tree.parent / "versions").mkdir(parents=True)
    (tree.parent / "versions/2024-01-02.1.yaml").write_text(earlier(), "utf-8")
    for text, said in (
        (TREE.read_text("utf-8").replace("start: start", "start: nowhere"), "does not exist"),
        (TREE.read_text("utf-8").replace("id: keys", "id keys"), "error: "),
        (TREE.read_text("utf-8").replace("[desk, colleague]", "desk and guards"), "[desk, guards]"),
        (TREE.read_text("utf-8"), "no errors."),
    ):
        tree.write_text(text, "utf-8")
        main(["--root", str(tmp_path), "check"])
        told = capsys.readouterr()
        assert said in told.out + told.err
        assert leftovers([told.out, told.err]) == set()
    assert main(["--root", str(tmp_path), "advise"]) == 0
    for command in ("status", "form"):
        assert main(["--root", str(tmp_path), command, "made.html"]) == 0
        assert leftovers([capsys.readouterr().out]) == set()
        page = (tmp_path / "made.html").read_text("utf-8")
        assert '<html lang="en"' in page
        assert leftovers(of_page(page)) == set()


def test_there_is_no_advice_on_a_language_that_nothing_is_known_about(english: Tree) -> None:
    text = TREE.read_text("utf-8")
    assert advice(english, text) == []
    swedish = text.replace("language: en", "language: sv").replace("Watch the", "Vakta avseende")
    assert advice(checked(swedish), swedish)


def test_what_changes_is_told_in_the_language_of_the_tree(english: Tree) -> None:
    with speaking("en"):
        told = as_text(report(compare(checked(earlier()), english)))
    assert "force: “May” becomes “Must”" in told
    assert leftovers([told]) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_draft_and_its_menu_are_in_the_language_asked_for(language: str) -> None:
    config = (ROOT / "mkdocs.yml").read_bytes()
    with speaking(language):
        text = draft("lost-keys", "2026-11-27")
        tree = checked(text)
        menu = fitted(config, tree).decode()
    assert (tree.routine.language, bool(tree.routine.draft)) == (language, True)
    assert {finding.rule for finding in unwritten(text)} == {"dead-end", "placeholder"}
    assert leftovers([text]) == set()
    said = [re.sub(r"\S+\.(?:md|html|js|css|py)|#.*", "", line) for line in menu.splitlines()]
    assert leftovers(said[: said.index("not_in_nav: |")]) == set()
    # A word that the menu no longer has is no longer one of the frame.
    swedish = words_of(DEFAULT)["frame"].values()
    assert [text for text in swedish if text not in config.decode()] == []
    with speaking(DEFAULT):
        assert "Hitta stegen" in fitted(config, tree).decode()


def test_the_draft_says_that_it_is_one_in_its_language() -> None:
    with speaking("en"):
        text = draft("lost-keys", "2026-11-27")
    tree, findings = check(text)
    assert (findings, tree is None) == ([], False)
    pages = outputs(tree, text) if tree else {}
    assert "Not written yet: Not urgent" in pages["lucka/ej-skrivet-first-2.md"]
