"""A last look at a built site: every link leads somewhere, and nothing comes from outside or runs inline.

The engines check links in Markdown only; ours stand in HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from generator.locale import t

_LOADS = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("link", "href")}
_LINK_ONLY = {"canonical", "prev", "next", "alternate", "edit"}
_DATA = {"application/json"}


class _Links(HTMLParser):
    """Collects links, what is loaded, ids, and what a strict policy would stop."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.inline: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._look_for_inline(tag, given)
        if given.get("id"):
            self.ids.add(given["id"] or "")
        for name, value in attrs:
            if not value or (tag == "link" and given.get("rel") in _LINK_ONLY):
                continue
            if (tag, name) in _LOADS:
                self.loads.append(value)
            elif (tag, name) == ("a", "href"):
                self.links.append(value)

    def _look_for_inline(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given.get("content") or ""
        # A page that carries its own scripts and styles says in its policy which they are.
        runs = tag == "style" or (tag == "script" and "src" not in given and given.get("type") not in _DATA)
        if runs and "'sha256-" not in self.policy:
            self.inline.append(f"<{tag}>")
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.inline += [v for v in given.values() if v and v.strip().lower().startswith("javascript:")]


def problems(site: Path) -> list[str]:
    """Return what is wrong with the site's links, one line each, in Swedish."""
    found = []
    read = cache(_read)
    for page in sorted(site.rglob("*.html")):
        parsed = read(page)
        name = page.relative_to(site).as_posix()
        if not parsed.policy:
            found.append(t("verify.policy", page=name))
        found += [t("verify.inline", page=name, what=what) for what in parsed.inline]
        for address in parsed.loads:
            if urlsplit(address).netloc or urlsplit(address).scheme not in ("", "data"):
                found.append(t("verify.outside", page=name, address=address))
        for address in (*parsed.links, *parsed.loads):
            if not urlsplit(address).scheme and not urlsplit(address).netloc:
                found += _follow(site, page, name, address, read)
    return list(dict.fromkeys(found))


def _read(page: Path) -> _Links:
    links = _Links()
    links.feed(page.read_text("utf-8"))
    return links


def _follow(site: Path, page: Path, name: str, address: str, read: Callable[[Path], _Links]) -> list[str]:
    path, anchor = urldefrag(address)
    base = site if path.startswith("/") else page.parent
    target = (base / unquote(urlsplit(path).path).lstrip("/")).resolve() if path else page
    if target.is_dir():
        target /= "index.html"
    if not target.exists():
        return [t("verify.missing", page=name, address=address)]
    # An answer in the fragment (fact=value) is for the navigator, not an anchor.
    is_anchor = anchor and "=" not in anchor and target.suffix == ".html"
    if is_anchor and unquote(anchor) not in read(target).ids:
        return [t("verify.anchor", page=name, address=address)]
    return []
