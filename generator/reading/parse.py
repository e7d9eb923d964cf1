"""Located nodes → model. The model's own fields say which keys there are and what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from generator.locale import help_on, t
from generator.model import Action, Citation, Force, Incomplete, Text, Tree
from generator.model.base import is_node
from generator.model.declared import item_of, key_of, unwrapped
from generator.model.position import Pos
from generator.reading.diagnostics import MAX_FINDINGS, Diagnostic, finding, nearest
from generator.reading.limits import filled
from generator.reading.many import one_by_one
from generator.reading.parts import begins_alike, is_bare, parted
from generator.reading.scalars import SCALARS, nearly
from generator.reading.yaml_nodes import compose, pos_of


@dataclass(frozen=True)
class Parsed:
    """The model as far as it could be read, and what stood in the way of the rest.

    ``followable`` when all that is missing is prose: then the tree can be followed all the same.
    """

    tree: Tree | None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    followable: bool = False


def parse(text: str) -> Parsed:
    """Read a tree from YAML text. The tree is None when the text is not a mapping at all."""
    node, diagnostics = compose(text)
    if node is None:
        return Parsed(None, diagnostics)
    reader = _Reader()
    tree = reader.read(Tree, node)
    if not isinstance(tree, Tree):
        return Parsed(None, reader.diagnostics)
    tree, more = one_by_one(filled(tree))
    return Parsed(tree, [*reader.diagnostics, *more], reader.followable and not more)


@cache
def keys(cls: type) -> Mapping[str, tuple[str, Any, bool]]:
    """Return YAML key → (field name, type, required) for a model class."""
    hints = get_type_hints(cls)
    return {
        key_of(f): (f.name, hints[f.name], f.default is f.default_factory is MISSING)
        for f in fields(cls)
        if f.name != "pos" and "made" not in f.metadata
    }


@cache
def _unless(cls: type) -> Mapping[str, tuple[str, ...]]:
    """Return field name → the keys without which it has to be there."""
    return {f.name: f.metadata["unless"] for f in fields(cls) if "unless" in f.metadata}


def _needed(cls: type, given: Container[str]) -> Mapping[str, tuple[str, Any, bool]]:
    """Return the keys of a class as they have to be there beside those given."""
    lacking = {name for name, others in _unless(cls).items() if not any(key in given for key in others)}
    return {k: (name, wanted, must or name in lacking) for k, (name, wanted, must) in keys(cls).items()}


class _Reader:
    """Reads nodes by type and collects what is wrong. A value that cannot be read becomes None."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.followable = True
        self._help = ""

    def read(self, wanted: Any, node: yaml.Node) -> Any:
        method, inner = _way_to_read(wanted)
        return method(self, inner, node)

    def _report(self, node: yaml.Node, rule: str, key: str = "", hint: str = "", **values: Any) -> None:
        if not self.is_full:
            self.diagnostics.append(finding(pos_of(node), rule, key, hint, **values))
            if self.is_full:
                self.diagnostics.append(finding(pos_of(node), "syntax", "too-many", limit=MAX_FINDINGS))

    @property
    def is_full(self) -> bool:
        """Whether there is no use in saying more: this is hardly a tree."""
        return len(self.diagnostics) >= MAX_FINDINGS

    def _object(self, cls: type, node: Any) -> Any:
        pairs = self._pairs(node)
        if pairs is None:
            return None
        values = self._known(pairs, keys(cls), node.flow_style)
        known = _needed(cls, values) if _unless(cls) else keys(cls)
        given: dict[str, Any] = {"pos": pos_of(node)}
        for key, value in values.items():
            name, wanted, required = known[key]
            found = len(self.diagnostics)
            self._help = help_on(cls.__name__, key)
            given[name] = self.read(wanted, value) if value else None
            # At the top a list may be empty: a routine can do without gaps or documents.
            if (
                value
                and given[name] == ()
                and (required or _holds_sets(wanted))
                and cls is not Tree
                and len(self.diagnostics) == found
            ):
                hint = t("hints.holds", help=help_on(cls.__name__, key))
                self._report(value, "empty-list", hint=hint, key_=key)
                self.followable = False
            if given[name] is None:
                self.followable &= _is_prose(cls, name, wanted)
        for key, (name, wanted, required) in known.items():
            if required and name not in given:
                self._report(node, "missing-key", hint=help_on(cls.__name__, key), key_=key)
                self.followable &= _is_prose(cls, name, wanted)
            if (required and given.get(name) is None) or (name in given and given[name] is None):
                given[name] = _placeholder(wanted, pos_of(node), at_top=cls is Tree)
        return cls(**given)

    def _known(
        self, pairs: Mapping[str, tuple[yaml.Node, yaml.Node]], known: Mapping[str, Any], flow: bool
    ) -> dict[str, yaml.Node | None]:
        """Return the values by known keys. A key that is nearly one is reported, and then read as it.

        None is a value that cannot be told: what should part it from its key is missing, or a comma cuts it.
        """
        values: dict[str, yaml.Node | None] = {k: v for k, (_, v) in pairs.items() if k in known}
        before = ""
        for key, (key_node, value) in pairs.items():
            before, last = key, before
            if key in known or self.is_full:
                continue
            self.followable = False
            begins = re.split(r"[:=：\s]", key, maxsplit=1)[0]
            if begins != key and begins in known.keys() - pairs.keys():
                colon = key[len(begins)] == ":"
                self._report(key_node, "syntax", "space-after-colon" if colon else "no-colon")
                values[begins] = None
                continue
            if flow and last in known and is_bare(value):
                self._report_comma(pairs[last][1], key_node, known[last][1])
                before, values[last] = last, None
                continue
            likely = nearest(key, known.keys() - pairs.keys())
            hint = t("hints.did-you-mean", word=likely) if likely else ""
            self._report(key_node, "unknown-key", hint=hint, key_=key, known=", ".join(known))
            if likely:
                values.setdefault(likely, value)
        return values

    def _report_comma(self, value: Any, rest: Any, wanted: Any) -> None:
        """Report a value within braces that a comma cuts in two."""
        if unwrapped(wanted)[0] is int:
            self._report(value, "type", "int", found=f"{value.value},{rest.value}")
        else:
            self._report(rest, "syntax", "comma")

    def _pairs(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]] | None:
        if not isinstance(node, yaml.MappingNode):
            self._report(node, "type", "mapping")
            return None
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(key_node, "type", "text")
                self.followable = False
            elif key_node.value in pairs:
                first, content = pairs[key_node.value]
                self._report(key_node, "duplicate-key", related=pos_of(first), key_=key_node.value)
                self.followable = False
                if isinstance(content, yaml.ScalarNode) and not content.value:
                    pairs[key_node.value] = (first, value)  # the first is only a heading left behind
            else:
                pairs[key_node.value] = (key_node, value)
        return pairs

    def _tuple(self, item: Any, node: yaml.Node) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return tuple(v for n in node.value for v in self._items(item, n) if v is not None)
        alone = isinstance(node, yaml.ScalarNode) and item in (Text, Citation)
        if alone or (isinstance(node, yaml.MappingNode) and get_origin(item) is Mapping):
            value = self.read(item, node)
            return None if value is None else (value,)
        self._report(node, "type", "list")
        return None

    def _items(self, wanted: Any, node: yaml.Node) -> Iterator[Any]:
        """Yield an item of a list, and those below it that have lost their dashes."""
        first, *more = parted(node) if is_node(wanted) else [node]
        yield self._item(wanted, first)
        for part in more:
            if self.is_full:
                return
            key = part.value[0][0]
            self._report(key, "syntax", "keys-again")
            self.followable = False
            # Without the line of its dash nobody knows what it is called.
            yield self._item(wanted, part) if begins_alike(first, part) else _placeholder(wanted, pos_of(key))

    def _item(self, wanted: Any, node: yaml.Node) -> Any:
        value = self.read(wanted, node)
        if value is None:
            self.followable = False
            # One without a name in its place, so that what names it is not blamed.
            return _placeholder(wanted, pos_of(node)) if is_node(wanted) else None
        return value

    def _mapping(self, wanted: Any, node: Any) -> Any:
        pairs = self._pairs(node)
        if pairs is None:
            return None
        read = {
            Text(key, pos_of(key_node)): None
            if self._is_cut(key_node, value, node.flow_style)
            else self.read(wanted, value)
            for key, (key_node, value) in pairs.items()
        }
        if None not in read.values():
            return read
        self.followable = False
        return Incomplete({key: value for key, value in read.items() if value is not None})

    def _is_cut(self, key: Any, value: yaml.Node, flow: bool) -> bool:
        """Report what stands among keys within braces and is none: without its space, or cut by a comma."""
        cut = flow and is_bare(value)
        if cut:
            self._report(key, "syntax", "space-after-colon" if ":" in key.value else "comma")
        return cut

    def _scalar(self, wanted: Any, node: Any) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            self._report(node, "type", "text", t("hints.quote") if node.flow_style else "")
            return None
        if not any(character.isalnum() for character in node.value):
            self._report(node, "empty-text", hint=t("hints.holds", help=self._help))
            return None
        read = SCALARS[wanted]
        value = read(node.value, pos_of(node))
        if value is None:
            hint = nearly(wanted, node.value)
            self._report(node, "type", wanted.__name__.lower(), hint, found=node.value)
        return value


@cache
def _way_to_read(wanted: Any) -> tuple[Callable[[_Reader, Any, yaml.Node], Any], Any]:
    """Return the method that reads a type, and what of the type it asks for."""
    bare, _ = unwrapped(wanted)
    if is_node(bare):
        return _Reader._object, bare
    if get_origin(bare) is tuple:
        return _Reader._tuple, get_args(bare)[0]
    if get_origin(bare) is Mapping:
        return _Reader._mapping, get_args(bare)[1]
    return _Reader._scalar, bare


def _holds_sets(wanted: Any) -> bool:
    """Whether it is sets of facts: one that cannot be read may be any, and none at all would be no case."""
    bare, _ = unwrapped(wanted)
    return get_origin(bare) is tuple and get_origin(item_of(bare)) is Mapping


def _is_prose(cls: type, name: str, wanted: Any) -> bool:
    """Whether a field holds nothing that any rule follows: not an id, nor a reference, nor a wording."""
    wanted, _ = unwrapped(wanted)
    refers = next(f for f in fields(cls) if f.name == name).metadata.get("ref")
    return wanted is Text and not refers and name != "id" and cls not in (Action, Force)


def _placeholder(wanted: Any, pos: Pos, at_top: bool = False) -> Any:
    """Return a harmless value, so that the rest of the file can still be checked.

    In a list at the top it is one node without a name: what should stand there is not known.
    """
    wanted, optional = unwrapped(wanted)
    if optional and get_origin(wanted) is not Mapping and not _holds_sets(wanted):
        return None
    if _holds_sets(wanted):
        return (Incomplete(),)
    if get_origin(wanted) is tuple:
        item = get_args(wanted)[0]
        return (_placeholder(item, pos),) if at_top and is_node(item) else ()
    if get_origin(wanted) is Mapping:
        return Incomplete()
    if is_node(wanted):
        values = {name: _placeholder(w, pos) for name, w, required in keys(wanted).values() if required}
        return wanted(pos=pos, **values)
    # No count can be told from a wrong one, so the largest: nothing else is then blamed for it.
    return {int: 999, bool: False, Citation: Citation(Text("", pos), (), pos)}.get(wanted, Text("", pos))
