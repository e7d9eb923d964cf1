"""The versions of the tree: what was in use before, and no changed meaning under an old version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from generator.diff.compare import Difference, compare
from generator.diff.silent import silent_changes
from generator.locale import speaking, t
from generator.model import Revision, Tree
from generator.reading.diagnostics import Diagnostic, finding
from generator.reading.parse import parse
from generator.routine.spots import with_places
from generator.routine.unwritten import with_unwritten_ends
from generator.rules import LOCAL, UNWRITTEN, Check, coverage, loop, wording
from generator.rules.version import order

REMEMBERED = 32  # versions that a preview need not read anew at each edit


@dataclass(frozen=True)
class Revised:
    """A revision and what it changed; the first one changed nothing."""

    revision: Revision
    difference: Difference | None


def readable(text: str) -> Tree | None:
    """Return the tree of a text that can be compared, or None. It need not keep all rules."""
    parsed = parse(text)
    if parsed.tree is None or parsed.diagnostics:
        return None
    with speaking(parsed.tree.routine.language):
        if _breaks(parsed.tree, LOCAL):
            return None
        tree = with_unwritten_ends(parsed.tree)
        whole = (wording.check, loop.check, coverage.count, coverage.unanswered, coverage.check)
        return None if _breaks(tree, whole) else with_places(tree)


@lru_cache(maxsize=REMEMBERED)
def comparable(text: str) -> Tree | None:
    """Return the tree of an earlier version, or None. It need not keep rules that are younger than it."""
    return readable(text)


def _breaks(tree: Tree, rules: Iterable[Check]) -> bool:
    asked = (rule for rule in rules if not (tree.routine.draft and rule in UNWRITTEN))
    return any(True for rule in asked for _ in rule(tree))


def latest(kept: Mapping[str, str]) -> Tree | None:
    """Return the newest version that was put away, as far as it can be read."""
    newest = max(kept, key=lambda version: order(version) or (date.min, 0), default="")
    return parse(kept[newest]).tree if newest else None


def before(tree: Tree | None, kept: Mapping[str, str]) -> Tree | None:
    """Return the version to compare a tree with, or None: what was put away last before it."""
    order = [str(r.version) for r in tree.revisions] if tree else list(kept)
    found = [version for version in order if version in kept]
    last = comparable(kept[found[0]]) if found else None
    if tree and last and len(found) > 1 and compare(last, tree).empty:
        return comparable(kept[found[1]])  # just put away: what it changed is the question
    return last


def problems(
    tree: Tree, kept: Mapping[str, str], newest: int | None = None, text: str = ""
) -> Iterator[Diagnostic]:
    """Report what is wrong with the list of revisions, and what changed in silence, without a new one.

    ``kept`` is version → text of the versions that were put away, the one in use among them if it was.
    With ``newest``, only so many of them are read; two are all that an edit can get wrong. A version with
    the tree's own ``text`` is that tree.
    """
    yield from _listed(tree)

    def old(version: str) -> Tree | None:
        return tree if kept[version] == text else comparable(kept[version])

    read = {str(r.version): old(r.version) for r in tree.revisions[:newest] if r.version in kept}
    for revision in tree.revisions:
        if revision.version in read and not read[revision.version]:
            yield finding(revision.version.pos, "revision", "unreadable", version=revision.version)
        elif revision.version not in kept and revision is not tree.revisions[0]:
            yield finding(revision.version.pos, "revision", "not-kept", version=revision.version)
    if len(tree.revisions) > 1:
        yield from _two_ahead(tree, read.get(str(tree.revisions[1].version)))
    listed = {str(revision.version) for revision in tree.revisions}
    for put_away in kept if listed else ():
        if put_away not in listed:
            yield finding(tree.routine.version.pos, "revision", "unlisted", version=put_away)
    version = tree.routine.version
    same = read.get(version) or (old(version) if version in kept else None)
    silent = list(silent_changes(compare(same, tree))) if same and same is not tree else []
    if silent:
        yield from silent
    elif len(tree.revisions) > 1:
        yield from _same_date(tree, read.get(str(tree.revisions[1].version)))


def unapproved(tree: Tree, today: str) -> Diagnostic | None:
    """Return what keeps a version from being put away: that nobody has approved it, as of an ISO day."""
    version, approved = tree.routine.version, tree.approved
    if approved is None:
        hint = t("hints.approve" if tree.revisions else "hints.approve-first")
        found = finding(version.pos, "revision", "not-approved", hint=hint, version=version)
        listed = "" if tree.revisions else f"revisions:\n  - version: {version}\n    date:\n    note:\n"
        return replace(found, paste=f"{listed}    approved: {{by: , on: }}")
    if approved.on > today:
        return finding(approved.on.pos, "revision", "approved-ahead", version=version, date=approved.on)
    return None


def _listed(tree: Tree) -> Iterator[Diagnostic]:
    version = tree.routine.version
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


@dataclass(frozen=True)
class Earlier:
    """The version in force until the tree's own is, with its text and its own history."""

    tree: Tree
    text: str
    revised: tuple[Revised, ...]


def earlier(tree: Tree, kept: Mapping[str, str]) -> Earlier | None:
    """Return the version in force until the tree's own is, or None where none is to be shown.

    A version that bears a later day than that was made when it was in force already.
    """
    if not _is_ahead(tree):
        return None
    for revision in tree.revisions[1:]:
        old = comparable(kept[revision.version])
        if old and old.routine.valid_from < tree.routine.valid_from:
            return Earlier(old, kept[revision.version], tuple(history(old, kept)))
    return None


def _is_ahead(tree: Tree) -> bool:
    made = order(tree.routine.version)
    return made is not None and made[0].isoformat() <= tree.routine.valid_from


def _two_ahead(tree: Tree, before: Tree | None) -> Iterator[Diagnostic]:
    """Report a version that comes while the one before it had not come yet: only two can be told apart."""
    made, at = order(tree.routine.version), tree.routine.valid_from
    if made and before and made[0].isoformat() < before.routine.valid_from < at:
        old = before.routine
        yield finding(at.pos, "revision", "two-ahead", version=old.version, day=old.valid_from, made=made[0])


def _same_date(tree: Tree, earlier: Tree | None) -> Iterator[Diagnostic]:
    newest, before = tree.revisions[:2]
    if earlier and newest.date == before.date and compare(earlier, tree).of_duty:
        yield finding(newest.date.pos, "revision", "same-date", date=newest.date, version=before.version)


def history(tree: Tree, kept: Mapping[str, str]) -> list[Revised]:
    """Return each revision with what it changed, if that can still be told, the newest first."""
    texts = [kept.get(revision.version) for revision in tree.revisions[1:]]
    trees = [tree, *(comparable(text) if text else None for text in texts)]
    found: list[Revised] = []
    older: Tree | None = None
    for revision, now in reversed([*zip(tree.revisions, trees, strict=False)]):
        found.append(Revised(revision, compare(older, now) if older and now else None))
        older = now or older
    return found[::-1]
