"""new: a routine to begin with, in a copy of the project that has none, or beside others."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from generator.build import disk, versions
from generator.build.configuration import about_tool, packaged
from generator.commands.load import shown
from generator.locale import spoken, t
from generator.rules.slug import is_slug, suggestion


def new(options: Namespace) -> int:
    """Write a draft to begin with."""
    name: str = options.name
    folder: Path = options.root / "tree"
    if not is_slug(name):
        print(t("cli.new-name", name=name), suggestion(name), file=sys.stderr)
        return 1
    others = disk.trees(options.root)
    there = [folder / f"{name}.yaml"] if others else sorted(folder.rglob("*.yaml"))
    if any(file.exists() for file in there):
        print(t("cli.new-taken", path=shown(there[0]), folder=shown(folder)), file=sys.stderr)
        return 1
    if len(others) == 1:
        versions.settle(options.root / others[0])
    disk.save({f"{name}.yaml": draft(name, date.today().isoformat())}, folder)
    if others:
        print(
            t(
                "cli.another-routine",
                path=shown(folder / f"{name}.yaml"),
                folder=shown(folder / versions.FOLDER),
            )
        )
        return 0
    disk.save(about_tool(), options.root / "content")
    print(t("cli.new-made", path=shown(folder / f"{name}.yaml")))
    return 0


def draft(name: str, day: str) -> str:
    """Return the text of a draft to begin with, in the spoken language."""
    text = packaged(f"new_tree.{spoken()}.yaml").replace("NAME", name)
    return text.replace("TITLE", name.capitalize()).replace("TODAY", day)
