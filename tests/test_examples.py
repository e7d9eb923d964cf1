"""The examples are complete: what their sources have, and a site, papers and data of each that say it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.cases import case_of, ends, ways
from generator.routine.routes import routes
from tests.built import built
from tests.conftest import ROOT, checked, copy_project, generated
from tests.english.leftovers import leftovers, of_data, of_page, words
from tests.examples import TREES, copy_example, example
from tests.test_makefile import dry, files

NAMES = ("incident", "rxjs", "utskrivning")
# Where each was written from, as its first lines have to say.
SOURCES = {
    "incident": "https://response.pagerduty.com",
    "rxjs": "https://rxjs.dev/operator-decision-tree",
    "utskrivning": "https://www.riksdagen.se/sv/dokument-och-lagar/dokument/svensk-forfattningssamling/"
    "lag-2017612-om-samverkan-vid-utskrivning-fran_sfs-2017-612/",
}
GUIDE = "redigera/"  # on editing a routine: in Swedish, as its pages say themselves


def test_each_has_a_folder_of_its_own_and_is_shown_in_the_readme() -> None:
    assert tuple(TREES) == NAMES
    readme = (ROOT / "README.md").read_text("utf-8")
    for name, path in TREES.items():
        assert path == ROOT / f"examples/{name}/tree/{name}.yaml"
        assert f"(docs/images/{name}.png)" in readme
        assert f"(examples/{name}/tree/{name}.yaml)" in readme
        assert (ROOT / f"docs/images/{name}.png").stat().st_size < 200_000


@pytest.mark.parametrize("name", NAMES)
def test_each_passes_and_names_its_source(name: str) -> None:
    text = TREES[name].read_text("utf-8")
    tree = checked(text)
    assert not tree.routine.draft
    assert str(tree.routine.id) == name
    assert SOURCES[name] in text[: text.index("routine:")]
    assert SOURCES[name] in [document.url for document in tree.documents]


def test_the_incident_has_its_units_and_ways_back() -> None:
    tree = example("incident")
    assert len(tree.units) == 7
    assert len([s for s in tree.situations if s.back]) == 10
    assert [str(s.id) for s in tree.situations if s.text] == ["no-incident"]
    assert [str(s.id) for s in tree.situations if len(s.facts) > 1] == ["begin"]


def test_rxjs_has_all_questions_and_ends_of_its_source() -> None:
    tree = example("rxjs")
    assert (len(tree.questions), len(tree.nodes), len(tree.facts)) == (47, 47, 47)
    assert len(ends(tree)) == len(routes(tree)) == 102
    assert all(situation.text and not situation.steps for situation in tree.situations)
    settled = [fact for question in tree.questions for fact in question.options[0].facts]
    assert sorted(settled) == sorted(str(fact.id) for fact in tree.facts)


def test_the_discharge_has_every_paragraph_of_its_law_units_and_deadlines() -> None:
    tree = example("utskrivning")
    # Chapter 1 has three paragraphs, and so on; each has a section, below its chapter's.
    chapters = Counter(str(section.parent) for section in tree.source if section.parent)
    assert chapters == {"1": 3, "2": 6, "3": 3, "4": 5, "5": 6}
    assert len(tree.units) == 4
    assert not any(unit.ways_to_reach for unit in tree.units)
    assert len({str(q.together) for q in tree.questions if q.together}) == 1
    steps = [step for situation in tree.situations for step in situation.steps]
    assert {(step.within.count, str(step.within.of)) for step in steps if step.within} == {
        (24, "hours"),
        (3, "days"),
        (0, "days"),
    }
    assert {str(name) for step in steps for name in step.only} == {
        "socialtjansten",
        "hemsjukvarden",
        "oppenvarden",
    }
    assert len(tree.gaps) == 6


@pytest.mark.parametrize("name", NAMES)
def test_make_shows_what_is_tested_here(name: str, tmp_path: Path) -> None:
    told = dry("example", f"NAME={name}")
    assert told[-1].endswith("-m generator --root .example serve --address 127.0.0.1:8000 --engine mkdocs")
    project = copy_project(tmp_path / "project")
    shutil.copytree(ROOT / "examples", project / "examples")
    (project / ".venv").symlink_to(ROOT / ".venv")
    for command in told[1:-1]:
        subprocess.run(command, shell=True, cwd=project, check=True, capture_output=True)  # noqa: S602
    there, here = project / ".example", copy_example(tmp_path / "tested", name)
    assert contents(there) == contents(here)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder) if not name.startswith(".pdf_cache")}


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_pages_papers_and_data_have_every_end_and_no_other_language(name: str, tmp_path: Path) -> None:
    tree, site = example(name), built(copy_example(tmp_path, name))
    for situation in tree.situations:
        page = " ".join(of_page((site / f"situation/{situation.id}.html").read_text("utf-8")))
        assert str(situation.title) in page
        assert situation.text is None or str(situation.text) in page
        paper = site / f"checklista/{situation.id}.pdf"
        assert not paper.exists() if situation.text else paper.stat().st_size > 1000
    data = json.loads((site / "rutin.json").read_text("utf-8"))
    schema = json.loads((site / "rutin.schema.json").read_text("utf-8"))
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    assert len(data["ways"]) == len(routes(tree))
    if tree.routine.language != "en":
        return
    # Some of its words, and of the initials of its units, are words in Swedish, too.
    own = words([TREES[name].read_text("utf-8"), *(unit.initials for unit in tree.units)])
    assert leftovers(of_data(json.dumps(data))) <= own
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        if not address.startswith(GUIDE):
            found = leftovers(of_page(path.read_text("utf-8")))
            assert {word for word in found - own if len(word) > 1} == set(), address


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_every_practice_case_asks_for_each_answer_and_for_what_its_text_says(name: str) -> None:
    tree, made = example(name), generated(TREES[name].read_text("utf-8"))
    for one in tree.examples:
        page = made[f"ova/fall/{one.id}.md"]
        for way in ways(tree, case_of(tree, one)):
            of_text = [way.at] if any(s.text for s in tree.situations if s.id == way.at) else []
            choices = [answer.node.id for answer in way.answers if len(answer.node.goto) > 1]
            for place in (*choices, *of_text):
                assert f'data-exercise="fall/{one.id}/{place}"' in page, place


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_left_out_is_printed(name: str) -> None:
    site = Site.of(example(name), TREES[name].read_text("utf-8"))
    printed: dict[str, Any] = {document.path: document.data for document in printed_documents(site)}
    assert printed
    assert [path for path, data in printed.items() if re.search(r"\bNone\b", data)] == []
