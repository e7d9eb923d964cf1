"""The product's own words: every string that a reader meets, in one file a language.

Which language is spoken follows from the tree, by `speaking` around what is done with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

DEFAULT = "sv"  # what is spoken before it is known which tree it is about
_spoken: ContextVar[str] = ContextVar("language", default=DEFAULT)
_SAID = re.compile(r"""^[^#\n]*\blanguage["']? *: *["']?([a-z]{2})\b""", re.MULTILINE)
FOOTER = 80  # letters of a title that fit at the foot of a page beside its number


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are words in, by their files."""
    names = sorted(file.name for file in files(__name__).iterdir())
    return tuple(name[:2] for name in names if re.fullmatch(r"[a-z]{2}\.yaml", name))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for as long as this lasts, in this thread; one without words changes nothing."""
    token = _spoken.set(str(language) if language in languages() else _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the language that is spoken now."""
    return _spoken.get()


def language_in(text: str) -> str:
    """Return the language that a tree says it is in, also where it cannot be read for its mistakes."""
    found = _SAID.search(text)
    return found[1] if found and found[1] in languages() else DEFAULT


def common(languages: Iterable[str]) -> str:
    """Return the language that several trees have in common, or else the one spoken by default."""
    found = set(languages)
    return found.pop() if len(found) == 1 else DEFAULT


def strings() -> dict[str, Any]:
    """Return all words of the spoken language as nested dictionaries."""
    return words_of(_spoken.get())


@cache
def words_of(language: str) -> dict[str, Any]:
    """Return all words of a language as nested dictionaries."""
    text = files(__name__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    # Keys such as on and off are words here, not truth values.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    loaded: dict[str, Any] = yaml.load(text, loader)  # noqa: S506, makes text only
    return loaded


def scalars(language: str) -> list[str]:
    """Return every string of a language, in the order of the file, which is that of every other."""
    return list(_scalars(words_of(language)))


def _scalars(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    for below in words.values() if isinstance(words, dict) else words if isinstance(words, list) else ():
        yield from _scalars(below)


def t(key: str, **values: object) -> str:
    """Return the string under a dotted key, with its ``{slots}`` filled.

    Raises KeyError for an unknown key: a missing string is our own fault.
    """
    said = _string(_spoken.get(), key)
    return said.format(**values) if values else said


@cache
def _string(language: str, key: str) -> str:
    found: Any = words_of(language)
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
    """Join words as a list: "a", "a och b", "a, b och c"."""
    *first, last = words
    return f"{', '.join(first)} {t('join.and')} {last}" if first else last


def quoted(text: object) -> str:
    """Return the text within quotation marks."""
    return t("join.quoted", text=text)


def capitalized(text: str) -> str:
    """Return the text with its first letter in upper case and the rest as it was."""
    return text[:1].upper() + text[1:]


def uncapitalized(text: str) -> str:
    """Return the text with its first letter in lower case and the rest as it was."""
    return text[:1].lower() + text[1:]


def shortened(text: str, most: int) -> str:
    """Return the text, or as much of its beginning as fits in so many letters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
