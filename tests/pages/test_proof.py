"""The proof page: counted a second time here, and it notices when something does not add up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator.cli import main
from generator.locale import capitalized, t
from generator.model import Citation, Text, Tree
from generator.model.position import Pos
from generator.pages.proof import count, paragraphs
from generator.pages.site import Site, digest_of
from tests import hostile
from tests.every_case import all_cases
from tests.playground import TREE, copy_playground


def shown(made: Mapping[str, str]) -> dict[str, int]:
    page = made["bevis.md"]
    return {name: int(n) for name, n in re.findall(r'data-proof="([a-z-]+)">(?:<a [^>]*>)?(\d+)', page)}


def test_the_page_shows_what_a_second_count_finds(
    tree: Tree, real_text: str, made: Mapping[str, str]
) -> None:
    told = shown(made)
    cases = list(all_cases(tree))
    assert told["cases"] == told["covered"] == len(cases)
    assert told["in-situations"] + told["in-gaps"] == len(cases)
    assert told["uncovered"] == told["overlapping"] == told["unreachable"] == told["neither"] == 0
    assert told["gaps"] == len(tree.gaps)
    raw = hostile.read(real_text)
    assert told["paragraphs"] == sum(int(section["paragraphs"]) for section in raw["source"])
    assert told["left-out"] == len(cited(raw["out_of_scope"]))
    rest = {name: below for name, below in raw.items() if name != "out_of_scope"}
    assert told["cited"] == len(cited(rest))


def cited(value: object) -> set[tuple[str, int]]:
    """Return the paragraphs that plain YAML cites, without the model's help."""
    found: set[tuple[str, int]] = set()
    if isinstance(value, list):
        for item in value:
            found |= cited(item)
    elif isinstance(value, dict):
        for key, below in value.items():
            if key == "cite":
                for citation in below if isinstance(below, list) else [below]:
                    section, numbers = citation.split("/")
                    for part in numbers.split(","):
                        first, _, last = part.partition("-")
                        found |= {(section, n) for n in range(int(first), int(last or first) + 1)}
            else:
                found |= cited(below)
    return found


def test_two_ends_for_one_case_are_counted(tiny: Tree) -> None:
    gap = replace(tiny.gaps[0], facts=({Text("bradskar"): (Text("ja"),)},))
    proof = count(replace(tiny, gaps=(gap,)))
    assert (proof.cases, proof.covered, proof.overlapping, proof.uncovered) == (4, 2, 1, 1)


def test_an_end_that_no_case_reaches_is_named(tiny: Tree) -> None:
    (start,) = tiny.nodes
    led = replace(start, goto=dict.fromkeys(start.goto, Text("annat-fel")))
    assert count(replace(tiny, nodes=(led,))).unreachable == ["utan-vatten"]


def test_every_paragraph_is_listed_with_what_rests_on_it_or_why_it_is_left_out(
    tree: Tree, real_text: str
) -> None:
    rows = {row.section.id: row for row in paragraphs(Site.of(tree, real_text))}
    assert set(rows) == {s.id for s in tree.source if s.paragraphs}
    for row in rows.values():
        assert [p.number for p in row.paragraphs] == list(range(1, (row.section.paragraphs or 0) + 1))
        assert all(bool(p.uses) != bool(p.left_out) for p in row.paragraphs)
    for situation in tree.situations:
        for step in situation.steps:
            for n in step.cite.paragraphs:
                hrefs = [use.href for use in rows[step.cite.section].paragraphs[n - 1].uses]
                assert f"situation/{situation.id}.html#{step.key}" in hrefs


def test_a_frame_is_led_to_where_it_stands(tree: Tree, made: Mapping[str, str]) -> None:
    uses = re.findall(r'<a href="([^"#]*)[^"]*">([^<]*)</a>', made["bevis.md"])
    for frame in tree.frames:
        told = t("proof.use", kind=capitalized(t("kinds.frames")), title=frame.title)
        pages = {href for href, title in uses if unescape(title) == told}
        assert pages
        for page in pages:  # two frames may have one title
            assert frame.title in unescape(made[f"{page.removesuffix('.html')}.md"])


def test_whatever_cites_a_paragraph_rests_on_it(tree: Tree) -> None:
    lonely = replace(tree.source[0], id=Text("ensamt"), paragraphs=1)
    cited = Citation(lonely.id, (1,), Pos())
    condition, event = next((one, one.event) for one in tree.conditions if one.event)
    alone = replace(condition, event=replace(event, afterwards=(cited,)))
    conditions = tuple(alone if one is condition else one for one in tree.conditions)
    changed = replace(tree, source=(lonely, *tree.source), conditions=conditions)
    [use] = paragraphs(Site.of(changed, ""))[0].paragraphs[0].uses
    assert condition.text in use.title
    assert re.fullmatch(r"situation/[a-z-]+\.html#[a-z-]+", use.href)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_playground(tmp_path_factory.mktemp("written"))
    assert main(["--root", str(project), "write"]) == 0
    return project


def test_every_view_bears_the_same_content_hash(written: Path) -> None:
    digest = digest_of((written / "tree" / TREE.name).read_text("utf-8"))
    content = written / "content"
    made = json.loads((content / ".generated.json").read_text("utf-8"))
    bearing = [
        name
        for name in made
        if name.endswith((".md", ".pdf", "navigator.html", "rutin.json", "navigator-data.js"))
    ]
    assert len(bearing) > 80
    for name in bearing:
        assert digest.encode() in (content / name).read_bytes(), name
    assert json.loads((content / "rutin.json").read_text("utf-8"))["routine"]["content_hash"].endswith(digest)


def test_another_tree_gives_another_hash_everywhere(written: Path) -> None:
    tree = written / "tree" / TREE.name
    before = digest_of(tree.read_text("utf-8"))
    tree.write_text(tree.read_text("utf-8") + "# en rad till\n", "utf-8")
    assert main(["--root", str(written), "write"]) == 0
    made = json.loads((written / "content/.generated.json").read_text("utf-8"))
    assert [name for name in made if before.encode() in (written / "content" / name).read_bytes()] == []
