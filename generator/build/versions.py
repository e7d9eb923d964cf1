"""Earlier versions of the tree: those put away next to it, and those that git remembers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from generator.build import disk
from generator.failure import Failure
from generator.locale import t

FOLDER = "versions"


def folder(tree: Path) -> Path:
    """Return where a routine's versions lie: where there are several, each has a folder named as its file.

    Raises Failure when nobody can tell whose some are.
    """
    common = tree.parent / FOLDER
    own = common / tree.stem
    is_alone = len(list(tree.parent.glob("*.yaml"))) <= 1
    if not is_alone and any(common.glob("*.yaml")):
        raise Failure(t("cli.loose-versions", folder=common, own=own))
    return common if is_alone and not own.is_dir() else own


def settle(tree: Path) -> None:
    """Put the versions of a routine that is alone into a folder of its own, before another comes."""
    own = tree.parent / FOLDER / tree.stem
    for file in sorted((tree.parent / FOLDER).glob("*.yaml")):
        own.mkdir(exist_ok=True)
        file.rename(own / file.name)


def kept(tree: Path) -> dict[str, str]:
    """Return version → text of the versions put away; one that cannot be read has no text."""
    return {file.stem: disk.read_text(file)[0] for file in sorted(folder(tree).glob("*.yaml"))}


def keep(tree: Path, version: str, text: str) -> Path:
    """Put a version's text away and return where it lies."""
    disk.save({f"{version}.yaml": text}, folder(tree))
    return place(tree, version)


def place(tree: Path, version: str) -> Path:
    """Return where a version lies when it is put away."""
    return folder(tree) / f"{version}.yaml"


def committed(root: Path, tree: Path, revision: str) -> str | None:
    """Return the tree's text in a revision of git, or None if there is no such thing."""
    if revision.startswith("-"):
        return None
    path = os.path.relpath(root / tree, root)
    command = ["git", "show", f"{revision}:./{Path(path).as_posix()}"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
