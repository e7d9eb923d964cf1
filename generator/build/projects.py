"""Where there are several routines: a project for each, and one for the list, below the common one.

What builds a single routine builds each of them there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from generator.build import configuration, disk
from generator.locale import speaking, t
from generator.model import Tree
from generator.pages.rendering import source
from generator.pages.routines import list_page

FOLDER = Path(".routines")
LIST = ".list"  # no routine's id
ABOVE = "../index.html"  # the list, from a routine's site


def prepare(root: Path, tree: Tree) -> Path:
    """Bring a routine's own project up to date with the common one, and return it."""
    routine, address = tree.routine, configuration.address(root)
    with speaking(routine.language):
        about, link = configuration.about_tool(), t("routines.all")
    changes = {
        "site_url": address and f"{address}{routine.id}/",
        "hooks": [],
        "extra": {"all_routines": link},
    }
    pages = {path: (root / "content" / path).read_bytes() for path in authored(root / "content")}
    files = {f"content/{path}": text for path, text in {**pages, **about}.items()}
    files["site_overrides/assets/one_unit.js"] = source("one_unit.js").encode()
    project = _project(root, str(routine.id), _config(root, changes), files)
    configuration.fit(project, tree)
    return project


def prepare_list(root: Path, trees: Sequence[Tree]) -> Path:
    """Bring the project of the list up to date, and return it."""
    changes = {
        "site_name": t("routines.title"),
        "hooks": [],
        "nav": [{t("routines.title"): "index.md"}],
        "extra": {"lists_routines": True, "footer": []},
    }
    config, page = _config(root, changes), list_page(trees).encode()
    return _project(root, LIST, config, {configuration.FITTED: config, "content/index.md": page})


def authored(content: Path) -> list[str]:
    """Return what people wrote in the folder of pages, and so what the routines have in common."""
    generated = disk.generated(content) | {disk.MANIFEST}
    return [path for path in disk.read_folder(content) if path not in generated]


def authored_pages(content: Path) -> frozenset[str]:
    """Return the built pages of what people wrote."""
    return frozenset(str(PurePosixPath(path).with_suffix(".html")) for path in authored(content))


def _config(root: Path, changes: Mapping[str, Any]) -> bytes:
    return configuration.changed((root / configuration.CONFIG).read_bytes(), changes)


def _project(root: Path, name: str, config: bytes, files: Mapping[str, bytes]) -> Path:
    overrides = disk.read_folder(root / "site_overrides")
    common = {f"site_overrides/{path}": text for path, text in overrides.items()}
    project = (root / FOLDER / name).resolve()
    disk.write({configuration.CONFIG: config, **common, **files}, project)
    return project
