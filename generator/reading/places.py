"""Where the values of a node stand in the file, or would stand: what to cut out, to write others there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from generator.model import Node
from generator.reading.parse import keys
from generator.reading.yaml_nodes import compose, pos_of

_TO_LINE_END = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, order=True)
class Place:
    """What a key and its value take up of the text: nothing where the key is missing.

    ``before`` is what another value is written after. The key may go if it is ``removable``, and then so
    does all between ``start`` and ``end``. ``flow`` within braces, where commas and brackets mean something.
    """

    start: int
    end: int
    before: str
    removable: bool
    flow: bool


class Places:
    """The places in a text, found anew from it: the model knows lines, not how a value is written."""

    def __init__(self, text: str) -> None:
        root, _ = compose(text)
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._mappings = {_start(n): n for n in _mappings(root)}

    def of(self, node: Node, key: str) -> Place | None:
        """Return the place of a key, or None where it could not be changed without loss of a comment."""
        mapping = self._mappings[node.pos.line, node.pos.column]
        pairs = {name.value: (name, value) for name, value in mapping.value}
        if key in pairs:
            return self._present(mapping, key, *pairs[key])
        cls: type = type(node)
        order = list(keys(cls))
        above = [pairs[other] for other in order[: order.index(key)] if other in pairs]
        return self._missing(mapping, key, above[-1]) if above else None

    def _present(
        self, mapping: yaml.MappingNode, key: str, name: yaml.Node, value: yaml.Node
    ) -> Place | None:
        start, end, flow = name.start_mark.index, self._end(value), bool(mapping.flow_style)
        if not isinstance(value, yaml.ScalarNode) and "#" in self._text[start:end]:
            return None
        before = f"{key}: "
        if name is mapping.value[0][0]:
            return Place(start, end, before, False, flow)
        if flow:
            index = next(n for n, (other, _) in enumerate(mapping.value) if other is name)
            gap = self._text[self._end(mapping.value[index - 1][1]) : start]
            whole = gap if "#" not in gap else ""
            return Place(start - len(whole), end, whole + before, bool(whole), flow)
        line = self._line_end(end)
        if self._text[end:line].strip():  # a comment, which stays
            return Place(start, end, before, True, flow)
        whole = self._newline + " " * name.start_mark.column
        return Place(start - len(whole), end, whole + before, True, flow)

    def _missing(self, mapping: yaml.MappingNode, key: str, above: tuple[yaml.Node, yaml.Node]) -> Place:
        name, value = above
        end = self._end(value)
        if mapping.flow_style:
            return Place(end, end, f", {key}: ", True, True)
        end = self._line_end(end)
        return Place(end, end, f"{self._newline}{' ' * name.start_mark.column}{key}: ", True, False)

    def _end(self, node: yaml.Node) -> int:
        """Return where a value ends: a list without brackets is said to end where the next thing begins."""
        start, end = node.start_mark.index, node.end_mark.index
        return start + len(self._text[start:end].rstrip())

    def _line_end(self, index: int) -> int:
        return next(_TO_LINE_END.finditer(self._text, index)).end()


def _start(node: yaml.Node) -> tuple[int, int]:
    pos = pos_of(node)
    return pos.line, pos.column


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)
