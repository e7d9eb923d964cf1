"""Another routine from another field becomes a site by the same generator, which knows of neither field."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import model
from generator.cli import main
from generator.model import Tree, visit
from generator.routine.cases import covers, ends, walk
from generator.routine.steps import units_of
from tests.built import built
from tests.conftest import ROOT, checked
from tests.every_case import all_cases
from tests.playground import TREE, copy_playground


@pytest.fixture(scope="module")
def lekplats() -> Tree:
    return checked(TREE.read_text("utf-8"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(copy_playground(tmp_path_factory.mktemp("playground")))


def test_every_end_has_its_page_and_every_situation_its_checklists(site: Path, lekplats: Tree) -> None:
    for situation in lekplats.situations:
        assert situation.title in (site / f"situation/{situation.id}.html").read_text("utf-8")
        paper = site / f"checklista/{situation.id}.pdf"
        assert not paper.exists() if situation.text else paper.stat().st_size > 1000
        for unit in units_of(lekplats, situation):
            assert (site / f"checklista/{situation.id}--{unit.id}.pdf").stat().st_size > 1000
    for gap in lekplats.end_gaps:
        assert gap.title in (site / f"lucka/{gap.id}.html").read_text("utf-8")


def test_every_other_view_of_the_routine_is_there(site: Path, lekplats: Tree) -> None:
    pages = [f"fraga/{node.id}" for node in lekplats.nodes if node.id != lekplats.routine.start]
    pages += [f"enhet/{unit.id}" for unit in lekplats.units]
    pages += [f"atgard/{action.id}" for action in lekplats.actions]
    pages += [f"avsnitt/{section.page_id}" for section in lekplats.source if section.page_id]
    for page in ("index", "matris", "navigator", "lekplatserna", *pages):
        assert (site / f"{page}.html").exists(), page


def test_its_data_states_every_case_as_its_tree_does(site: Path, lekplats: Tree) -> None:
    data = json.loads((site / "rutin.json").read_text("utf-8"))
    for case in all_cases(lekplats):
        (told,) = [way["ends_in"] for way in data["ways"] if covers(way["facts"], case)]
        assert [*told.values()] == [walk(lekplats, case).at]
    assert {end for way in data["ways"] for end in way["ends_in"].values()} == {
        str(e.id) for e in ends(lekplats)
    }


def test_a_plain_mkdocs_build_finds_the_tree_by_itself(tmp_path: Path) -> None:
    project = copy_playground(tmp_path)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "plain")]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "plain/situation/trasig-lampa.html").exists()


def test_a_folder_without_a_tree_has_to_be_told_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tree").mkdir()
    assert main(["--root", str(tmp_path), "check"]) == 1
    assert "minst en fil som slutar på .yaml" in capsys.readouterr().err
    (tmp_path / "utkast.yaml").write_bytes(TREE.read_bytes())
    assert main(["--root", str(tmp_path), "--tree", "utkast.yaml", "check"]) == 0


def _classes() -> list[Any]:
    return [c for name in model.__all__ if dataclasses.is_dataclass(c := getattr(model, name))]


BASES = {model.Node, model.Named}


@pytest.mark.parametrize("cls", [c for c in _classes() if c not in BASES], ids=lambda c: c.__name__)
def test_it_uses_everything_that_the_model_has(lekplats: Tree, cls: Any) -> None:
    draft = checked(TREE.read_text("utf-8").replace("  start: start\n", "  start: start\n  draft: true\n"))
    made = [node for tree in (lekplats, draft) for node in visit(tree) if isinstance(node, cls)]
    assert made
    for f in dataclasses.fields(cls):
        default = f.default_factory() if callable(f.default_factory) else f.default
        if "written" in f.metadata:
            assert re.search(rf"\b{f.name}: ", TREE.read_text("utf-8")), f.name
        elif default is not dataclasses.MISSING and f.name != "pos":
            assert any(getattr(node, f.name) != default for node in made), f.name


def test_it_has_what_makes_steps_differ(lekplats: Tree) -> None:
    steps = [step for situation in lekplats.situations for step in situation.steps]
    assert {step.force for step in steps} == lekplats.ids("forces")
    assert {min(len(step.who), 2) for step in steps} == {0, 1, 2}  # nobody named, one, several together
    assert {bool(force.modal) for force in lekplats.forces} == {True, False}
    assert {bool(frame.on.action) for frame in lekplats.frames} == {True, False}
    assert {column.shows for column in lekplats.matrix} == {"to", "who", "who-and-with"}


# --- Nothing of either field stands in the generator -----------------------------------------------

# Words of a tree that are everybody's; each with why it stands in the generator.
GENERAL = {
    "alltid": "an adverb",
    "ansvarig": "whoever is responsible for something",
    "arbeta": "a verb: work",
    "bedoma": "a verb: judge",
    "arende": "a case, in the words of every authority",
    "beratta": "a verb: tell",
    "checklistan": "what the generator makes",
    "enheten": "the unit, as the tree calls whoever acts",
    "faktum": "a fact, as the tree calls it",
    "kommer": "a verb: come",
    "kontakt": "contact, in the words of every authority",
    "overens": "part of the word for agree",
    "kommit": "a verb: has come",
    "skicka": "part of the word for sent",
    "svarar": "a verb: answer",
}
# Where a word stands in a name or an address that cannot be another.
FIXED = ("urn:rutin-avhysning:rutin.schema.json", "https://www.digg.se/tdosanmalan")
# A dictionary of everybody's Swedish: any word may stand there, and none says what a routine is about.
DICTIONARY = "generator/readability/words.yaml"
TEXTS = {".py", ".jinja", ".typ", ".js", ".css", ".yaml", ".html", ".json"}


def _plain(text: str) -> str:
    """Return the text as ids are written: lower case, and no dots or rings."""
    return text.lower().translate(str.maketrans("åäöéü", "aaoeu"))


def _named(tree: Tree) -> set[str]:
    """Return the words that name what a routine is about. Ids are promises, and seldom change."""
    values = [value for fact in tree.facts for value in fact.values]
    things: list[Any] = [*tree.units, *tree.parties, *tree.facts, *values]
    work = [*tree.situations, *tree.actions, *tree.conditions, *tree.purposes]
    said = [str(node.id) for node in (tree.routine, *things, *work)]
    said += [str(getattr(thing, "label", None) or thing.name) for thing in things]
    return {word for text in said for word in re.findall("[a-z]{6,}", _plain(text))}


def _generator() -> Iterator[tuple[Path, str]]:
    for folder in ("generator", "site_overrides"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in TEXTS and path.relative_to(ROOT).as_posix() != DICTIONARY:
                text = path.read_text("utf-8")
                for fixed in FIXED:
                    text = text.replace(fixed, "")
                yield path.relative_to(ROOT), _plain(text)


def test_no_word_of_either_routine_s_field_stands_in_the_generator(
    tree: Tree, lekplats: Tree, tiny: Tree
) -> None:
    """A word that two routines of different fields share belongs to neither field."""
    fields = (_named(tree) ^ _named(lekplats)) - _named(tiny) - set(GENERAL)
    assert {"hyresskuld", "lekredskap", "parkdriften"} <= fields
    found = {(str(path), word) for path, text in _generator() for word in fields if word in text}
    assert found == set(), "words of a routine's field; a word that is everybody's goes into GENERAL"


def test_every_exception_is_still_needed() -> None:
    everything = "\n".join(text for _, text in _generator())
    assert {word for word in GENERAL if word not in everything} == set()
    raw = "\n".join(p.read_text("utf-8") for p in (ROOT / "generator").rglob("*") if p.suffix in TEXTS)
    assert {fixed for fixed in FIXED if fixed not in raw} == set()


def test_the_site_of_one_routine_says_nothing_of_the_other(site: Path, tree: Tree, lekplats: Tree) -> None:
    others = _named(tree) - _named(lekplats) - set(GENERAL)
    raw = (site / "rutin.json").read_text("utf-8")
    pages = [(site / f"situation/{s.id}.html").read_text("utf-8") for s in lekplats.situations]
    text = _plain("\n".join([raw, *pages]))
    own = _plain(TREE.read_text("utf-8"))
    assert {word for word in others if word in text and word not in own} == set()
    assert "lekredskap" in text
