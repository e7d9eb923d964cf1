"""The site's one configuration, mkdocs.yml, fitted to a routine: its title, language and chapters."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.locale import DEFAULT, scalars, speaking, spoken
from generator.model import Tree

CONFIG = "mkdocs.yml"
FITTED = ".mkdocs.yml"  # what the engines read; it stands beside the other, as paths count from there
ABOUT = "om-verktyget.md"  # the one page of the tool's own that readers have and nothing generates
_AFTER_CHAPTERS = "grunder.md"
_UNREADABLE = (ValueError, RecursionError, yaml.YAMLError)  # the engine itself tells what is wrong with it
_NO_MARKUP = str.maketrans({"<": "&lt;", ">": "&gt;", '"': "&quot;"})


def fit(root: Path, tree: Tree) -> None:
    """Write, for the engines to read, the configuration as it is for a routine."""
    with speaking(tree.routine.language):
        own, file = fitted((root / CONFIG).read_bytes(), tree), root / FITTED
    if not file.exists() or file.read_bytes() != own:
        file.write_bytes(own)


def fitted(config: bytes, tree: Tree) -> bytes:
    """Return a configuration with a routine's title and chapters, in the spoken language."""
    titles = {"site_name": tree.routine.short_title, "site_description": tree.routine.title}
    return changed(config, {key: _plain(title) for key, title in titles.items()}, _chapters(tree))


def _chapters(tree: Tree) -> list[dict[str, str]]:
    of_pages = [part for part in tree.source if part.page_id]
    named = [(f"{part.number or ''} {part.menu or part.heading}", part.page_id) for part in of_pages]
    return [{_plain(name.strip()): f"avsnitt/{page}.md"} for name, page in named]


def _plain(title: str) -> str:
    """Return a title as it can stand in a page: the theme writes it there as it is."""
    return str(title).translate(_NO_MARKUP)


def changed(config: bytes, values: Mapping[str, Any], chapters: list[dict[str, str]] | None = None) -> bytes:
    """Return a configuration with other values, those within a mapping one by one, and the rest as it was.

    The words that it shows are in the spoken language. One that cannot be read is returned as it is.
    """
    words = dict(zip(scalars(DEFAULT), scalars(spoken()), strict=True)) | {DEFAULT: spoken()}
    try:
        document = yaml.compose(config, Loader=yaml.SafeLoader)
        if not isinstance(document, yaml.MappingNode):
            return config
        _translate(document, words)
        _insert(document, _node(chapters or []).value)
        _change(document, values)
        return bytes(yaml.serialize(document, encoding="utf-8", allow_unicode=True))
    except _UNREADABLE:
        return config


def _translate(node: yaml.Node, words: Mapping[str, str]) -> None:
    if isinstance(node, yaml.ScalarNode):
        node.value = words.get(node.value, node.value)
        return
    for part in node.value:
        for one in part if isinstance(part, tuple) else (part,):
            _translate(one, words)


def _insert(node: yaml.Node, chapters: list[yaml.Node]) -> None:
    """Put chapters into the menu, before the page that follows on them."""
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            _insert(value, chapters)
    elif isinstance(node, yaml.SequenceNode):
        for at, item in enumerate(node.value):
            if isinstance(item, yaml.MappingNode) and _leads_to(item, _AFTER_CHAPTERS):
                node.value[at:at] = chapters
                return
            _insert(item, chapters)


def _leads_to(entry: yaml.MappingNode, page: str) -> bool:
    return any(value.value == page for _, value in entry.value)


def _change(node: yaml.MappingNode, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        old = next((there for key, there in node.value if key.value == name), None)
        if isinstance(old, yaml.MappingNode) and isinstance(value, Mapping):
            _change(old, value)
            continue
        new = _node({name: value}).value
        node.value = [*(pair for pair in node.value if pair[0].value != name), *new]


def _node(value: Any) -> Any:
    return yaml.compose(yaml.safe_dump(value, allow_unicode=True), Loader=yaml.SafeLoader)


def address(root: Path) -> str:
    """Return where the site stands, by ``site_url`` in mkdocs.yml, with a slash at its end; or nothing."""
    try:
        document = yaml.compose((root / CONFIG).read_bytes(), Loader=yaml.SafeLoader)
        pairs = document.value if isinstance(document, yaml.MappingNode) else []
        found = next((str(value.value) for key, value in pairs if key.value == "site_url"), "")
        urlsplit(found)
    except (OSError, *_UNREADABLE):
        return ""
    return f"{found.rstrip('/')}/" if found else ""


def about_tool() -> dict[str, bytes]:
    """Return the page about the tool by its path, where the spoken language has another than the project."""
    return {} if spoken() == DEFAULT else {ABOUT: packaged(f"about_tool.{spoken()}.md").encode()}


def packaged(name: str) -> str:
    """Return a file that stands beside the words of the languages."""
    return files("generator.locale").joinpath(name).read_text("utf-8")
