"""bundle: the site as one zip to unpack."""

from __future__ import annotations

from argparse import Namespace
from importlib import metadata
from pathlib import Path

from generator.build import disk
from generator.build.lock import alone
from generator.bundle import archive
from generator.bundle.lock_file import LockedPackage, built_with, locked_packages, normal
from generator.commands import site
from generator.commands.load import shown
from generator.locale import t

_LOCKS = {"mkdocs": "requirements.txt", "zensical": "requirements-zensical.txt"}


def tools(engine: str) -> tuple[LockedPackage, ...]:
    """Return what is installed of what is locked for an engine."""
    lock = (Path(__file__).parents[2] / _LOCKS[engine]).read_text("utf-8")
    installed = {normal(one.name): one.version for one in metadata.distributions()}
    return built_with(locked_packages(lock), installed)


def bundle(options: Namespace) -> int:
    """Build the site, and pack it into ``dist``; 1 if the tree has findings."""
    with alone(options.root, site.wait):  # nobody may build anew between building and packing
        tree = site.built(options)
        return 1 if tree is None else pack(options, archive.of_routine(tree))


def pack(options: Namespace, about: archive.About) -> int:
    """Pack what was just built."""
    root = options.root
    built, deploy = disk.read_folder(root / "site"), disk.read_folder(root / "deploy")
    files = archive.contents(about, built, deploy, tools(options.engine), options.engine)
    packed = archive.packed(about.name, files, about.day)
    disk.save({f"{about.name}.zip": packed}, root / "dist")
    print(t("bundle.packed", path=shown(root / "dist" / f"{about.name}.zip")))
    return 0
