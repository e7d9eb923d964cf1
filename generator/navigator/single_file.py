"""``navigator.html``: the navigator as one file, with everything inside and no request at all.

Its sheets are the site's own pages, and its script is the site's own script. Only the links differ:
they lead from sheet to sheet, and what is not in the file is not a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup, escape

from generator.navigator.data import navigator_js
from generator.pages import gaps, questions, situations, unsure
from generator.pages.alone import hashed
from generator.pages.editions import in_file
from generator.pages.page import Page
from generator.pages.rendering import fill, filled
from generator.pages.site import Site

STYLES = ("sheets.css", "rutin.css")
PRINT = "print.css"
BEFORE = ("common.js", "page.js", "sheets.js")  # what has to know before the first paint
AFTER = ("anchors.js", "navigator-logic.js", "case-logic.js", "settle.js", "navigator.js", "case.js")
MANY = "many.js"  # only where questions can be answered together
ASSETS = (*STYLES, PRINT, *BEFORE, *AFTER, MANY)
# The tags to rewrite: links, and what has an id or names one.
_TAGS = re.compile(r'</a>|<(a)\b([^>]*)>|<(?=[^>]*? (?:id|aria-labelledby|for)=")([a-z][a-z0-9]*)([^>]*)>')
_ATTRIBUTES = re.compile(r'([^\s="]+)(="([^"]*)")?')
_OWN = ("id", "aria-labelledby", "for")
MOST = 200  # places that ask; with more, a browser is slow to open the file and nobody can mail it


@dataclass(frozen=True)
class Sheet:
    """A page of the navigator as a part of the file."""

    name: str
    id: str
    html: Markup


def fits(site: Site) -> bool:
    """Tell whether the navigator can be one file."""
    return len(site.tree.nodes) <= MOST


def navigator_html(
    site: Site, assets: Mapping[str, str], made: Sequence[tuple[Page, str]] = (), data: str = ""
) -> str:
    """Return the file. ``assets`` holds the text of each of ``ASSETS``.

    ``made`` are the navigator's pages, ``filled``, and ``data`` is its data, where they are made already.
    Where the tree does not fit it is a page that says so: others may link to the file.
    """
    if not fits(site):
        return fill(site, "portable_too_large.html.jinja") + "\n"
    made = made or [(page, filled(site, page)) for page in pages_of(site)]
    names = {page.path for page, _ in made}
    in_order = sorted(made, key=lambda one: one[0].path != "index")
    sheets = [Sheet(page.path, _id(page.path), _sheet(page, html, names)) for page, html in in_order]
    styles = "\n".join(assets[name] for name in STYLES)
    before = "\n".join(assets[name] for name in BEFORE)
    asked = [MANY] if any("many" in page.needs for page, _ in made) else []
    after = "\n".join([data or navigator_js(site), *(assets[name] for name in (*asked, *AFTER))])
    for text in (styles, assets[PRINT], before, after):
        if "</" in text:
            raise ValueError("a script or style that would end too soon")
    parts = {"styles": styles, "on_paper": assets[PRINT], "before": before, "after": after}
    context = {name: Markup(text) for name, text in parts.items()}  # noqa: S704, the site's own files
    policy = _policy(scripts=(before, after), styles=(styles, assets[PRINT]))
    return fill(site, "portable.html.jinja", sheets=sheets, policy=policy, **context) + "\n"


def pages_of(site: Site) -> Iterable[Page]:
    """Yield the pages of the navigator."""
    for maker in (questions, unsure, situations, gaps):
        yield from maker.pages(site)


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return a content security policy that lets in this file's own scripts and styles only."""
    allowed = {"script-src": scripts, "style-src": styles}
    rules = [" ".join([name, *map(hashed, texts)]) for name, texts in allowed.items()]
    return "; ".join(["default-src 'none'", *rules, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _id(path: str) -> str:
    return path.replace("/", "-")


def _sheet(page: Page, html: str, names: set[str]) -> Markup:
    html = _Rewriter(page.path, names).rewritten(in_file(html))
    lines = (line.strip() for line in html.splitlines())
    return Markup("\n".join(line for line in lines if line))  # noqa: S704, came from a template


class _Rewriter:
    """Makes ids in a page's markup the sheet's own, and lets links lead to sheets, out or nowhere.

    The templates write every attribute in double quotes, and escape what stands between them.
    """

    def __init__(self, page: str, names: set[str]) -> None:
        self.page = page
        self.names = names
        self.closing: list[str] = []  # what each open link ends with

    def rewritten(self, html: str) -> str:
        """Return the markup as it stands in the file."""
        return _TAGS.sub(self._tag, html)

    def _tag(self, found: re.Match[str]) -> str:
        if found[0] == "</a>":
            return f"</{self.closing.pop()}>"
        tag, inside = found[1] or found[3], found[2] or found[4] or ""
        attrs = {
            name: unescape(value) if given else None for name, given, value in _ATTRIBUTES.findall(inside)
        }
        attrs |= {name: f"{_id(self.page)}--{attrs[name]}" for name in _OWN if name in attrs}
        if tag != "a":
            return _opened(tag, attrs)
        leads = self._leads(str(attrs.pop("href")))
        self.closing.append("a" if leads else "span")
        return _opened("a", {**attrs, **leads}) if leads else "<span>"

    def _leads(self, href: str) -> dict[str, str]:
        """Return the attributes that say where a link leads, or none when that is not in the file."""
        page, _, fragment = href.removeprefix("../").partition("#")
        target = page.removesuffix(".html") or self.page
        if href.startswith(("https:", "http:", "mailto:")):
            return {"href": href}
        if target not in self.names:
            return {}
        if fragment and "=" not in fragment:
            return {"href": f"#{_id(target)}--{fragment}"}
        return {"href": f"#{_id(target)}", "data-page": target, "data-fragment": fragment}


def _opened(tag: str, attrs: Mapping[str, str | None]) -> str:
    written = [name if value is None else f'{name}="{escape(value)}"' for name, value in attrs.items()]
    return f"<{' '.join([tag, *written])}>"
