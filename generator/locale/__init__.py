"""The product's own words: one file for every string that a reader meets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

FOOTER = 80  # letters of a title that fit at the foot of a page beside its number


@cache
def strings() -> dict[str, Any]:
    """Return the whole locale as nested dictionaries."""
    text = files(__name__).joinpath("sv.yaml").read_text(encoding="utf-8")
    # Keys such as on and off are words here, not truth values.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    loaded: dict[str, Any] = yaml.load(text, loader)  # noqa: S506, makes text only
    return loaded


def t(key: str, **values: object) -> str:
    """Return the string under a dotted key, with its ``{slots}`` filled.

    Raises KeyError for an unknown key: a missing string is our own fault.
    """
    return _string(key).format(**values) if values else _string(key)


@cache
def _string(key: str) -> str:
    found: Any = strings()
    for part in key.split("."):
        found = found[part]
    return str(found)


def help_on(kind: str, key: str) -> str:
    """Return what a key of a kind of node is for: its own words, or those of every key with that name.

    Raises KeyError when there are none: a key without help is our own fault.
    """
    words = strings()["keys"]
    own = words.get(kind, {})
    told = own[key] if key in own else words["common"][key]
    return str(told["help"] if isinstance(told, dict) else told)


def title_of(kind: str, key: str) -> str:
    """Return a key of a kind of node in a reader's words: its label, or the beginning of its help."""
    return capitalized(label_on(kind, key)) if _labelled(kind, key) else help_on(kind, key).partition(".")[0]


def label_on(kind: str, key: str) -> str:
    """Return what a reader calls a key of a kind of node: its label beside its help, or the key itself."""
    return str(strings()["keys"][kind][key]["label"]) if _labelled(kind, key) else key


def _labelled(kind: str, key: str) -> bool:
    return isinstance(strings()["keys"].get(kind, {}).get(key), dict)


def listed(words: Sequence[str]) -> str:
    """Join words as a Swedish list: "a", "a och b", "a, b och c"."""
    *first, last = words
    return f"{', '.join(first)} {t('join.and')} {last}" if first else last


def capitalized(text: str) -> str:
    """Return the text with its first letter in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


def shortened(text: str, most: int) -> str:
    """Return the text, or as much of its beginning as fits in so many letters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
