"""Swedish where English is spoken: words that the one locale has and the other does not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import html

from generator.locale import scalars, words_of
from tests.conftest import ROOT
from tests.english import TREE

_SLOT = re.compile(r"\{+[^}]*\}+")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_NUMBER = re.compile(r"[^\W\d_]+\.(?= *\d)")  # "s. 3": too short to be told by its letters alone
# What a reader meets beside the text of a page.
_SAYING = ("aria-label", "title", "alt", "placeholder", "content", "label", "value")
# Names of files, and of shapes in a tree, are the same in every language.
_NAMES = {"rutin", "cirkel", "triangel", "fyrkant", "ruta", "stjarna"}
# Words of both languages, and what is no word: names of programs, formats, months and a law.
_OF_BOTH = """
    aa all android april binder bra c checker chrome chromium content core ctrl cyclonedx december den
    deploy digg digital e edge en f fall false fast filehash firefox foreach format generator get git hold
    html https i in index iphone javascript json just lagen led licenses linux literalpath lix m macos
    mailto make man material mb men mkdocs n ne nginx november nu object per port powershell program
    python s safari same security september sha shasum slut sort split sum sv true txt under utf wcag
    webkit yaml yml z zensical zip
"""


def words(texts: Iterable[str]) -> set[str]:
    """Return the words of texts, in lower case, and what is short for one before a number with its stop."""
    kinds = (_WORD, _BEFORE_NUMBER)
    return {word for text in texts for kind in kinds for word in kind.findall(text.lower())}


def _of_theme(language: str) -> Iterator[str]:
    """Yield the words that the themes have in a language."""
    for theme in ("material", "zensical"):
        found = find_spec(theme)
        folder = Path(found.origin or "").parent / "templates" if found else Path()
        file = folder / f"partials/languages/{language}.html"
        if file.is_file():
            yield from re.findall(r'": "([^"]*)"', file.read_text("utf-8"))


def _of_frame(language: str) -> str:
    return re.sub(
        "<[^>]*>|{[^}]*}", " ", (ROOT / f"site_overrides/partials/words/{language}.html").read_text("utf-8")
    )


@cache
def swedish() -> frozenset[str]:
    """Return the words that can only be Swedish."""
    every = words((*(_SLOT.sub("1", said) for said in scalars("sv")), *_of_theme("sv"), _of_frame("sv")))
    about = (ROOT / "generator/locale/about_tool.en.md").read_text("utf-8")
    known = words((*_of_theme("en"), about, TREE.read_text("utf-8"), *_keys(words_of("sv")), _OF_BOTH))
    return frozenset(every - known - _NAMES)


def _keys(value: object) -> Iterator[str]:
    """Yield the keys of the locale: many are keys of a tree, too, and are named in both languages."""
    for key, below in value.items() if isinstance(value, dict) else ():
        yield re.sub("([a-z])([A-Z])|_", r"\1 \2", key)
        yield from _keys(below)


def leftovers(texts: Iterable[str]) -> set[str]:
    """Return what is Swedish in texts: its words, and whatever has its letters."""
    return {word for word in words(texts) if word in swedish() or re.search("[åäö]", word)}


def of_page(text: str) -> list[str]:
    """Return what a page says: its text, and its attributes that are read or shown."""
    tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for silent in tree.xpath("//script | //style"):
        silent.drop_tree()
    shown = [str(text) for text in tree.xpath("//text()")]
    for element in tree.iter(html.etree.Element):
        for name, value in element.attrib.items():
            # What a script is given to say is whole sentences, or all there is as JSON.
            if name in _SAYING or (name.startswith("data-") and " " in value and not name.endswith("-for")):
                shown.append(re.sub("'sha256-[^']+'", "", value))  # a sum may have a word in it
    return shown


def of_data(text: str) -> list[str]:
    """Return what JSON says: every string in it but names and addresses, without markup."""
    found: list[str] = []

    def gather(value: object) -> None:
        if isinstance(value, str):
            found.append(
                re.sub("<[^>]*>", " ", value) if " " in value or not re.search("[/.#-]", value) else ""
            )
        for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            gather(below)

    gather(json.loads(text))
    return found
