"""Other ways to write the same tree, and what of it a form offers to change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generator.model import Action, Node, Tree, visit
from generator.pages.editor.form import OFFERED

_VALUE = re.compile(r"^( +)(who|with|when|force|contact|review_on): (\S+)$", re.MULTILINE)
_ONE_OF_MANY = re.compile(r"^( +)(who|with): ([\w-]+)$", re.MULTILINE)
_TEXT = re.compile(r"^( +)text: ([^\W\d][^\"':#\n]*)$", re.MULTILINE)
_STEP = re.compile(
    r"^      - (action: .+)((?:\n        (?!note|text)\w+: [^{}\"\n]+)+)(?!\n {8})$", re.MULTILINE
)


def _within_braces(text: str) -> str:
    def step(found: re.Match[str]) -> str:
        return "      - {" + found[1] + re.sub(r"\n +", ",\n         ", found[2]) + "}"

    return _STEP.sub(step, text)


# What the layout is → the text of a tree in it.
LAYOUTS: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "no last line end": lambda text: text.rstrip(),
    "comments after values": lambda text: _VALUE.sub(r"\1\2: \3   # sagt på mötet, rad \3", text),
    "comments between": lambda text: _VALUE.sub(r"\1# om \2\n\n\1\2: \3", text),
    "lists in lines": lambda text: _ONE_OF_MANY.sub(r"\1\2:\n\1- \3", text),
    "folded texts": lambda text: _TEXT.sub(r"\1text: >-\n\1  \2", text),
    "within braces": _within_braces,
}


def offered(tree: Tree) -> list[tuple[Node, str]]:
    """Return the nodes that a form changes with their keys: an action's wordings only where it has them."""
    return [
        (node, key)
        for node in visit(tree)
        if isinstance(node, Node)
        for key in OFFERED.get(type(node).__name__, ())
        if (not isinstance(node, Action) or getattr(node, key)) and not getattr(node, "together", None)
    ]
