"""The accessibility statement: what it says follows the results, and broken results break nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator import VERSION
from generator.cli import main
from generator.commands.site import RESULTS, RESULTS_OF_ENGINES
from generator.locale import listed, strings, t
from generator.model import Tree
from generator.outputs import outputs
from generator.pages.results import read_engines
from generator.pages.site import digest_of
from generator.pages.statement import read_results
from tests.conftest import copy_small_project

GOOD: dict[str, Any] = {
    "date": "2026-11-22",
    "tree": "0" * 64,
    "generator": VERSION,
    "pages": 17,
    "of": 4711,
    "states": ["ett läge", "ett annat"],
    "widths": [1280, 320],
    "axe": "4.0",
    "validator": "20.6",
    "found": dict.fromkeys(strings()["statement"]["checks"], 0),
}


TRIED: dict[str, Any] = {
    "date": "2026-11-22",
    "tree": "0" * 64,
    "generator": VERSION,
    "versions": {"Firefox": "153.7", "Chromium": "156.0"},
    "found": {"Firefox": {"cases": 0, "plain": 0, "paper": 2}, "Chromium": {"aloud": 0}},
}


def page(tree: Tree, text: str, results: dict[str, Any] | None) -> str:
    """Return the statement about this tree; zeros stand for its content hash in the results."""
    named = (results or {}).get("tree")
    made = {**(results or {}), "tree": digest_of(text) if named == "0" * 64 else named}
    tested = read_results(json.dumps(made)) if results else None
    assert bool(tested) == bool(results)
    return outputs(tree, text, tested=tested)["tillganglighet.md"]


def test_without_results_the_page_says_that_nothing_was_tested(tiny: Tree, tiny_text: str) -> None:
    made = page(tiny, tiny_text, None)
    assert t("statement.untested") in made
    assert t("statement.tested") + "<" not in made
    assert tiny.routine.organisation in made


def test_results_without_findings_are_told(tiny: Tree, tiny_text: str) -> None:
    made = page(tiny, tiny_text, {**GOOD, "kinds": ["."]})  # more than the statement tells
    for word in (
        "17 av webbplatsens 4711 sidor",
        "2026-11-22",
        "1280 och 320",
        "<li>Ett läge</li><li>Ett annat</li>",
        "axe-core 4.0",
        "20.6",
    ):
        assert word in made
    assert t("statement.nothing_found") in made
    assert made.count(t("statement.none")) == len(GOOD["found"])


@pytest.mark.parametrize("other", [{"tree": "1" * 64}, {"generator": "0.0.9"}])
def test_results_of_another_site_are_not_told(tiny: Tree, tiny_text: str, other: dict[str, str]) -> None:
    made = page(tiny, tiny_text, {**GOOD, **other})
    assert t("statement.untested") in made
    assert t("statement.earlier", date="2026-11-22") in made
    for told in ("4711", "axe-core 4.0", t("statement.nothing_found"), t("statement.shortcomings_none")):
        assert told not in made


def test_findings_are_told_as_shortcomings(tiny: Tree, tiny_text: str) -> None:
    made = page(tiny, tiny_text, {**GOOD, "found": {**GOOD["found"], "axe": 3}})
    assert t("statement.partly") in made
    assert t("statement.nothing_found") not in made
    assert made.count("Antal brister: 3.") == 2


def test_what_was_not_tested_is_told_in_any_case(tiny: Tree, tiny_text: str) -> None:
    for results in (None, GOOD):
        for line in strings()["statement"]["not_tested_list"]:
            assert line in page(tiny, tiny_text, results)


def of_browsers(tree: Tree, text: str, results: dict[str, Any]) -> dict[str, str]:
    """Return what the statement says of each browser, by its name and version."""
    named = results["tree"]
    engines = read_engines(json.dumps({**results, "tree": digest_of(text) if named == "0" * 64 else named}))
    assert engines
    told = html.fromstring(outputs(tree, text, engines=engines)["tillganglighet.md"])
    assert (t("statement.engines_none") in told.text_content()) == (
        not told.xpath("//h2[@id='webblasare']/following::dl")
    )
    return {
        each.findtext("dt"): " ".join(each.find("dd").text_content().split())
        for each in told.xpath("//h2[@id='webblasare']/following::dl/div")
    }


def test_browsers_are_told_with_what_was_tried_and_what_was_not(tiny: Tree, tiny_text: str) -> None:
    words = strings()["statement"]["engine_checks"]
    told = of_browsers(tiny, tiny_text, TRIED)
    assert list(told) == ["Chromium 156.0", "Firefox 153.7", "WebKit"]
    assert told["WebKit"] == f"Inte prövat: {listed(list(words.values()))}."
    assert told["Chromium 156.0"].startswith(f"Inga brister: {words['aloud']}. Inte prövat: {words['cases']}")
    assert told["Firefox 153.7"].startswith(f"Inga brister: {words['cases']} och {words['plain']}.")
    assert "Utskrift: Antal brister: 2." in told["Firefox 153.7"]


@pytest.mark.parametrize("other", [{"tree": "1" * 64}, {"generator": "0.0.9"}])
def test_browsers_are_not_told_of_another_site(tiny: Tree, tiny_text: str, other: dict[str, str]) -> None:
    assert of_browsers(tiny, tiny_text, {**TRIED, **other}) == {}


@pytest.mark.parametrize(
    "broken",
    [
        {"found": {"Firefox": {"unknown": 0}, "Chromium": {}}},
        {"found": {"Firefox": {"cases": "0"}, "Chromium": {}}},
        {"found": {"Firefox": {}}},
        {"versions": {"Firefox": 1, "Chromium": "1"}},
    ],
)
def test_broken_results_of_browsers_are_no_results(broken: dict[str, Any]) -> None:
    assert read_engines(json.dumps({**TRIED, "more": 1}))
    assert read_engines(json.dumps({**TRIED, **broken})) is None


BROKEN = [
    *("", "{", "null", "[]", "{}", '"x"', "1", "[" * 100_000),
    *(json.dumps({**GOOD, name: None}) for name in GOOD),
    json.dumps({**GOOD, "states": [1]}),
    json.dumps({**GOOD, "pages": True}),
    json.dumps({**GOOD, "found": {"axe": "0"}}),
    json.dumps({**GOOD, "found": {"unknown": 0}}),
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_broken_results_are_no_results(text: str) -> None:
    assert read_results(text) is None


def test_a_broken_results_file_is_named_and_the_site_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copy_small_project(tmp_path)
    (project / RESULTS).parent.mkdir(exist_ok=True)
    for file, broken in ((RESULTS, b"{"), (RESULTS, b"\xff\xfe"), (RESULTS_OF_ENGINES, b"{")):
        (project / RESULTS).unlink(missing_ok=True)
        (project / file).write_bytes(broken)
        assert main(["--root", str(project), "write"]) == 0
        said = capsys.readouterr().err
        assert f"{file.name} går inte att läsa" in said
        assert "Traceback" not in said
        assert t("statement.untested") in (project / "content/tillganglighet.md").read_text("utf-8")
