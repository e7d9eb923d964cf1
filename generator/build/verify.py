"""Verify the built site: every link leads somewhere, and nothing comes from outside or runs inline.

The engines check links in Markdown only; ours stand in HTML.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urldefrag, urlsplit

from lxml import etree

from generator.build.authored import place_of
from generator.locale import t

_LOADS = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("link", "href")}
_LINK_ONLY = {"canonical", "prev", "next", "alternate", "edit"}
# Signs that no name may have, an end that is cut off, and the names of devices, whatever their ending.
_NOT_ON_WINDOWS = re.compile(
    r'[<>:"\\|?*\x00-\x1f]|[. ]$|^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)', re.I
)
_DATA = {"application/json"}
# Where an address may run a script.
_RUNS = {"href", "src", "action", "formaction", "data", "xlink:href"}


@dataclass
class _Page:
    """What a page leads to, loads and can be led to by, and what a strict policy would stop in it."""

    links: list[str]
    loads: list[str]
    ids: set[str]
    inline: list[str]
    policy: str = ""


def problems(
    site: Path, below: str = "/", content: Path | None = None, beside: Collection[str] = ()
) -> list[str]:
    """Return what is wrong with the site, one line each.

    ``below`` is the path that the site is built to stand at; it is where links from the root lead to.
    ``content`` is the folder of what was written: what the policy stops is reported there.
    ``beside`` are files that are to stand outside the site, by their paths from it.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {name: _read(site / name) for name in sorted(files) if name.endswith(".html")}
    found = list(_refused(sorted(files)))
    known: dict[tuple[str, str], str] = {}
    there = files.union(beside)
    for name, page in pages.items():
        if not page.policy:
            found.append(t("verify.policy", page=name))
        outside = [address for address in page.loads if _is_outside(address)]
        for key, stopped in (("verify.inline", page.inline), ("verify.outside", outside)):
            for what in stopped:
                where = place_of(what, name, content) if content else name
                found.append(t(key, page=where, what=what))
        folder = posixpath.dirname(name)
        for address in dict.fromkeys((*page.links, *page.loads)):
            # A menu says the same on every page: what leads from a folder is looked up once.
            at = (name if address[:1] in ("#", "") else folder, address)
            if at not in known:
                known[at] = _wrong(there, pages, name, address, below)
            if known[at]:
                found.append(t(known[at], page=name, address=address))
    return list(dict.fromkeys(found))


def _refused(files: Iterable[str]) -> Iterator[str]:
    """Yield what is said of files whose names Windows refuses, or takes for those of others."""
    there: dict[str, str] = {}
    for name in files:
        if any(_NOT_ON_WINDOWS.search(part) for part in name.split("/")):
            yield t("verify.windows", page=name)
        if (other := there.setdefault(name.lower(), name)) != name:
            yield t("verify.same", page=name, other=other)


@cache
def _is_outside(address: str) -> bool:
    split = _split(address)
    return split is None or bool(split.netloc) or split.scheme not in ("", "data")


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address, or None of what is none: ``http://[x]``."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _read(path: Path) -> _Page:
    root = etree.fromstring(path.read_bytes(), parser=etree.HTMLParser(encoding="utf-8"))
    page = _Page([], [], set(), [])
    for element in root.iter(etree.Element):
        tag, given = element.tag, element.attrib
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            page.policy = given.get("content", "")
        elif tag in ("style", "script"):
            # A page that carries its own scripts and styles says in its policy which they are.
            runs = tag == "style" or ("src" not in given and given.get("type") not in _DATA)
            if runs and "'sha256-" not in page.policy:
                page.inline.append(f"<{tag}>")
        for name, value in given.items():
            if name == "id":
                page.ids.add(value)
            elif name == "style" or name[:2] == "on":
                page.inline.append(name)
            elif name in _RUNS and value.lstrip()[:11].lower() == "javascript:":
                page.inline.append(value)
            elif name == "href" and tag == "a":
                page.links.append(value)
            elif (tag, name) in _LOADS and given.get("rel") not in _LINK_ONLY:
                page.loads.append(value)
    return page


def _wrong(files: set[str], pages: Mapping[str, _Page], name: str, address: str, below: str) -> str:
    """Return what is wrong with an address on a page, as a key of the locale, or nothing."""
    split = _split(address)
    if split is None:
        return "verify.missing"
    if split.scheme or split.netloc:
        return ""
    path, anchor = urldefrag(address)
    if path.startswith("/") and not path.startswith(below):
        return "verify.missing"
    base = "" if path.startswith("/") else posixpath.dirname(name)
    target = (
        posixpath.normpath(posixpath.join(base, unquote(split.path).removeprefix(below))) if path else name
    )
    if target not in files:
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return "verify.missing"
    # An answer in the fragment (fact=value) is for the navigator, not an anchor.
    is_anchor = anchor and "=" not in anchor and target in pages
    return "verify.anchor" if is_anchor and unquote(anchor) not in pages[target].ids else ""
