"""check: the tree alone. It imports nothing that only makes the site, so no view can stop it."""

from __future__ import annotations

from argparse import Namespace

from generator.commands.load import Loaded, load, overdue, shown
from generator.locale import t
from generator.readability.advice import advice
from generator.reading.diagnostics import render
from generator.routine.boxes import domain
from generator.rules import unwritten


def check(options: Namespace) -> int:
    """Check the tree alone."""
    loaded = load(options, newest=2)
    if loaded is None:
        return 1
    passed(options, loaded)
    return 0


def passed(options: Namespace, loaded: Loaded) -> None:
    """Say what was checked, and what else there is to know."""
    tree = loaded.tree
    counts = {
        "cases": domain(tree).size,
        "situations": len(tree.situations),
        "gaps": len(tree.gaps) - len(tree.unwritten),
        "examples": len(tree.examples),
    }
    for told in overdue(tree):
        print(told)
    print(t("checks.none", path=shown(options.root / options.tree), **counts))
    if tree.routine.draft:
        left = unwritten(loaded.text)
        if left:
            print(render(left, shown(options.root / options.tree), loaded.text, t("readability.advice")))
        print(t("cli.draft-left", count=len(left)))
    if given := advice(tree, loaded.text):
        print(t("readability.waiting", count=len(given)))
