"""The site's one configuration, mkdocs.yml, fitted to a routine: its name, language and chapters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

from generator.build.engine import LANGUAGE
from generator.locale import DEFAULT, scalars, spoken
from generator.model import Tree

CONFIG = "mkdocs.yml"
ABOUT = "om-verktyget.md"  # the one page of the tool's own that readers have and nothing generates
# What the menu, the foot of each page and the theme's switches are called.
_NAMED = re.compile(
    r'((?:- |\btitle: |\bname: |_title: )"?)([^"{,}\n]+?)(?=[",}]|:? *$|: [\w/-]+\.md$)', re.MULTILINE
)
# The page in the menu that the chapters stand before.
_GROUNDS = re.compile(r"^( *- )(?=[^\n]*: grunder\.md$)", re.MULTILINE)


def fitted(config: str, name: str) -> str:
    """Return the site's configuration under another name and in the spoken language, without chapters."""
    config = re.sub(r"^site_name: .*$", f"site_name: {name}", config, flags=re.MULTILINE)
    config = re.sub(r"^site_description: .*\n", "", config, flags=re.MULTILINE)
    config = re.sub(r"^ *- [^\n]*: avsnitt/[^\n]*\n", "", config, flags=re.MULTILINE)
    return config if spoken() == DEFAULT else _translated(config)


def _translated(config: str) -> str:
    """Return the configuration with the words of its menu and theme, and its language, in the spoken one."""
    words = dict(zip(scalars(DEFAULT), scalars(spoken()), strict=True))
    config = config.replace(f"[{LANGUAGE}, {DEFAULT}]", f"[{LANGUAGE}, {spoken()}]")
    return _NAMED.sub(lambda found: found[1] + words.get(found[2], found[2]), config)


def about_tool() -> dict[str, bytes]:
    """Return the page about the tool by its path, where the spoken language has another than the project."""
    return {} if spoken() == DEFAULT else {ABOUT: packaged(f"about_tool.{spoken()}.md").encode()}


def packaged(name: str) -> str:
    """Return a file that stands beside the words of the languages."""
    return files("generator.locale").joinpath(name).read_text("utf-8")


def with_chapters(config: str, tree: Tree) -> str:
    """Return a configuration that has none with a routine's chapters in its menu."""
    chapters = [(f"{s.number or ''} {s.heading}".strip(), s.page_id) for s in tree.source if s.page_id]
    lines = [f"{json.dumps(title, ensure_ascii=False)}: avsnitt/{page}.md\n" for title, page in chapters]
    return _GROUNDS.sub(lambda found: "".join(f"{found[1]}{line}" for line in lines) + found[1], config)


def changed(config: str, values: Mapping[str, Any]) -> str:
    """Return a configuration with other values, those within a mapping one by one, and the rest as it was."""
    document = yaml.compose(config, Loader=yaml.SafeLoader)
    _change(document, values)
    return str(yaml.serialize(document, allow_unicode=True))


def _change(node: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        old = next((there for key, there in node.value if key.value == name), None)
        if isinstance(old, yaml.MappingNode) and isinstance(value, Mapping):
            _change(old, value)
            continue
        new: Any = yaml.compose(yaml.safe_dump({name: value}), Loader=yaml.SafeLoader)
        node.value = [*(pair for pair in node.value if pair[0].value != name), *new.value]
