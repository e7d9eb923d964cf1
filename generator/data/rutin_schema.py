"""``rutin.schema.json``: what the file beside this one promises, and every other field of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field
from importlib.resources import files
from json import dumps, loads
from typing import Any, get_args, get_origin, get_type_hints

from generator.data.plain import OPTIONAL, is_told, key_in_data
from generator.data.rutin_json import LISTS
from generator.locale import help_on
from generator.model import Citation, Text, Tree
from generator.model.base import is_node
from generator.model.declared import declared, item_of, key_of, unwrapped
from generator.routine.steps import own_and_shared

Schema = dict[str, Any]

# What a schema promises only where the tree uses it.
WHERE_USED = {("Question", "together"), ("Step", "only")}
_NULL: Schema = {"type": "null"}


def rutin_schema(tree: Tree) -> str:
    """Return the schema as JSON text, which lets in keys that it does not know.

    It knows the tree's forces, what the tree has none of, and whether situations have texts for steps.
    """
    schema: Schema = loads(files(__package__).joinpath("rutin.schema.json").read_text("utf-8"))
    schema["$defs"]["force"]["enum"] = [str(force.id) for force in tree.forces]
    hints = get_type_hints(Tree)
    properties = schema["properties"]
    if any(situation.text for situation in tree.situations):
        del properties["situations"]["items"]["properties"]["steps"]["minItems"]
    for kind in ("units", "forces", "phases", "actions"):
        if not getattr(tree, kind):
            del properties[kind]["minItems"]
    _complete(properties["routine"], hints["routine"], schema)
    for f in declared(Tree):
        if f.name in LISTS:
            if f.name not in properties:
                schema["required"].append(f.name)
                properties[f.name] = {"description": help_on("Tree", f.name), "type": "array", "items": {}}
            _complete(properties[f.name]["items"], item_of(hints[f.name]), schema)
    for kind in ("frames", "topics"):
        gaps = {"description": "The gaps that rest on its statements.", "$ref": "#/$defs/ids"}
        properties[kind]["items"]["properties"]["gaps"] = gaps
    if any(question.together for question in tree.questions):
        told = {"description": help_on("Question", "together"), "$ref": "#/$defs/text"}
        properties["questions"]["items"]["properties"]["together"] = told
    if any(step.only for situation in tree.situations for step in own_and_shared(tree, situation)):
        schema["$defs"]["step"]["properties"]["only"] = {
            "description": help_on("Step", "only"),
            "type": "object",
            "additionalProperties": {"$ref": "#/$defs/fact-set"},
        }
    return dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _complete(made: Schema, cls: type, schema: Schema) -> None:
    """Add the fields of a class that the schema of its objects does not have yet, here and below."""
    if "$ref" in made:
        made = schema["$defs"][made["$ref"].rpartition("/")[2]]
    made.setdefault("type", "object")
    known, required = made.setdefault("properties", {}), made.setdefault("required", [])
    hints = get_type_hints(cls)
    for f in (f for f in declared(cls) if is_told(cls, f) and (cls.__name__, f.name) not in WHERE_USED):
        key, inner = key_in_data(cls, f), item_of(hints[f.name])
        if key not in known:
            known[key] = {"description": help_on(cls.__name__, key_of(f)), **_of(hints[f.name], f, schema)}
            required += [key] if (cls.__name__, f.name) not in OPTIONAL else []
        elif is_node(inner):
            below = next((s for s in known[key].get("anyOf", ()) if s != _NULL), known[key])
            _complete(below.get("items", below), inner, schema)


def _of(wanted: Any, f: Field[Any], schema: Schema) -> Schema:
    bare, optional = unwrapped(wanted)
    if optional:
        return {"anyOf": [_of(bare, f, schema), _NULL]}
    if get_origin(bare) is tuple and not (get_args(bare)[0] is Text and "ref" in f.metadata):
        return {"type": "array", "items": _of(get_args(bare)[0], f, schema)}
    if is_node(bare):
        made: Schema = {}
        _complete(made, bare, schema)
        return made
    return {"$ref": f"#/$defs/{_named(bare, f)}"} if bare not in (bool, int) else {"type": _PLAIN[bare]}


_PLAIN = {bool: "boolean", int: "integer"}


def _named(bare: Any, f: Field[Any]) -> str:
    """Return the name of the definition for a type that is neither a number nor a truth value."""
    if get_origin(bare) is Mapping:
        return "fact-set"
    if bare is Citation:
        return "citation"
    if get_origin(bare) is tuple:
        return "ids"
    if "forces" in f.metadata.get("ref", ()):
        return "force"
    return "id" if "ref" in f.metadata or f.name == "id" else "text"
