"""``navigator.html``: the navigator as one file, with everything inside and no request at all.

Its sheets are the site's own pages, and its script is the site's own script. Only the links differ:
they lead from sheet to sheet, and what is not in the file is not a link.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser

from markupsafe import Markup, escape

from generator.navigator.data import navigator_js
from generator.pages import ends, questions, sections, unsure
from generator.pages.page import Page
from generator.pages.rendering import body_of, fill
from generator.pages.site import Site

STYLES = ("sheets.css", "rutin.css", "reading.css")
PRINT = "print.css"
BEFORE = ("common.js", "page.js", "anchors.js", "sheets.js")  # what has to know before the first paint
AFTER = ("navigator-logic.js", "case-logic.js", "navigator.js", "case.js")
ASSETS = (*STYLES, PRINT, *BEFORE, *AFTER)
MOST = 200  # places that ask; with more, a browser is slow to open the file and nobody can mail it


@dataclass(frozen=True)
class Sheet:
    """A page of the navigator as a part of the file."""

    name: str
    id: str
    html: Markup


def navigator_html(site: Site, assets: Mapping[str, str]) -> str:
    """Return the file. ``assets`` holds the text of each of ``ASSETS``.

    For a tree with more than ``MOST`` nodes it is a page that says so: others may link to the file.
    """
    if len(site.tree.nodes) > MOST:
        return fill(site, "portable_too_large.html.jinja") + "\n"
    pages = sorted(_pages(site), key=lambda page: page.path != "index")
    names = {page.path for page in pages}
    sheets = [Sheet(page.path, _id(page.path), _sheet(site, page, names)) for page in pages]
    styles = "\n".join(assets[name] for name in STYLES)
    before = "\n".join(assets[name] for name in BEFORE)
    after = "\n".join([navigator_js(site), *(assets[name] for name in AFTER)])
    for text in (styles, assets[PRINT], before, after):
        if "</" in text:
            raise ValueError("a script or style that would end too soon")
    parts = {"styles": styles, "on_paper": assets[PRINT], "before": before, "after": after}
    context = {name: Markup(text) for name, text in parts.items()}  # noqa: S704, the site's own files
    policy = _policy(scripts=(before, after), styles=(styles, assets[PRINT]))
    return fill(site, "portable.html.jinja", sheets=sheets, policy=policy, **context) + "\n"


def _pages(site: Site) -> Iterable[Page]:
    for maker in (questions, unsure, ends):
        yield from maker.pages(site)
    yield sections.gaps_page()


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return a content security policy that lets in this file's own scripts and styles only."""
    allowed = {"script-src": scripts, "style-src": styles}
    hashes = {
        name: " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)
        for name, texts in allowed.items()
    }
    rules = [f"{name} {value}" for name, value in hashes.items()]
    return "; ".join(["default-src 'none'", *rules, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _id(path: str) -> str:
    return path.replace("/", "-")


def _sheet(site: Site, page: Page, names: set[str]) -> Markup:
    rewriter = _Rewriter(page.path, names)
    rewriter.feed(body_of(site, page, portable=True))
    rewriter.close()
    lines = (line.strip() for line in "".join(rewriter.made).splitlines())
    return Markup("\n".join(line for line in lines if line))  # noqa: S704, came from a template


class _Rewriter(HTMLParser):
    """Copies markup; makes ids the sheet's own, and links lead to sheets or nowhere."""

    def __init__(self, page: str, names: set[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.page = page
        self.names = names
        self.made: list[str] = []
        self.closing: list[str] = []  # what each open link ends with

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link(dict(attrs))
        elif any(name in ("id", "aria-labelledby", "for") for name, _ in attrs):
            own = {"id", "aria-labelledby", "for"}
            self._open(tag, {n: f"{_id(self.page)}--{v}" if n in own else v for n, v in attrs})
        else:
            self.made.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.made.append(f"</{self.closing.pop() if tag == 'a' else tag}>")

    def handle_data(self, data: str) -> None:
        self.made.append(data)

    def handle_entityref(self, name: str) -> None:
        self.made.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.made.append(f"&#{name};")

    def _link(self, attrs: dict[str, str | None]) -> None:
        href = str(attrs.pop("href"))
        if "id" in attrs:
            attrs["id"] = f"{_id(self.page)}--{attrs['id']}"
        page, _, fragment = href.removeprefix("../").partition("#")
        target = page.removesuffix(".html") or self.page
        if href.startswith("mailto:"):
            changed = {"href": href}
        elif target not in self.names:
            self.closing.append("span")
            self.made.append("<span>")
            return
        elif fragment and "=" not in fragment:
            changed = {"href": f"#{_id(target)}--{fragment}"}
        else:
            changed = {"href": f"#{_id(target)}", "data-page": target, "data-fragment": fragment}
        self.closing.append("a")
        self._open("a", {**attrs, **changed})

    def _open(self, tag: str, attrs: Mapping[str, str | None]) -> None:
        written = [name if value is None else f'{name}="{escape(value)}"' for name, value in attrs.items()]
        self.made.append(f"<{' '.join([tag, *written])}>")
