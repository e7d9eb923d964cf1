"""serve, with several routines: a preview of each in its folder, below that of the list."""

from __future__ import annotations

import posixpath
import time
from argparse import Namespace
from functools import partial
from pathlib import Path

from generator.build import disk, preview, projects
from generator.build.configuration import CONFIG
from generator.build.memory import uncollected
from generator.build.warm_engine import WarmEngine
from generator.commands.load import say
from generator.commands.serve import GeneratedPages, Kept, OnInternalError, address_of, serve_in
from generator.commands.several import load_all, of_one
from generator.locale import speaking, t
from generator.model import Tree
from generator.pages.editor.status import PAGE
from generator.pages.routines import in_order


class Preview:
    """What is shown of one routine."""

    def __init__(self, options: Namespace, file: Path, tree: Tree, place: Path) -> None:
        self._root = options.root
        self.tree = tree  # the last one without findings
        self._project = projects.prepare(self._root, tree)
        self._pages = GeneratedPages(of_one(options, file, self._project), place / "content")
        address = f"{address_of(options)}{tree.routine.id}/"
        self._engine = WarmEngine(self._project, place, self._pages.folder, address)
        self._shown: object = None

    @property
    def language(self) -> str:
        """The language to speak of it."""
        return self._pages.language

    def refresh(self) -> bool:
        """Show the tree and the pages as they are now; False if nothing changed, or the tree has findings."""
        if not self._pages.write() or self._pages.tree is None:
            return False
        self.tree = self._pages.tree
        projects.prepare(self._root, self.tree)
        seen = disk.stamps([self._project, self._pages.folder])
        if seen == self._shown:
            return False
        self._engine.build()
        self._shown = seen
        return True

    def on_request(self, path: str) -> bytes | None:
        """Return what is served at a path below the routine's folder, or None."""
        made = self._pages.on_request(path)
        file = self._engine.site / (path or "index.html")
        return file.read_bytes() if made is None and file.is_file() else made


def serve(options: Namespace, on_internal_error: OnInternalError) -> int:
    """Serve the list and every routine until interrupted; 1 if that cannot be done."""
    return serve_in(options, on_internal_error, _serve)


def _serve(options: Namespace, place: Path, kept: Kept) -> int:
    root: Path = options.root.resolve()
    say("progress.checking")
    found = load_all(options)
    if found is None:
        return 1
    project = projects.prepare_list(root, in_order(loaded.tree for loaded in found.values()))
    top = WarmEngine(project, place / projects.LIST, place / "none", address_of(options))
    say("progress.building")
    top.build()
    listed = disk.stamps([project])
    shown = {}
    for file, loaded in found.items():
        id = str(loaded.tree.routine.id)
        shown[id] = Preview(options, file, loaded.tree, place / id)

    watched = [root / "content", root / "site_overrides", root / CONFIG, root / "tree"]

    def list_again() -> None:
        nonlocal listed
        projects.prepare_list(root, in_order(one.tree for one in shown.values()))
        if listed != (listed := disk.stamps([project])):
            top.build()

    def refresh() -> None:
        start = time.monotonic()
        preview.settle(
            lambda: disk.stamps(watched), lambda: all(disk.stamp(root / file)[1] for file in found)
        )
        for one in shown.values():
            with speaking(one.language), kept(), uncollected():
                if one.refresh():
                    say(
                        "cli.shown", seconds=f"{time.monotonic() - start:.1f}".replace(".", t("join.decimal"))
                    )
        list_again()

    def on_request(path: str) -> bytes | None:
        id, _, rest = posixpath.normpath(f"/{path}")[1:].partition("/")
        if id in shown:
            with speaking(shown[id].language), kept():
                return shown[id].on_request(rest)
        return None

    refresh()
    pages = ", ".join(f"{address_of(options)}{id}/{PAGE}" for id in shown)
    ready = partial(say, "routines.serving", address=address_of(options), pages=pages)
    return preview.serve(top, options.address, watched, refresh, on_request, ready)
