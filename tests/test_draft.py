"""A draft: what is not written yet is shown as that, stops nothing, and cannot be put away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from generator.cli import main
from generator.locale import strings, t
from generator.model import Tree
from generator.outputs import outputs
from generator.pages.proof import count
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.cases import walk
from generator.routine.routes import routes
from generator.rules import check, unwritten
from tests.conftest import checked
from tests.every_case import all_cases
from tests.playground import TREE
from tests.tiers import few

TEXT = TREE.read_text("utf-8").replace("  start: start\n", "  start: start\n  draft: true\n")
GOTO = re.compile(r"goto: \{(.*)\}")
# What says that the routine is silent.
SILENT = ("site.gap-kicker", "unsure.gaps", "gap.neither", "intro.way-gaps", "practice.says-nothing")


def cut() -> Iterator[tuple[str, str]]:
    """Yield what was taken away, and the draft without it: each answer's end, and each example."""
    for node in GOTO.finditer(TEXT):
        ends = node[1].split(", ")
        for end in ends:
            left = ", ".join(other for other in ends if other != end)
            yield end, TEXT[: node.start(1)] + left + TEXT[node.end(1) :]
    listed = TEXT[TEXT.index("\nexamples:\n") : TEXT.index("\nterms:\n")]
    for example in re.findall(r"^  - id: [\s\S]*?(?=^  - |\Z)", listed, re.MULTILINE):
        yield example.splitlines()[0], TEXT.replace(example, "", 1)


CUT = dict(cut())


@pytest.mark.parametrize("what", few([*CUT]))
def test_whatever_is_missing_is_advice_and_every_view_is_made(what: str) -> None:
    text = CUT[what]
    assert unwritten(text) != []
    assert check(text.replace("  draft: true\n", ""))[1] != []
    tree = checked(text)
    made = outputs(tree, text)
    assert {f"lucka/{end.id}.md" for end in tree.unwritten} <= made.keys()
    assert all(walk(tree, case).at not in tree.ids("nodes") for case in all_cases(tree))
    proof = count(tree)
    assert proof.cases == proof.covered + proof.unwritten + proof.uncovered
    assert proof.overlapping == 0
    assert bool(proof.unwritten) == any(route.ends[-1].startswith("ej-") for route in routes(tree))


@pytest.fixture(scope="module")
def open_text() -> str:
    return CUT["nej: trasig-lampa"]


@pytest.fixture(scope="module")
def open_draft(open_text: str) -> Tree:
    return checked(open_text)


def test_every_page_and_every_print_says_that_it_is_a_draft(open_draft: Tree, open_text: str) -> None:
    made = outputs(open_draft, open_text)
    pages = [content for path, content in made.items() if path.endswith(".md")]
    assert len(pages) > 50
    assert all(content.count(t("draft.notice")) == 1 for content in pages)
    data = json.loads(made["rutin.json"])
    jsonschema.validate(data, json.loads(made["rutin.schema.json"]), jsonschema.Draft202012Validator)
    assert data["routine"]["draft"] is True
    for document in printed_documents(Site.of(open_draft, open_text)):
        assert json.loads(document.data)["footer"].startswith(t("draft.footer", footer=""))
    finished = TEXT.replace("  draft: true\n", "")
    assert not any(t("draft.notice") in text for text in outputs(checked(finished), finished).values())


def test_what_is_not_written_is_never_told_as_silence(open_draft: Tree, open_text: str) -> None:
    (end,) = open_draft.unwritten
    found = 0
    for path, content in outputs(open_draft, open_text).items():
        for before in content.split(end.title)[:-1] if path.endswith(".md") else ():
            found += 1
            led_in = re.split("<(?:h2|p|br|td|section)|&#34;text&#34;", before)[-1]
            assert not any(t(key) in led_in for key in SILENT), (path, led_in)
    assert found > 5
    assert t("draft.kicker") in outputs(open_draft, open_text)[f"lucka/{end.id}.md"]
    assert [gap.id for gap in open_draft.gaps if not gap.is_written] == [end.id]
    assert "Trasig lampa, Inte farligt, Hög stolpe, Rabatt, Första gången" in end.title


def test_a_draft_can_have_its_questions_and_no_situation_yet(tiny_text: str) -> None:
    text = tiny_text.replace("  start: start\n", "  start: start\n  draft: true\n", 1)
    for kind, after in (("situations", "gaps"), ("examples", "terms")):
        text = re.sub(rf"^{kind}:\n[\s\S]*?(?=^{after}:)", f"{kind}: []\n", text, flags=re.MULTILINE)
    text = re.sub(
        r"^ +(nearest|situations): .*\n", "", re.sub(r"goto: \{.*\}", "goto: {}", text), flags=re.MULTILINE
    )
    tree, made = checked(text), outputs(checked(text), text)
    assert (tree.situations, len(tree.unwritten)) == ((), 2)
    assert t("draft.notice") in made["index.md"]
    jsonschema.validate(json.loads(made["rutin.json"]), json.loads(made["rutin.schema.json"]))
    assert list(printed_documents(Site.of(tree, text)))


def test_an_answer_that_no_question_has_stays_a_mistake() -> None:
    value = "      - {id: bada, label: Både lekredskap och lampa}\n"
    text = TEXT.replace(value, value + "      - {id: bank, label: Bänk}\n", 1)
    assert {finding.rule for finding in check(text)[1]} == {"coverage"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_text: str) -> Path:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/lekplats.yaml").write_text(open_text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_says_what_is_left_and_release_refuses(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert f": {strings()['readability']['advice']}: Noden ”lampa-upprepat”" in said
    assert main(["release"]) == 1
    assert capsys.readouterr().err.strip() == t("cli.draft-kept")
    assert not (project / "tree/versions").exists()
    finished = project / "fardig.yaml"
    finished.write_text(TEXT.replace("  draft: true\n", ""), "utf-8")
    assert main(["diff", "tree/lekplats.yaml", str(finished)]) in (0, 1)
    assert "Ej skrivet än" in capsys.readouterr().out
