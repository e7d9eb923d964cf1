"""build and bundle with several routines: each is built as a site of its own, below a list of all.

What builds a single routine builds each of them, in a project of its own (``build/projects.py``).
"""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from generator.build import engine, projects, search_of_all
from generator.build.lock import alone
from generator.build.swap import recover, swap
from generator.bundle.archive import About
from generator.commands import site as one
from generator.commands.bundle import pack
from generator.commands.load import Loaded, say, shown
from generator.commands.several import load_all, of_one
from generator.locale import speaking, spoken, t
from generator.model import Tree
from generator.pages.routines import in_order, latest


def build(options: Namespace) -> int:
    """Build all sites into staging; they take the old one's place when all is well with all of them."""
    return 1 if _built(options) is None else 0


def bundle(options: Namespace) -> int:
    """Build the site, and pack it into ``dist``; 1 if a tree has findings."""
    with alone(options.root, one.wait):
        trees = _built(options)
        if trees is None:
            return 1
        day = latest(trees)
        return pack(options, About(t("routines.title"), day, day))


def _built(options: Namespace) -> list[Tree] | None:
    """Build everything and return the trees, or None after saying what is wrong with them."""
    engine.require(options.engine)
    site = (options.root / "site").resolve()
    with alone(options.root, one.wait):
        recover(site)  # also when a tree has mistakes
        say("progress.checking")
        found = load_all(options)
        if found is None:
            return None
        trees = in_order(loaded.tree for loaded in found.values())
        staging = site.with_name(f"{site.name}.next")
        shutil.rmtree(staging, ignore_errors=True)
        try:
            _build_list(options, trees, staging)
            for tree, loaded in found.items():
                with speaking(loaded.tree.routine.language):
                    _build_one(options, tree, loaded, staging)
            names = {str(tree.routine.id): str(tree.routine.short_title) for tree in trees}
            search_of_all.write(staging, names, projects.authored_pages(options.root / "content"))
            swap(staging, site)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    print(t("cli.built", site=shown(site)))
    return trees


def _build_list(options: Namespace, trees: Sequence[Tree], staging: Path) -> None:
    root = projects.prepare_list(options.root, trees)
    beside = [f"{tree.routine.id}/index.html" for tree in trees]
    engine.build(root, root / "site", latest(trees), options.engine, spoken(), beside)
    shutil.move(root / "site", staging)


def _build_one(options: Namespace, tree: Path, loaded: Loaded, staging: Path) -> None:
    routine = loaded.tree.routine
    say("routines.building", title=routine.short_title)
    root = projects.prepare(options.root, loaded.tree)
    one.make(of_one(options, tree, root), loaded, root / "site", [projects.ABOVE])
    (root / "site" / "404.html").unlink(missing_ok=True)  # servers have one, which leads to the list
    shutil.move(root / "site", staging / str(routine.id))
