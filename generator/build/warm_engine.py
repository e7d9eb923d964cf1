"""MkDocs kept in this process for a preview: all pages are rendered once, then only those that changed."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.build import disk
from generator.build.configuration import FITTED
from generator.build.engine import ENVIRONMENT, EngineError
from generator.locale import t

Stamp = dict[str, tuple[int, int]]


class Generated(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Shows generated pages from a folder of their own, and keeps the search index of pages left alone."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.paths: frozenset[str] = frozenset()
        self._rendered: set[str] = set()
        self._entries: list[dict[str, str]] = []

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put what is generated for the preview in the place of what an earlier build has written."""
        generated = disk.generated(self.folder)
        for path in (*(disk.generated(Path(config.docs_dir)) if generated else ()), *generated):
            if old := files.get_file_from_path(path):
                files.remove(old)
        for path in sorted(generated):
            files.append(File(path, str(self.folder), config.site_dir, config.use_directory_urls))
        self.paths = frozenset(files.src_uris)
        self._rendered = set()
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, **_: Any) -> None:
        """Read the titles that the menu takes from pages, also of those that are left alone."""
        for page in nav.pages:
            if page.title is None:
                page.read_source(config)

    def on_env(self, env: Environment, **_: Any) -> None:
        """Keep the theme's compiled templates from one build to the next."""
        env.bytecode_cache = FileSystemBytecodeCache(str(self.folder.parent))

    def on_page_context(self, _: Any, page: Page, **__: Any) -> None:
        """Remember which pages are rendered."""
        self._rendered.add(page.url)

    @event_priority(100)  # before the search writes its index
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Add what the search knows of the other pages; by itself it forgets them."""
        search = config.plugins.get("material/search")
        index = getattr(search, "search_index", None)
        if index is not None:
            kept = (e for e in self._entries if e["location"].partition("#")[0] not in self._rendered)
            index.entries = self._entries = [*kept, *index.entries]


class WarmEngine:
    """Builds the project at ``root`` into folders below ``place``, with pages from ``generated``."""

    def __init__(self, root: Path, place: Path, generated: Path, address: str) -> None:
        self.mount_path = urlsplit(address).path
        os.environ.update(ENVIRONMENT)
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        self._root, self._place, self._folder = root, place, generated
        self._address = address
        self._pages = Generated(generated)
        self._look: Stamp = {}
        self._count = 0
        self.site = place

    def build(self) -> Path:
        """Render what changed and return the site's folder: a new one when menu or theme may have changed.

        Raises EngineError; then the site is as it was, but for pages that were already rendered.
        """
        with _as_engine_error():
            before, look = self._pages.paths, _look(self._root)
            if look == self._look:
                self._render(self.site, dirty=True)
            if look != self._look or self._pages.paths != before:
                self.rebuild()
                self._look = look
        return self.site

    def rebuild(self) -> None:
        """Render everything into a new folder, which becomes the site when all is well."""
        self._count += 1
        new, old, pages = self._place / f"site.{self._count}", self.site, self._pages
        self._pages = Generated(self._folder)
        try:
            self._render(new, dirty=False)
        except BaseException:
            self._pages = pages
            raise
        self.site = new
        if self._count > 1:
            shutil.rmtree(old, ignore_errors=True)

    def _render(self, site: Path, *, dirty: bool) -> None:
        config = load_config(str(self._root / FITTED), site_dir=str(site), strict=False)
        config.site_url = self._address
        config.plugins["generated"] = self._pages
        build(config, serve_url=self._address, dirty=dirty)


def _look(root: Path) -> Stamp:
    """Return what tells whether anything has changed that every page is made with."""
    files = [root / FITTED, *sorted((root / "site_overrides").rglob("*"))]
    return {str(path): disk.stamp(path) for path in files if not path.is_dir()}


@contextmanager
def _as_engine_error() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        raise EngineError(t("cli.engine-failed", output=said)) from error
