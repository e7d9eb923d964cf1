"""diff, release and schema: what surrounds the tree while it is changed."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from generator.build import disk, versions
from generator.commands.load import load, shown
from generator.diff import history
from generator.diff.compare import Difference, compare
from generator.locale import t
from generator.model import Tree
from generator.pages.report.changes import as_text, report
from generator.pages.report.meeting import meeting_html
from generator.printing import typesetter
from generator.printing.meeting import meeting_document
from generator.reading.diagnostics import render
from generator.reading.schema import tree_schema
from generator.rules import check

NAME = "andringar"


def diff(options: Namespace) -> int:
    """Show what changes from one version to another; 1 if either cannot be read, or a duty hides."""
    path = options.root / options.tree
    old = _read(options, options.old) if options.old else _latest(path)
    new = _read(options, options.new) if options.new else _read(options, str(path))
    if old is None or new is None:
        return 1
    difference = compare(old, new)
    data = report(difference)
    print(as_text(data), end="")
    if options.save:
        _save(options.root / options.save, data, new)
    return _hidden(difference)


def schema(options: Namespace) -> int:
    """Write the tree's format beside it, for editors."""
    folder = (options.root / options.tree).parent
    disk.save({"schema.json": tree_schema()}, folder)
    print(t("cli.schema-written", path=shown(folder / "schema.json")))
    return 0


def release(options: Namespace) -> int:
    """Put the version in use away, so that later ones can be compared with it."""
    loaded = load(options)
    if loaded is None:
        return 1
    if loaded.tree.routine.draft:
        print(t("cli.draft-kept"), file=sys.stderr)
        return 1
    version = loaded.tree.routine.version
    before = history.comparable(loaded.kept[version]) if version in loaded.kept else None
    if before and not compare(before, loaded.tree).empty:
        place = versions.place(options.root / options.tree, version)
        print(t("cli.kept-already", version=version, path=shown(place)), file=sys.stderr)
        return 1
    if version not in loaded.kept and (stop := history.unapproved(loaded.tree, date.today().isoformat())):
        print(render([stop], shown(options.root / options.tree), loaded.text), file=sys.stderr)
        return 1
    kept = versions.keep(options.root / options.tree, version, loaded.text)
    print(t("cli.released", version=version, path=shown(kept)))
    return 0


def _latest(path: Path) -> Tree | None:
    """Return the version to compare with: the one put away last before what is being edited."""
    texts = versions.kept(path)
    text, _ = disk.read_text(path)
    tree, _ = check(text)
    before = history.before(tree, texts)
    if before is None:
        folder = shown(versions.place(path, "").parent)
        print(t("cli.version-unreadable", name=folder) if texts else t("cli.nothing-kept"), file=sys.stderr)
    return before


def _read(options: Namespace, name: str) -> Tree | None:
    """Return the tree in a file or a revision of git, or None after saying what is wrong."""
    path = Path(name)
    if path.exists():
        text, findings = disk.read_text(path)
    else:
        committed = versions.committed(options.root, options.tree, name)
        if committed is None:
            print(t("cli.no-such-version", name=name), file=sys.stderr)
            return None
        text, findings = committed, []
    tree = None if findings else history.comparable(text)
    if tree is None:
        _, found = check(text)
        print(render(findings or found, name, text), file=sys.stderr)
        print(t("cli.version-unreadable", name=name), file=sys.stderr)
    return tree


def _hidden(difference: Difference) -> int:
    """Say so when duties changed under an old version or an old date, and return the exit code."""
    before, after = difference.before, difference.after
    if not difference.of_duty:
        return 0
    if before.routine.version == after.routine.version:
        print(f"\n{t('changes.hidden-version', version=after.routine.version)}", file=sys.stderr)
        return 1
    dates = [tree.revisions[0].date if tree.revisions else None for tree in (before, after)]
    if dates[0] and dates[0] == dates[1]:
        print(f"\n{t('changes.hidden-date', date=dates[1])}", file=sys.stderr)
        return 1
    return 0


def _save(folder: Path, data: dict[str, object], new: Tree) -> None:
    """Write the page and the PDF for the meeting."""
    pdf = typesetter.typeset_one(meeting_document(data), new.routine.revised_on)
    disk.save({f"{NAME}.html": meeting_html(data), f"{NAME}.pdf": pdf}, folder)
    print(t("cli.saved", folder=shown(folder)))
