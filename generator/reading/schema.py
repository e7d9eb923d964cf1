"""The tree's format as JSON Schema, for completion and help in editors. It is the model, described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from json import dumps
from typing import Any, get_args, get_origin

from generator.locale import help_on, listed, quoted, t
from generator.model import CHOICES, Citation, Text, Tree
from generator.model.base import is_node
from generator.model.declared import key_of, unwrapped
from generator.reading.parse import keys
from generator.reading.scalars import CITATION

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_SCALARS: Mapping[Any, Schema] = {
    Text: _TEXT,
    int: {"type": "integer", "minimum": 0, "maximum": 999},
    bool: {"type": "boolean"},
    Citation: {"type": "string", "pattern": f"^{CITATION}$"},
}


def tree_schema() -> str:
    """Return the schema of the whole file as JSON text."""
    definitions: dict[str, Schema] = {}
    _define(Tree, definitions)
    whole = definitions.pop("Tree")
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "description": t("schema.title"), **whole}
    return dumps({**schema, "definitions": definitions}, ensure_ascii=False, indent=1) + "\n"


def described(cls: type, key: str) -> str:
    """Return what a key of a class is for, and where what it refers to stands."""
    help_text = help_on(cls.__name__, key)
    field = next(f for f in fields(cls) if key_of(f) == key)
    kinds = [quoted(kind) for kind in field.metadata.get("ref", ())]
    return f"{help_text} {t('schema.refers', kinds=listed(kinds))}" if kinds else help_text


def _define(cls: type, definitions: dict[str, Schema]) -> None:
    if cls.__name__ in definitions:
        return
    definitions[cls.__name__] = {}  # before its keys, which may lead back here
    properties = {}
    for key, (_, wanted, _) in keys(cls).items():
        properties[key] = {"description": described(cls, key), **_of(wanted, cls, key, definitions)}
    definitions[cls.__name__] = {
        "type": "object",
        "additionalProperties": False,
        "required": [key for key, (_, _, required) in keys(cls).items() if required],
        "properties": properties,
    }


def _of(wanted: Any, cls: type, key: str, definitions: dict[str, Schema]) -> Schema:
    wanted, _ = unwrapped(wanted)
    if get_origin(wanted) is tuple:
        one = _of(get_args(wanted)[0], cls, key, definitions)
        many: Schema = {"type": "array", "items": one}
        item = get_args(wanted)[0]
        return {"anyOf": [one, many]} if item in (Text, Citation) or get_origin(item) is Mapping else many
    if get_origin(wanted) is Mapping:
        return {"type": "object", "additionalProperties": _of(get_args(wanted)[1], cls, key, definitions)}
    if is_node(wanted):
        _define(wanted, definitions)
        # An editor looks for the type here, to know what to write after the key.
        return {"type": "object", "allOf": [{"$ref": f"#/definitions/{wanted.__name__}"}]}
    if (cls, key) in CHOICES:
        return {"enum": list(CHOICES[cls, key]())}
    return dict(_SCALARS[wanted])
