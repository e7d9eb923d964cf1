"""The format for editors: made from the model, with help on every key, and true of the trees there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

import jsonschema
import pytest
import yaml

from generator import model
from generator.locale import strings
from generator.model import Citation, Named, Node, Tree
from generator.model.declared import declared, key_of
from generator.reading.parse import keys
from generator.reading.schema import described, tree_schema
from tests.conftest import REAL, ROOT, TINY

CLASSES = [
    cls
    for cls in (getattr(model, name) for name in model.__all__)
    if isinstance(cls, type) and is_dataclass(cls) and cls not in (Node, Named, Citation)
]


class EditorsLoader(yaml.SafeLoader):
    """Reads YAML as editors do: dates, yes and no are text."""


EditorsLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag.rpartition(":")[2] in ("int", "float", "null")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorsLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(tree_schema())
    return made


def errors(schema: dict[str, Any], text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(schema)
    data = yaml.load(text, EditorsLoader)  # noqa: S506, a safe loader with fewer types
    return [error.message for error in validator.iter_errors(data)]


def test_the_schema_beside_the_tree_is_the_models() -> None:
    assert (ROOT / "tree/schema.json").read_text("utf-8") == tree_schema(), "run make schema"


def test_the_tree_names_the_schema_for_editors(real_text: str) -> None:
    assert real_text.splitlines()[0] == "# yaml-language-server: $schema=schema.json"


@pytest.mark.parametrize("path", [REAL, TINY], ids=["real", "tiny"])
def test_a_good_tree_keeps_the_schema(schema: dict[str, Any], path: Any) -> None:
    jsonschema.Draft7Validator.check_schema(schema)
    assert errors(schema, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    shape: cirkel", "    shape: rund"),
        ("    summary: Sköter maskinen.\n", ""),
        ("    summary: Sköter maskinen.", "    sumary: Sköter maskinen."),
        ("cite: 1-vatten/3", "cite: vatten stycke 3"),
        ("paragraphs: 3", "paragraphs: tre"),
        ("    duties:\n      - id: rengora\n", "    duties:\n      id: rengora\n"),
    ],
)
def test_an_editor_marks_a_mistake(schema: dict[str, Any], tiny_text: str, old: str, new: str) -> None:
    assert old in tiny_text
    text = tiny_text.replace(old, new, 1)
    if "duties" in old:
        text = text.replace(
            "        force: must\n        cite: 1/1\n        text: Rengör maskinen.", "      force: must"
        )
        text = text.replace("      id: rengora\n      force", "      force")
    assert errors(schema, text)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_key_has_help(cls: type) -> None:
    for key in keys(cls):
        assert described(cls, key).strip().endswith((".", "?", "”."))


def test_no_help_is_left_over() -> None:
    words = dict(strings()["keys"])
    common = words.pop("common")
    known = {cls.__name__: {key_of(f) for f in declared(cls)} for cls in CLASSES}
    for name, own in words.items():
        assert set(own) <= known[name], name
    needed = {key for cls in CLASSES for key in keys(cls) if key not in words.get(cls.__name__, {})}
    assert set(common) == needed


def test_every_key_of_the_model_stands_in_the_schema(schema: dict[str, Any]) -> None:
    made = {"Tree": schema, **schema["definitions"]}
    assert {cls.__name__ for cls in CLASSES} == set(made)
    for cls in CLASSES:
        assert list(made[cls.__name__]["properties"]) == list(keys(cls))


def test_a_reference_says_where_the_id_stands() -> None:
    assert described(model.Step, "who").endswith("Skriv id på något under ”units” och ”parties”.")
    assert keys(Tree)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema in a schema."""
    if isinstance(schema, list):
        for one in schema:
            yield from parts(one)
    elif isinstance(schema, dict):
        yield schema
        for one in schema.values():
            yield from parts(one)


def test_completion_knows_what_to_write_after_each_key(schema: dict[str, Any]) -> None:
    """An editor follows no reference for that: without a type beside it, it writes neither colon nor line."""
    referring = [part for part in parts(schema) if "allOf" in part]
    assert len(referring) > 5
    assert [part for part in referring if part.get("type") != "object"] == []


def test_help_is_not_headed_by_the_name_of_the_file(schema: dict[str, Any]) -> None:
    """An editor shows the title of the whole above the help on each key, and twice above some."""
    assert "title" not in schema
