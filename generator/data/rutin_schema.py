"""``rutin.schema.json``: the model's fields as the data has them, and what the file beside this one adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field
from importlib.resources import files
from json import dumps, loads
from typing import Any, get_args, get_origin, get_type_hints

from generator.data.plain import is_told, key_in_data
from generator.data.rutin_json import LISTS
from generator.locale import help_on
from generator.model import Citation, FactSet, FactSets, Text, Texts, Tree
from generator.model.base import is_node
from generator.model.declared import declared, key_of, unwrapped

Schema = dict[str, Any]

# Types that have a definition of their own, or a name in JSON Schema.
_DEFINED = {Citation: "citation", FactSet: "fact-set", FactSets: "fact-sets"}
_NAMED = {bool: "boolean", int: "integer"}


def rutin_schema(tree: Tree) -> str:
    """Return the schema as JSON text, which lets in keys that it does not know.

    It knows the tree's forces, which lists it has nothing in, and whether situations have texts for steps.
    """
    added: Schema = loads(files(__package__).joinpath("rutin.schema.json").read_text("utf-8"))
    added["$defs"]["force"]["enum"] = [str(force.id) for force in tree.forces]
    shown = [f for f in declared(Tree) if f.name == "routine" or f.name in LISTS]
    schema = _with(_object(Tree, shown), added)
    for f in shown:
        if f.default is MISSING and f.name in LISTS and getattr(tree, f.name):
            schema["properties"][f.name]["minItems"] = 1
    if any(situation.text for situation in tree.situations):
        del schema["properties"]["situations"]["items"]["properties"]["steps"]["minItems"]
    return dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _object(cls: type, shown: Iterable[Field[Any]] = ()) -> Schema:
    """Return the schema of a class's objects, with the fields shown or else with all that are told."""
    hints = get_type_hints(cls)
    properties = {
        key_in_data(f): {"description": help_on(cls.__name__, key_of(f)), **_of(hints[f.name], f)}
        for f in shown or filter(is_told, declared(cls))
    }
    return {"type": "object", "required": list(properties), "properties": properties}


def _of(wanted: Any, f: Field[Any]) -> Schema:
    bare, optional = unwrapped(wanted)
    kinds = f.metadata.get("ref", ())
    if optional:
        return {"anyOf": [_of(bare, f), {"type": "null"}]}
    if is_node(bare):
        return _object(bare)
    if bare in _NAMED:
        return {"type": _NAMED[bare]}
    if bare in _DEFINED:
        return _ref("case" if "settles" in f.metadata else _DEFINED[bare])
    if bare is Text:
        return _ref("force" if "forces" in kinds else "id" if kinds or f.name == "id" else "text")
    if bare == Texts and kinds:
        return _ref("ids")
    *_, held = (one for one in get_args(bare) if one is not ...)
    if get_origin(bare) is Mapping:
        return {"type": "object", "additionalProperties": _of(held, f)}
    return {"type": "array", "items": _of(held, f)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _with(made: Schema, added: Schema) -> Schema:
    """Return a schema with what another adds: more keys, and other types in the place of those it made."""
    if not made or {"$ref", "anyOf", "type"} & added.keys():
        return {key: made[key] for key in ("description",) if key in made} | added
    both = added | made | added  # so that "$schema" stands first
    if "required" in added:
        both["required"] = [*made["required"], *added["required"]]
    if "items" in added:
        both["items"] = _with(made["items"], added["items"])
    if "properties" in added:
        below = made["properties"]
        both["properties"] = below | {
            key: _with(below.get(key, {}), own) for key, own in added["properties"].items()
        }
    return both
