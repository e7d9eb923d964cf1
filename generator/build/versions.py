"""Earlier versions of the tree: those put away next to it, and those that git remembers."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.build import disk

FOLDER = "versions"


def kept(tree: Path) -> dict[str, str]:
    """Return version → text of the versions put away; one that cannot be read has no text."""
    return {file.stem: disk.read_text(file)[0] for file in sorted((tree.parent / FOLDER).glob("*.yaml"))}


def keep(tree: Path, version: str, text: str) -> Path:
    """Put a version's text away and return where it lies."""
    disk.save({f"{version}.yaml": text}, tree.parent / FOLDER)
    return place(tree, version)


def place(tree: Path, version: str) -> Path:
    """Return where a version lies when it is put away."""
    return tree.parent / FOLDER / f"{version}.yaml"


def committed(root: Path, tree: Path, revision: str) -> str | None:
    """Return the tree's text in a revision of git, or None if there is no such thing."""
    if revision.startswith("-"):
        return None
    command = ["git", "show", f"{revision}:./{tree.as_posix()}"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
