"""Located nodes → model. The model's own fields say which keys there are and what they hold."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml

from generator.diagnostics import Diagnostic, Pos, did_you_mean, finding
from generator.model import Citation, Text, Tree
from generator.source import compose, pos_of

CITATION = "([^/\\s]+)/([0-9]{1,3}([-,][0-9]{1,3})*)"


@dataclass(frozen=True)
class Parsed:
    """The model as far as it could be read, and what stood in the way of the rest."""

    tree: Tree | None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def parse(text: str) -> Parsed:
    """Read a tree from YAML text. The tree is None when the text is not a mapping at all."""
    node, diagnostics = compose(text)
    if node is None:
        return Parsed(None, diagnostics)
    reader = _Reader()
    tree = reader.read(Tree, node)
    return Parsed(tree if isinstance(tree, Tree) else None, reader.diagnostics)


@cache
def keys(cls: type) -> Mapping[str, tuple[str, Any, bool]]:
    """Return YAML key → (field name, type, required) for a model class."""
    hints = get_type_hints(cls)
    return {
        f.name.rstrip("_"): (f.name, hints[f.name], f.default is MISSING)
        for f in fields(cls)
        if f.name != "pos"
    }


class _Reader:
    """Reads nodes by type and collects what is wrong. A value that cannot be read becomes None."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    def read(self, wanted: Any, node: yaml.Node) -> Any:
        if _is_optional(wanted):
            wanted = next(a for a in get_args(wanted) if a is not type(None))
        if _is_node(wanted):
            return self._object(wanted, node)
        if get_origin(wanted) is tuple:
            return self._tuple(get_args(wanted)[0], node)
        if get_origin(wanted) is Mapping:
            return self._mapping(get_args(wanted)[1], node)
        return self._scalar(wanted, node)

    def _report(self, node: yaml.Node, rule: str, key: str = "", hint: str = "", **v: Any) -> None:
        self.diagnostics.append(finding(pos_of(node), rule, key, hint, **v))

    def _object(self, cls: type, node: yaml.Node) -> Any:
        pairs = self._pairs(node)
        if pairs is None:
            return None
        known = keys(cls)
        given: dict[str, Any] = {"pos": pos_of(node)}
        for key, (key_node, value) in pairs.items():
            if key not in known:
                hint = did_you_mean(key, known)
                self._report(key_node, "unknown-key", hint=hint, key_=key, known=", ".join(known))
                continue
            name, wanted, required = known[key]
            given[name] = self.read(wanted, value)
            # At the top a list may be empty: a routine can do without gaps or documents.
            if given[name] == () and required and cls is not Tree:
                self._report(value, "empty-list", key_=key)
        for key, (name, wanted, required) in known.items():
            if required and key not in pairs:
                self._report(node, "missing-key", key_=key)
            if required and given.get(name) is None:
                given[name] = _placeholder(wanted, pos_of(node))
            elif name in given and given[name] is None:
                del given[name]
        return cls(**given)

    def _pairs(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]] | None:
        if not isinstance(node, yaml.MappingNode):
            self._report(node, "type", "mapping")
            return None
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, "type", "text")
            elif key_node.value in pairs:
                first = pos_of(pairs[key_node.value][0])
                self._report(key_node, "duplicate-key", key_=key_node.value, line=first.line)
            else:
                pairs[key_node.value] = (key_node, value)
        return pairs

    def _tuple(self, item: Any, node: yaml.Node) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return tuple(v for n in node.value if (v := self.read(item, n)) is not None)
        if isinstance(node, yaml.ScalarNode) and item in (Text, Citation):
            value = self.read(item, node)
            return None if value is None else (value,)
        self._report(node, "type", "list")
        return None

    def _mapping(self, wanted: Any, node: yaml.Node) -> Any:
        pairs = self._pairs(node)
        if pairs is None:
            return None
        read = {Text(k, pos_of(kn)): self.read(wanted, v) for k, (kn, v) in pairs.items()}
        return {key: value for key, value in read.items() if value is not None}

    def _scalar(self, wanted: Any, node: yaml.Node) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            self._report(node, "type", "text")
            return None
        if not any(character.isalnum() for character in node.value):
            self._report(node, "empty-text")
            return None
        read = _SCALARS[wanted]
        value = read(node.value, pos_of(node))
        if value is None:
            self._report(node, "type", wanted.__name__.lower(), found=node.value)
        return value


def _citation(text: str, pos: Pos) -> Citation | None:
    found = re.fullmatch(CITATION, text)
    if not found:
        return None
    numbers: list[int] = []
    for part in found[2].split(","):
        first, *last = map(int, part.split("-"))
        numbers.extend(range(first, (last[-1] if last else first) + 1))
    return Citation(Text(found[1], pos), tuple(numbers), pos)


_SCALARS: Mapping[Any, Callable[[str, Pos], Any]] = {
    Text: lambda text, pos: Text(text.strip(), pos),
    int: lambda text, _: int(text) if re.fullmatch("[0-9]{1,3}", text) else None,
    bool: lambda text, _: {"true": True, "false": False}.get(text),
    Citation: _citation,
}


def _is_node(wanted: Any) -> bool:
    return is_dataclass(wanted) and wanted is not Citation


def _is_optional(wanted: Any) -> bool:
    return get_origin(wanted) in (Union, types.UnionType)


def _placeholder(wanted: Any, pos: Pos) -> Any:
    """Return a harmless value, so that the rest of the file can still be checked."""
    if get_origin(wanted) is tuple:
        return ()
    if get_origin(wanted) is Mapping:
        return {}
    if _is_node(wanted):
        values = {name: _placeholder(w, pos) for name, w, required in keys(wanted).values() if required}
        return wanted(pos=pos, **values)
    # No count can be told from a wrong one, so the largest: nothing else is then blamed for it.
    return {int: 999, bool: False, Citation: Citation(Text("", pos), (), pos)}.get(wanted, Text("", pos))
