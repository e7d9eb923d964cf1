"""The versions of the tree: what was in use before, and no changed duty under an old version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.checks import LOCAL, loop, wording
from generator.compare import Difference, compare
from generator.diagnostics import Diagnostic, finding
from generator.model import Revision, Tree
from generator.parse import parse

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,39}")


@dataclass(frozen=True)
class Revised:
    """A revision and what it changed; the first one changed nothing."""

    revision: Revision
    difference: Difference | None


def earlier_versions(texts: Mapping[str, str]) -> tuple[dict[str, Tree], list[str]]:
    """Return version → tree for the texts of earlier versions, and those that cannot be read."""
    read = {version: comparable(text) for version, text in texts.items()}
    trees = {version: tree for version, tree in read.items() if tree}
    return trees, [version for version in read if version not in trees]


def comparable(text: str) -> Tree | None:
    """Return the tree of an earlier version, or None. It need not keep rules that are younger than it."""
    parsed = parse(text)
    if parsed.tree is None or parsed.diagnostics:
        return None
    needed = (*LOCAL, wording.check, loop.check)
    return None if any(True for rule in needed for _ in rule(parsed.tree)) else parsed.tree


def problems(tree: Tree, kept: Mapping[str, Tree], unreadable: Sequence[str] = ()) -> Iterator[Diagnostic]:
    """Report what is wrong with the list of revisions, and duties that changed without a new one.

    ``kept`` holds the versions that were put away, the one in use among them if it was.
    """
    yield from _listed(tree)
    for revision in tree.revisions:
        if revision.version in unreadable:
            yield finding(revision.version.pos, "revision", "unreadable", version=revision.version)
        elif revision.version not in kept and revision is not tree.revisions[0]:
            yield finding(revision.version.pos, "revision", "not-kept", version=revision.version)
    version = tree.routine.version
    if version in kept and compare(kept[version], tree).of_duty:
        yield finding(version.pos, "revision", "same-version", version=version)
    yield from _same_date(tree, kept)


def _listed(tree: Tree) -> Iterator[Diagnostic]:
    version = tree.routine.version
    if not VERSION.fullmatch(version):
        yield finding(version.pos, "revision", "name", version=version)
    if tree.revisions and tree.revisions[0].version != version:
        first = tree.revisions[0].version
        yield finding(version.pos, "revision", "not-first", version=version, first=first)
    seen: dict[str, Revision] = {}
    for newer, revision in zip((None, *tree.revisions), tree.revisions, strict=False):
        if revision.version in seen:
            yield finding(revision.version.pos, "revision", "twice", version=revision.version)
        seen[revision.version] = revision
        if newer and newer.date < revision.date:
            yield finding(newer.date.pos, "revision", "order", date=newer.date, other=revision.date)


def _same_date(tree: Tree, kept: Mapping[str, Tree]) -> Iterator[Diagnostic]:
    if len(tree.revisions) < 2:
        return
    newest, before = tree.revisions[:2]
    if newest.date == before.date and before.version in kept and compare(kept[before.version], tree).of_duty:
        yield finding(newest.date.pos, "revision", "same-date", date=newest.date, version=before.version)


def history(tree: Tree, kept: Mapping[str, Tree]) -> list[Revised]:
    """Return each revision with what it changed, the newest first."""
    trees = {**kept, str(tree.routine.version): tree}
    log = []
    for revision, older in zip(tree.revisions, (*tree.revisions[1:], None), strict=True):
        both = older and older.version in trees and revision.version in trees
        difference = compare(trees[older.version], trees[revision.version]) if older and both else None
        log.append(Revised(revision, difference))
    return log
