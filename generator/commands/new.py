"""new: a routine to begin with, in a copy of the project that has none."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from datetime import date
from importlib.resources import files
from pathlib import Path

from generator.build import disk
from generator.commands.load import shown
from generator.locale import t
from generator.rules.slug import is_slug, suggestion

CONFIG = "mkdocs.yml"


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
    print(t("cli.new-made", path=shown(folder / f"{name}.yaml"), config=shown(config)))
    return 0


def draft(name: str, day: str) -> str:
    """Return the text of a draft to begin with."""
    text = files("generator.locale").joinpath("new_tree.yaml").read_text("utf-8")
    return text.replace("NAME", name).replace("TODAY", day)


def fitted(config: str, name: str) -> str:
    """Return the site's configuration under another name, without the chapters in its menu."""
    config = re.sub(r"^site_name: .*$", f"site_name: {name}", config, flags=re.MULTILINE)
    config = re.sub(r"^site_description: .*\n", "", config, flags=re.MULTILINE)
    return re.sub(r"^ *- [^\n]*: avsnitt/[^\n]*\n", "", config, flags=re.MULTILINE)
