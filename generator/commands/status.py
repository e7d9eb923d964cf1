"""status, form: the editor's pages, each in one file to send; and what the preview serves of them."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.build.memory import uncollected
from generator.commands.load import Looked, look, overdue, shown
from generator.diff import history
from generator.locale import t
from generator.model import Tree
from generator.outputs import all_pages
from generator.pages.editor.form import FILE, form_html
from generator.pages.editor.status import BEFORE, FORM, NOW, PAGE, TO_SEND, Status, plain_html, status_html
from generator.pages.page import Page
from generator.pages.site import Site
from generator.readability.advice import advice, unlinked
from generator.rules import unwritten


def status(options: Namespace) -> int:
    """Write the page into a file, whether the tree has findings or not."""
    file: Path = options.root / options.file
    file.write_text(status_html(status_of(options, look(options))), "utf-8")
    print(t("cli.status-saved", path=shown(file)))
    return 0


def form(options: Namespace) -> int:
    """Write the form into a file; one that says that it cannot be used if the tree has mistakes."""
    file: Path = options.root / options.file
    file.write_text(_form(status_of(options, look(options)), served=False), "utf-8")
    print(t("cli.form-saved", path=shown(file)))
    return 0


def _form(status: Status, *, served: bool) -> str:
    return form_html(status.path, status.text, status.at, status.now, served=served)


def status_of(options: Namespace, looked: Looked) -> Status:
    """Return what the editor has, compared with the version before as far as it can be read."""
    now = looked.tree or history.readable(looked.text)
    return Status(
        shown(options.root / options.tree),
        looked.text,
        f"{datetime.now():%Y-%m-%d %H:%M}",
        looked.findings,
        now,
        history.before(now, looked.kept) if now else None,
        unwritten(looked.text) if now and now.routine.draft else (),
        advice(now, looked.text) if now else (),
        _reminders(now) if now else (),
    )


def _reminders(tree: Tree) -> list[str]:
    documents = unlinked(tree)
    return [
        *overdue(tree),
        *(t("readability.unlinked", title=document.title, line=document.pos.line) for document in documents),
    ]


class ServedStatus:
    """The page, and the pages that it leads to, made when a browser asks for them."""

    def __init__(self, options: Namespace) -> None:
        self._options = options
        self._looked: Looked | None = None
        self._status: Status | None = None
        self._pages: dict[str, _Pages] = {}
        self._lock = threading.Lock()

    def show(self, looked: Looked) -> None:
        """Take what was read last."""
        with self._lock:
            self._looked, self._status = looked, None

    def on_request(self, path: str) -> bytes | None:
        """Return what is served at a path below the site, or None if it is none of the editor's."""
        if path not in (PAGE, TO_SEND, FORM, FILE) and not path.startswith((BEFORE, NOW)):
            return None
        with self._lock, uncollected():
            if self._looked is None:
                return None
            self._status = self._status or status_of(self._options, self._looked)
            if path in (PAGE, TO_SEND):
                return status_html(self._status, served=path == PAGE).encode()
            if path == FORM:
                return _form(self._status, served=True).encode()
            if path == FILE:
                return self._looked.text.encode()
            before = path.startswith(BEFORE)
            tree, folder = (self._status.before, BEFORE) if before else (self._status.now, NOW)
            if tree is None:
                return None
            pages = self._pages.get(folder)
            if pages is None or pages.site.tree is not tree:
                pages = self._pages[folder] = _Pages.of(tree)
            page = pages.pages.get(path.removeprefix(folder).removesuffix(".html"))
            key = "status.as-before" if before else "status.as-now"
            said = t(key, version=tree.routine.version)
            return plain_html(pages.site, page, said).encode() if page else None


@dataclass(frozen=True)
class _Pages:
    """The pages of a tree by their paths."""

    site: Site
    pages: Mapping[str, Page]

    @staticmethod
    def of(tree: Tree) -> _Pages:
        site = Site.of(tree, "")
        return _Pages(site, {page.path: page for page in all_pages(site, None, None, ())})
