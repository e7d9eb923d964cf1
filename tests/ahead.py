"""The invented routine with a version that comes: one duty changes, from a day that is ahead of it."""

from __future__ import annotations

from pathlib import Path

from tests.playground import TREE, copy_playground

DAY = "2031-01-01"
NEW, OLD = "2030-11-03.1", "2024-05-06.1"
CHANGES = (
    ("  valid_from: 2023-04-01\n", f"  valid_from: {DAY}\n"),
    (f"  version: {OLD}\n", f"  version: {NEW}\n"),
    (
        "revisions:\n",
        f"revisions:\n  - version: {NEW}\n    date: 2030-11-10\n    note: Parkdriften ska titta.\n"
        "    approved: {by: Lekplatsrådet, on: 2030-11-05}\n",
    ),
    (
        "        phase: pa-plats\n        force: should\n        cite: 1-redskap/3\n",
        "        phase: pa-plats\n        force: must\n        cite: 1-redskap/3\n",
    ),
)


def ahead(text: str) -> str:
    """Return the tree's text as the version that comes."""
    for old, new in CHANGES:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def copy_ahead(to: Path) -> Path:
    """Make a project of the version that comes, with the one before it put away."""
    project = copy_playground(to)
    put_away(project)
    (project / "tree" / TREE.name).write_text(ahead(TREE.read_text("utf-8")), "utf-8")
    return project


def put_away(project: Path) -> None:
    """Put the routine away as it is, so that a later version can be compared with it."""
    versions = project / "tree/versions"
    versions.mkdir()
    (versions / f"{OLD}.yaml").write_bytes(TREE.read_bytes())
