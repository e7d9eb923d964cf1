"""A date ahead: each page and paper that differs between two versions says when it applies, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from generator.diff.compare import compare
from generator.diff.history import Earlier, earlier, history, problems
from generator.outputs import outputs, sites
from generator.pages.addresses import EARLIER
from generator.pages.report.changes import as_text, report
from generator.printing.documents import documents_of
from generator.reading.diagnostics import render
from tests.ahead import DAY, NEW, OLD, ahead
from tests.conftest import checked
from tests.playground import TREE

BEFORE = TREE.read_text("utf-8")
AFTER = ahead(BEFORE)
LINE = re.compile(r'<p class="r-overdue" data-turns=.*</p>\n')
NAMES = re.compile(rf"{NEW}|{OLD}|\b[0-9a-f]{{64}}\b|{DAY}|2023-04-01|2024-05-06")


def before(text: str, kept: Mapping[str, str] | None = None) -> Earlier | None:
    return earlier(checked(text), kept or {OLD: BEFORE})


def made(text: str) -> Mapping[str, str]:
    found = before(text)
    assert found
    tree = checked(text)
    return outputs(tree, text, None, None, history(tree, {OLD: BEFORE}), earlier=found)


@pytest.fixture(scope="module")
def both() -> Mapping[str, str]:
    return made(AFTER)


def bare(page: str) -> str:
    """Return what a page says, without its line on when it applies and what its version is called."""
    return NAMES.sub("", LINE.sub("", page.partition("\n---\n")[2]))


def is_page(path: str) -> bool:
    return path.endswith(".md") and not path.startswith(EARLIER)


def told(both: Mapping[str, str]) -> set[str]:
    return {path for path in both if is_page(path) and LINE.search(both[path])}


def test_what_differs_says_when_it_applies_and_the_rest_does_not(both: Mapping[str, str]) -> None:
    pages = {path for path in both if is_page(path)} - {"tillganglighet.md"}
    differ = {path for path in pages if bare(both[path]) != bare(both.get(f"{EARLIER}{path}", ""))}
    assert "situation/trasigt-redskap.md" in differ < pages
    assert told(both) == differ | {"index.md"}


def test_a_line_leads_to_the_same_page_of_the_version_in_force(both: Mapping[str, str]) -> None:
    for path in told(both):
        found = LINE.search(both[path])
        assert found
        assert f"Gäller från och med {DAY}. Till dess gäller version {OLD}." in found[0]
        target = path if EARLIER + path in both else "index.md"
        assert f'href="{"../" * path.count("/")}{EARLIER}{target.removesuffix(".md")}.html"' in found[0]


def test_every_page_of_the_version_in_force_says_how_long_and_no_search_finds_it(
    both: Mapping[str, str],
) -> None:
    pages = [path for path in both if path.endswith(".md") and path.startswith(EARLIER)]
    assert {path.removeprefix(EARLIER) for path in pages} >= {"index.md", "matris.md", "ova.md"}
    for path in pages:
        assert (
            f"Version {OLD} gäller från och med 2023-04-01 till {DAY}. Då börjar version {NEW}" in both[path]
        )
        assert 'search: {"exclude": true}' in both[path]


def test_with_another_question_every_question_says_when_it_applies(both: Mapping[str, str]) -> None:
    """One takes the other's place without a page being loaded."""
    questions = {path for path in both if is_page(path) and path.startswith("fraga/")}
    assert questions
    assert not questions & told(both)
    assert questions <= told(
        made(AFTER.replace("text: Kan någon göra sig illa?", "text: Är det farligt?", 1))
    )


def test_the_data_of_the_earlier_navigator_leads_to_its_own_pages(both: Mapping[str, str]) -> None:
    data = json.loads(both["assets/navigator-data-before.js"].partition(" = ")[2].rstrip(";\n"))
    places = [place["page"] for kind in ("nodes", "ends") for place in data[kind].values()]
    places += [href for q in data["questions"].values() for href in re.findall('href="([^"]*)"', q["html"])]
    assert places
    for place in set(places) - {EARLIER}:  # the answers' links, which the script fills in
        assert place.startswith(EARLIER)
        assert place.partition("#")[0].removesuffix(".html") + ".md" in both


def papers(address: str = "") -> dict[str, dict[str, Any]]:
    found = before(AFTER)
    assert found
    documents = documents_of(*sites(checked(AFTER), AFTER, found), address)
    return {document.path: json.loads(document.data) for _, document in documents}


def test_papers_that_differ_say_both_dates_and_those_in_force_how_long() -> None:
    said = papers()
    lines = {path: data.pop("validity", "") for path, data in said.items()}
    texts = {path: NAMES.sub("", json.dumps(data)) for path, data in said.items()}
    now = [path for path in said if not path.startswith(EARLIER)]
    assert lines["checklista/trasigt-redskap.pdf"]
    assert not lines["checklista/trasig-lampa.pdf"]
    for path in now:
        assert lines[EARLIER + path].startswith(f"Version {OLD} gäller från och med")
        assert bool(lines[path]) is (texts[path] != texts[EARLIER + path]), path


def test_papers_lead_back_to_the_pages_of_their_own_version() -> None:
    said = papers("https://example.org/")
    for folder in ("", EARLIER):
        checklist = said[f"{folder}checklista/trasig-lampa.pdf"]["checklist"]
        assert checklist["shown"] == f"https://example.org/{folder}situation/trasig-lampa.html"


def test_the_data_tells_of_the_version_beside_it(both: Mapping[str, str]) -> None:
    schema = json.loads(both["rutin.schema.json"])
    jsonschema.validate(json.loads(both["rutin.json"]), schema, jsonschema.Draft202012Validator)
    new, old = (json.loads(both[f"{folder}rutin.json"])["routine"] for folder in ("", EARLIER))
    assert new["replaces"] == {"version": OLD, "day": DAY, "url": EARLIER}
    assert old["replaced_by"] == {"version": NEW, "day": DAY, "url": "../"}


def test_the_report_says_from_when() -> None:
    line = f"Gäller från och med {DAY}. Till dess gäller version {OLD}."
    old, new = checked(BEFORE), checked(AFTER)
    assert line in as_text(report(compare(old, new)))
    assert line not in as_text(report(compare(new, replace(new, routine=old.routine))))


OWN = f"  valid_from: {DAY}\n"


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda text: text.replace(OWN, "  valid_from: 2023-04-01\n"), False),  # the same day as before
        (lambda text: text.replace(NEW, "2031-01-02.1"), False),  # made when it was in force already
        (lambda text: text.replace(NEW, f"{DAY}.1"), True),  # nobody knows on which day it was made
        (lambda text: text, True),
    ],
)
def test_an_earlier_version_is_shown_only_for_what_came_ahead(
    change: Callable[[str], str], shown: bool
) -> None:
    assert bool(before(change(AFTER))) is shown


def test_what_is_mended_before_its_day_comes_after_the_version_in_force() -> None:
    entry = "  - {version: 2030-11-20.1, date: 2030-11-20, note: Rättad.}\n"
    mended = AFTER.replace(f"  version: {NEW}\n  language", "  version: 2030-11-20.1\n  language")
    mended = mended.replace("revisions:\n", f"revisions:\n{entry}", 1)
    found = before(mended, {NEW: AFTER, OLD: BEFORE})
    assert found
    assert found.tree.routine.version == OLD


def test_two_versions_that_both_have_not_come_are_refused() -> None:
    second = AFTER.replace(f"  version: {NEW}\n  language", "  version: 2030-12-01.1\n  language")
    entry = "  - {version: 2030-12-01.1, date: 2030-12-01, note: Ännu en.}\n"
    second = second.replace("revisions:\n", f"revisions:\n{entry}", 1).replace(DAY, "2031-02-01", 1)
    kept = {NEW: AFTER, OLD: BEFORE}
    said = render(list(problems(checked(second), kept)), "tree.yaml", second)
    assert f"”{NEW}” gäller först från {DAY}, och den här är från 2030-12-01" in said
    later = second.replace("2030-12-01", DAY)
    assert "gäller först från" not in render(list(problems(checked(later), kept)), "tree.yaml", later)
