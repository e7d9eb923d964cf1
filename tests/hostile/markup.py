"""What a page is made of, to be compared with what another is made of, and what it says."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from typing import Any

import markdown  # type: ignore[import-untyped]
import yaml

from tests.conftest import ROOT

VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect"}
# How many lines a text takes in a picture depends on its length.
LINES = {"tspan"}
# A link in a picture has a name when its text stands there in another way, which lines can do to it.
NAMES = {"aria-label"}


class Markup(HTMLParser):
    """Reads a page: ``shape`` counts its elements by what they stand in and their attributes' names."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shape: Counter[tuple[str, ...]] = Counter()
        self.texts: list[str] = []
        self.values: list[tuple[str, str, str]] = []  # element, attribute, value
        self.scripts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "elements that are never closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values += [(tag, name, value or "") for name, value in attrs]
        names = {name for name, _ in attrs} - (NAMES if "svg" in self._open else set())
        if tag not in LINES:
            self.shape[(*self._open, tag, *sorted(f"@{name}" for name in names))] += 1
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        (self.scripts if self._open[-1:] == ["script"] else self.texts).append(data)

    def handle_comment(self, data: str) -> None:
        self.shape[("comment", data)] += 1

    def handle_decl(self, decl: str) -> None:
        self.shape[("declaration", decl)] += 1

    def unknown_decl(self, data: str) -> None:
        self.shape[("unknown", data)] += 1

    def handle_pi(self, data: str) -> None:
        self.shape[("instruction", data)] += 1

    @property
    def said(self) -> str:
        """Everything that a reader meets, without its white space."""
        return squeezed("".join(self.texts) + "".join(value for _, _, value in self.values))


def squeezed(text: str) -> str:
    """Return a text without white space and capitals: neither is a part of what it says."""
    return re.sub(r"\s+", "", text).casefold()


def page(source: str) -> tuple[dict[str, Any], Markup]:
    """Return what a page's source says of it, and what its Markdown becomes, by the site's own settings."""
    head, body = source.removeprefix("---\n").split("\n---\n", 1)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(head, loader), Markup(_markdown().reset().convert(body))  # noqa: S506, both are safe


@cache
def _markdown() -> markdown.Markdown:
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = yaml.safe_load(config[config.index("markdown_extensions:") : config.index("extra:")])
    given = listed["markdown_extensions"]
    settings = {name: options for item in given if isinstance(item, dict) for name, options in item.items()}
    names = [name for item in given for name in (item if isinstance(item, dict) else [item])]
    # The engine adds these to every site.
    extensions = dict.fromkeys(["toc", "tables", "fenced_code", *names])
    return markdown.Markdown(extensions=list(extensions), extension_configs=settings)
