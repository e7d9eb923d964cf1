"""new: a routine to begin with, in a copy of the project that has none."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from datetime import date
from importlib.resources import files
from pathlib import Path

from generator.build import disk
from generator.build.engine import LANGUAGE
from generator.commands.load import shown
from generator.locale import DEFAULT, scalars, spoken, t
from generator.rules.slug import is_slug, suggestion

CONFIG = "mkdocs.yml"
ABOUT = "om-verktyget.md"  # the one page of the tool's own that readers have and nothing generates
# What the menu, the foot of each page and the theme's switches are called.
_NAMED = re.compile(
    r'((?:- |\btitle: |\bname: |_title: )"?)([^"{,}\n]+?)(?=[",}]|:? *$|: [\w/-]+\.md$)', re.MULTILINE
)


def new(options: Namespace) -> int:
    """Write a draft to begin with, and let the site's menu forget the pages of another routine."""
    name: str = options.name
    folder: Path = options.root / "tree"
    if not is_slug(name):
        print(t("cli.new-name", name=name), suggestion(name), file=sys.stderr)
        return 1
    there = sorted(folder.rglob("*.yaml"))
    if there:
        print(t("cli.new-taken", path=shown(there[0]), folder=shown(folder)), file=sys.stderr)
        return 1
    disk.save({f"{name}.yaml": draft(name, date.today().isoformat())}, folder)
    config = options.root / CONFIG
    if config.exists():
        config.write_text(fitted(config.read_text("utf-8"), name), "utf-8", newline="\n")
    if spoken() != DEFAULT:
        disk.save({ABOUT: _packaged(f"about_tool.{spoken()}.md")}, options.root / "content")
    print(t("cli.new-made", path=shown(folder / f"{name}.yaml"), config=shown(config)))
    return 0


def draft(name: str, day: str) -> str:
    """Return the text of a draft to begin with, in the spoken language."""
    return _packaged(f"new_tree.{spoken()}.yaml").replace("NAME", name).replace("TODAY", day)


def _packaged(name: str) -> str:
    return files("generator.locale").joinpath(name).read_text("utf-8")


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
