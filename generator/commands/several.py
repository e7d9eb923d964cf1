"""check, advise and schema with several routines, and what else is done with all of them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.build import disk
from generator.commands import advise as advising
from generator.commands import check as checking
from generator.commands import versions
from generator.commands.load import Loaded, load, shown
from generator.locale import language_in, speaking, t
from generator.model import Tree

# What else stands beside the routines' folders in a built site.
TAKEN = frozenset({"assets", "search"})


def check(options: Namespace) -> int:
    """Check every tree, and what they may not have in common."""
    found = load_all(options, newest=2)
    for tree, loaded in (found or {}).items():
        with speaking(loaded.tree.routine.language):
            checking.passed(of_one(options, tree), loaded)
    return 1 if found is None else 0


def advise(options: Namespace) -> int:
    """Give advice on the language of every tree."""
    codes = []
    for tree in options.trees:
        print(f"{shown(options.root / tree)}:", flush=True)
        with speaking(language_in(disk.read_text(options.root / tree)[0])):
            codes.append(advising.advise(of_one(options, tree)))
    return max(codes)


def schema(options: Namespace) -> int:
    """Write the trees' format beside them."""
    return versions.schema(of_one(options, options.trees[0]))


def of_one(options: Namespace, tree: Path, root: Path | None = None) -> Namespace:
    """Return the options for one tree, in a project of its own if there is one."""
    own = {"root": root or options.root, "tree": (options.root / tree).resolve()}
    return Namespace(**{**vars(options), **own})


def load_all(options: Namespace, newest: int | None = None) -> Mapping[Path, Loaded] | None:
    """Return every tree with its versions by its file, or None after saying all that is wrong with them."""
    found: dict[Path, Loaded] = {}
    for tree in options.trees:
        with speaking(language_in(disk.read_text(options.root / tree)[0])):
            if loaded := load(of_one(options, tree), newest=newest):
                found[tree] = loaded
    together = list(clashes({shown(options.root / tree): loaded.tree for tree, loaded in found.items()}))
    for told in together:
        print(told, file=sys.stderr)
    return found if len(found) == len(options.trees) and not together else None


def clashes(trees: Mapping[str, Tree]) -> Iterator[str]:
    """Yield what is wrong with ids of routines and units; ``trees`` has each by its file, as it is told."""
    routines: dict[str, str] = {}
    units: dict[str, tuple[str, str]] = {}
    for file, tree in trees.items():
        id = str(tree.routine.id)
        if id in TAKEN:
            yield t("routines.taken-id", file=file, id=id)
        if (other := routines.setdefault(id, file)) != file:
            yield t("routines.same-id", file=file, other=other, id=id)
        for unit in tree.units:
            label, other = units.setdefault(str(unit.id), (str(unit.label), file))
            if label != unit.label:
                said = {"id": unit.id, "label": unit.label, "other": other, "other_label": label}
                yield t("routines.other-unit", file=file, **said)
