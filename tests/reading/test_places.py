"""Every value that a form changes has its place: whatever its layout, the text is its pieces."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.pages.editor.form import OFFERED, form_data
from generator.reading.parse import parse
from generator.reading.places import Places
from tests.conftest import REAL, TINY, checked
from tests.layouts import LAYOUTS, offered
from tests.many import TREE as MANY
from tests.playground import TREE
from tests.several import TREE as SEVERAL

FILES = pytest.mark.parametrize("file", [REAL, TREE, TINY, SEVERAL, MANY], ids=lambda f: f.parent.name)


@FILES
def test_the_pieces_are_the_text_and_each_second_one_is_its_key_and_its_value(file: Path) -> None:
    text = file.read_text("utf-8")
    data, _ = form_data(checked(text), text)
    assert "".join(data["pieces"]) == text
    assert len(data["pieces"]) == 2 * len(data["places"]) + 1
    for place, piece in zip(data["places"], data["pieces"][1::2], strict=True):
        key = place["kind"].partition(".")[2]
        stands = yaml.load(piece.lstrip(", \r\n") or f"{key}: []", yaml.BaseLoader)  # noqa: S506, makes text only
        assert texts(stands[key]) == texts(place["value"])


def texts(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


@FILES
def test_all_that_is_offered_can_be_changed(file: Path) -> None:
    text = file.read_text("utf-8")
    tree = checked(text)
    places = Places(text)
    for node, key in offered(tree):
        assert places.of(node, key)
    data, groups = form_data(tree, text)
    shown = [place for part in data["parts"] for block in part["blocks"] for place in block["places"]]
    assert sorted(shown) == list(range(len(data["places"])))
    steps = sum(len(s.steps) + len(s.except_) for s in tree.situations)
    assert len([p for p in data["places"] if p["kind"].startswith(("Step.", "Otherwise."))]) == steps * len(
        OFFERED["Step"]
    )
    assert [n for _, parts in groups for n, _ in parts] == list(range(len(data["parts"])))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_another_way_to_write_the_same(layout: str) -> None:
    text = TREE.read_text("utf-8")
    changed = LAYOUTS[layout](text)
    assert (changed == text) is (layout == "as it is")
    assert parse(changed).diagnostics == []
    assert parse(changed).tree == parse(text).tree


def test_a_list_with_a_comment_in_it_is_left_to_the_file() -> None:
    text = TREE.read_text("utf-8")
    line = "        who: [parkdrift, belysning]\n"
    assert line in text
    text = text.replace(line, "        who:\n          - parkdrift # båda\n          - belysning\n", 1)
    tree, places = checked(text), Places(text)
    missing = [(node, key) for node, key in offered(tree) if not places.of(node, key)]
    assert [key for _, key in missing] == ["who"]
