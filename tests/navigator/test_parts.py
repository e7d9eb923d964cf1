"""Data in parts: nothing is lost, no part is large, and each page names the parts on its way."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.model import Tree
from generator.navigator.data import data
from generator.navigator.parts import FIRST, LOADER, Parts, parts
from generator.navigator.single_file import MOST, navigator_html
from generator.outputs import outputs
from generator.pages import ends, questions, unsure
from generator.pages.site import Site, render
from tests.conftest import checked
from tests.deep import deep_text

Data = dict[str, Any]


@pytest.fixture(scope="module")
def deep() -> Site:
    return Site.of(checked(deep_text(5)), "")


@pytest.fixture(scope="module")
def real(tree: Tree, real_text: str) -> Site:
    return Site.of(tree, real_text)


def read(made: Parts) -> dict[str, Data]:
    """Return path → what the script holds."""
    return {
        path: json.loads(text[text.index("{") : text.rindex("}") + 1]) for path, text in made.files.items()
    }


def without_stand_ins(ends: Mapping[str, Data]) -> Data:
    return {id: end for id, end in ends.items() if "part" not in end}


def test_a_small_tree_s_data_is_one_file_and_no_page_loads_more(real: Site) -> None:
    made = parts(real)
    assert read(made) == {FIRST: data(real)}
    assert [page for page in questions.pages(real) if made.on(page).scripts] == []


@pytest.mark.parametrize("limit", [1, 5_000, 20_000])
@pytest.mark.parametrize("which", ["real", "deep"])
def test_all_parts_together_are_the_whole(request: pytest.FixtureRequest, which: str, limit: int) -> None:
    site: Site = request.getfixturevalue(which)
    whole = data(site)
    if limit == 20_000 and which == "real":
        limit = 15_000  # below the whole
    held = read(parts(site, limit))
    nodes = [id for part in held.values() for id in part.get("nodes", {})]
    assert sorted(nodes) == sorted(whole["nodes"])
    joined: Data = {"questions": {}, "nodes": {}, "ends": {}}
    for part in held.values():
        for kind, pieces in joined.items():
            pieces.update(without_stand_ins(part[kind]) if kind == "ends" else part.get(kind, {}))
    assert joined == {kind: whole[kind] for kind in joined}
    assert held[FIRST].keys() == {*whole, "parts"}
    assert {key: held[FIRST][key] for key in ("start", "words", "facts", "digest")} == {
        key: whole[key] for key in ("start", "words", "facts", "digest")
    }


@pytest.mark.parametrize("limit", [4_000, 8_000, 20_000])
def test_no_part_is_larger_than_the_limit(deep: Site, limit: int) -> None:
    made = parts(deep, limit)
    assert max(len(text.encode()) for text in made.files.values()) <= limit
    assert len(made.files) > len(data(deep)["nodes"]) * 1500 / limit


def test_what_a_part_leads_to_is_in_it_or_named(deep: Site) -> None:
    made = parts(deep, 8_000)
    folder = next(path.rsplit("/", 1)[0] for path in made.files if path != FIRST)
    for part in read(made).values():
        targets = {target for node in part.get("nodes", {}).values() for target in node["goto"].values()}
        targets |= {end["on"] for end in part["ends"].values() if "on" in end}
        assert targets <= part.get("nodes", {}).keys() | part["ends"].keys()
        for id, end in part["ends"].items():
            if "part" in end:
                assert f"{folder}/{id}.js" in made.files
                assert end["page"] == deep.page_of(id, "nodes")


def test_each_page_loads_the_parts_on_its_way_and_no_others(deep: Site) -> None:
    made = parts(deep, 8_000)
    held = read(made)
    for page in (*questions.pages(deep), *unsure.pages(deep), *ends.pages(deep)):
        scripts = made.on(page).scripts
        about = "start" if page.path == "index" else page.path.rsplit("/", 1)[-1]
        assert scripts[0] == LOADER
        loaded = [held[path] for path in (FIRST, *scripts[1:])]
        nodes = {id for part in loaded for id in part["nodes"]}
        passed = {str(answer.node.id) for answer in deep.answers_to(about)}
        assert passed | ({about} & deep.tree.ids("nodes")) <= nodes
        assert about in nodes | {id for part in loaded for id in part["ends"]}
        assert all(passed & part["nodes"].keys() or {about, "n-a"} & part["nodes"].keys() for part in loaded)
        assert len(scripts) <= len(passed) + 2
        assert all(f'"{path}"' in render(deep, made.on(page)).split("---")[1] for path in scripts)


def test_the_first_question_costs_the_same_however_large_the_tree() -> None:
    sizes = {}
    for levels in (4, 5):
        site = Site.of(checked(deep_text(levels)), "")
        made = parts(site, 12_000)
        start = next(page for page in questions.pages(site) if page.path == "index")
        texts = (render(site, made.on(start)), made.files[FIRST])
        sizes[len(site.tree.nodes)] = sum(len(gzip.compress(text.encode())) for text in texts)
    small, large = sizes.values()
    assert list(sizes) == [40, 121]
    assert large < small * 1.2


def test_a_tree_in_parts_is_written_as_such_by_the_list_of_outputs(tiny: Tree, tiny_text: str) -> None:
    made = outputs(tiny, tiny_text, part_limit=1)
    assert LOADER in made["index.md"]
    (gap,) = [path for path in made if path.startswith("assets/navigator/")]
    assert gap.endswith("/annat-fel.js")
    assert "scripts" not in made["matris.md"].split("---")[1]
    assert LOADER not in outputs(tiny, tiny_text)["index.md"]


def test_parts_are_named_by_what_they_hold(real: Site) -> None:
    made, same, other = parts(real, 1), parts(real, 1), parts(real, 8_000)
    assert made.files == same.files
    assert {path.rsplit("/", 1)[0] for path in made.files} != {path.rsplit("/", 1)[0] for path in other.files}


def test_one_file_for_everything_is_left_out_when_it_would_be_huge(deep: Site) -> None:
    assert len(deep.tree.nodes) <= MOST < 2 * len(deep.tree.nodes)
    many = replace(deep, tree=replace(deep.tree, nodes=deep.tree.nodes * 2))
    html = navigator_html(many, {})
    assert "data-sheet" not in html
    assert 'href="index.html"' in html
