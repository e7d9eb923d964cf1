"""The search index of a built site, whichever engine built it: made anew from the pages.

An engine's own index glues cells together, takes in what no reader looks for, and cannot hold words that
are not shown. Here each page and each second-level heading is an entry of sentences, with the words
that the page is first for, those that it is found by, too, and spellings without dots and parts of compounds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from unicodedata import normalize

from lxml import html
from lxml.html import HtmlElement

from generator.locale import DEFAULT

# Left out: what fills no sentence, and what says so itself.
_LEFT_OUT = {"script", "style", "svg", "nav", "form", "fieldset", "select", "button", "textarea", "noscript"}
_HIDDEN = {"r-hidden", "r-cite", "r-people", "r-facts", "r-screen", "r-js", "r-version", "headerlink"}
_BLOCKS = {"p", "li", "dt", "dd", "th", "td", "div", "summary", "pre", "caption", "section", "details", "tr"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "article", "figure", "aside"}
_BLOCKS |= {"table", "thead", "tbody"}
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = str.maketrans("åäöé", "aaoe")
# What may join the first part of a compound to the second, and how short a part may be.
_JOINTS = ("", "s", "es", "e")
_SHORT = 4
# Title and words before text: a page's own words count for more than what it happens to mention.
_FIELDS = {
    "title": {"boost": 1000.0},
    "text": {"boost": 1.0},
    "tags": {"boost": 1.0},
    "first": {"boost": 100000.0},
    "also": {"boost": 10.0},
}
# The engines look for what begins with the word that is typed. A stemmer would cut words down so that it no
# longer does; so other forms stand in the index instead.
_SUFFIX = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|s)$")
# What weighs less than this stands behind all else; where nothing weighs, it is left out.
_BEHIND = 0.01
_SEPARATOR = r"[\s\-,.:;!?/()”\"–]+"


@dataclass
class Entry:
    """A page, or a part of it under a heading, as a search finds and shows it."""

    location: str
    title: str
    weight: float
    above: str = ""  # the page's title, for a part of it
    first: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """What is shown, as markup: one paragraph a sentence, so that a hit shows whole ones."""
        return "".join(f"<p>{escape(block, quote=False)}</p>" for block in self.blocks)


def write(site: Path, language: str = DEFAULT) -> None:
    """Put our index in the place of the engine's."""
    entries = [entry for page in sorted(site.rglob("*.html")) for entry in entries_of(page, site)]
    entries.sort(key=lambda entry: -entry.weight)  # an engine without weights keeps the order among equals
    add_spellings(entries, language)
    if (site / "search" / "search_index.json").exists():
        store(site / "search" / "search_index", _for_material(entries, language))
    if (theirs := site / "search.json").exists():
        config = json.loads(theirs.read_text("utf-8"))["config"]  # it takes no separator but its own
        store(site / "search", {"config": config, "items": _for_zensical(entries)})


def store(path: Path, index: dict[str, Any]) -> None:
    """Write an index as both files that a search may load it from: a file share has no other way."""
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.with_suffix(".json").write_text(text, "utf-8", newline="\n")
    path.with_suffix(".js").write_text(f"var __index = {text}", "utf-8", newline="\n")


def entries_of(page: Path, site: Path) -> list[Entry]:
    """Return what a search finds of a built page: itself and its second-level headings."""
    tree = html.document_fromstring(page.read_text("utf-8"), html.HTMLParser(encoding="utf-8"))
    content = next(iter(tree.xpath("//*[@id='innehall']")), None)
    weight = float(content.get("data-search-weight", "0")) if content is not None else 0
    if content is None or not weight:
        return []
    location = page.relative_to(site).as_posix()
    title = content.get("data-search-title", "")
    entry = Entry(location, title, weight, "", _listed(content, "first"), _listed(content, "also"))
    found = [entry]
    for part, text in _blocks(content):
        if part.tag == "h2" and part.get("id"):
            found.append(Entry(f"{location}#{part.get('id')}", text, weight, above=title))
        elif part.tag != "h1":
            found[-1].blocks.append(text)
    return found


def _listed(content: HtmlElement, name: str) -> list[str]:
    return [word for word in content.get(f"data-{name}-for", "").split(", ") if word]


def _blocks(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield each block that has text of its own, with that text; a term and a cell stand before the next."""
    before: list[str] = []
    for part, text in _own_texts(element):
        if part.tag in ("dt", "th") or (part.tag == "td" and part.getnext() is not None):
            before.append(text)
        else:
            yield part, ": ".join((*before, text))
            before = []


def _own_texts(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    if _is_left_out(element):
        return
    pieces: list[str] = [element.text or ""]
    for child in element:
        if _is_block(child):
            if text := _joined(pieces):
                yield element, text
            pieces = []
            yield from _own_texts(child)
        else:
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    if text := _joined(pieces):
        yield element, text


def _is_block(element: HtmlElement) -> bool:
    return element.tag in _BLOCKS or "r-gap-link" in element.get("class", "").split()


def _text(element: HtmlElement) -> str:
    """Return an element's text, without what is left out in it."""
    if _is_left_out(element):
        return ""
    inner = (piece for child in element for piece in (_text(child), child.tail or ""))
    return " " if element.tag == "br" else "".join((element.text or "", *inner))


def _joined(pieces: Iterable[str]) -> str:
    return normalize("NFC", _SPACE.sub(" ", "".join(pieces)).strip(" ·"))


def _is_left_out(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return True
    marks = element.attrib
    classes = marks.get("class", "").split()
    return "data-no-search" in marks or "hidden" in marks or not _HIDDEN.isdisjoint(classes)


def add_spellings(entries: list[Entry], language: str = DEFAULT) -> None:
    """Let each entry be found by other forms of its words, and without the dots of their letters.

    In Swedish those are the ends of compounds, in English they are inflected.
    """
    words = {id(entry): _words_of(entry) for entry in entries}
    known = set().union(*words.values()) if words else set()
    others = _others(known) if language == DEFAULT else {word: _forms(word) for word in known}
    for entry in entries:
        mine = words[id(entry)]
        more = {other for word in mine for other in others[word]} - mine
        entry.also += sorted(more)
        entry.also += sorted({plain for word in mine | more if (plain := word.translate(_PLAIN)) != word})
        entry.first += [plain for word in entry.first if (plain := word.translate(_PLAIN)) != word]


def _others(known: set[str]) -> dict[str, set[str]]:
    """Return the ends of each compound."""
    heads = {stem + joint for word in known for stem in (word, word.rstrip("ae")) for joint in _JOINTS}
    return {word: _ends(word, heads, known) for word in known}


def _forms(word: str) -> set[str]:
    """Return forms of an English word: keys of key, noting of noted, duty of duties. Some are no words."""
    bare = re.sub("ies$", "y", word) if len(word) > _SHORT else word
    bare = _SUFFIX.sub("", bare)
    root = bare.removesuffix("e")
    if len(root) < len("key"):
        return set()
    plural = f"{bare[:-1]}ies" if bare.endswith("y") else f"{bare}es"
    return {bare, f"{bare}s", plural, f"{root}e", f"{root}ed", f"{root}ing"}


def _words_of(entry: Entry) -> set[str]:
    texts = (entry.title, *entry.first, *entry.also, *entry.blocks)
    return {word.lower() for text in texts for word in _WORD.findall(text)}


def _ends(word: str, heads: set[str], known: set[str]) -> set[str]:
    """Return what a compound ends with: known words, and what is left after the longest known beginning."""
    cuts = range(_SHORT - 1, len(word) - _SHORT + 1)
    after = [word[cut:] for cut in cuts if word[:cut] in heads]
    return {*after[-1:], *(word[cut:] for cut in cuts if word[cut:] in known)}


def _for_material(entries: Iterable[Entry], language: str) -> dict[str, Any]:
    """Return the index for lunr; it searches any field, and shows title and text."""
    docs = [
        {
            "location": entry.location,
            "title": escape(entry.title, quote=False),
            "text": entry.shown,
            "first": " ".join(entry.first),
            "also": " ".join(entry.also),
            "boost": max(entry.weight, 1.0) if entry.first else entry.weight,
        }
        for entry in entries
    ]
    config = {"lang": [language], "separator": _SEPARATOR, "pipeline": ["stopWordFilter"], "fields": _FIELDS}
    return {"config": config, "docs": docs}


def _for_zensical(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return the index for the other engine, which searches what it shows: the rest is there but hidden."""
    return [
        {
            "location": entry.location,
            "level": 2 if entry.above else 1,
            "title": _unseen(entry.first) + escape(entry.title, quote=False),
            "text": entry.shown + _unseen(entry.also),
            "path": [escape(entry.above, quote=False)] if entry.above else [],
            "tags": [],
        }
        for entry in entries
        if entry.weight >= _BEHIND
    ]


def _unseen(words: list[str]) -> str:
    return f"<span hidden>{' '.join(words)} </span>" if words else ""
