"""THE list of what is generated: a pure function from a checked tree to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.data.rutin_json import rutin_json
from generator.data.rutin_schema import rutin_schema
from generator.diff.history import Revised
from generator.model import Tree
from generator.navigator.data import navigator_js
from generator.navigator.single_file import navigator_html
from generator.pages import (
    changes,
    ends,
    gaps,
    glossary,
    introduction,
    practice,
    proof,
    questions,
    reference,
    search_words,
    sections,
    statement,
    tree_map,
    unsure,
)
from generator.pages.page import Page
from generator.pages.rendering import render
from generator.pages.results import Engines
from generator.pages.site import Site
from generator.pages.statement import Tested


def all_pages(
    site: Site, tested: Tested | None, engines: Engines | None, revised: Sequence[Revised]
) -> list[Page]:
    """Return every generated page, in no particular order but always the same."""
    makers = (
        questions,
        unsure,
        ends,
        gaps,
        sections,
        reference,
        tree_map,
        search_words,
        glossary,
        introduction,
        proof,
    )
    pages = [page for maker in makers for page in maker.pages(site)]
    return search_words.with_words(
        site,
        [
            *pages,
            *statement.pages(site, tested, engines),
            *changes.pages(site, revised),
            *practice.pages(site, revised),
        ],
    )


def outputs(
    tree: Tree,
    text: str,
    assets: Mapping[str, str] | None = None,
    tested: Tested | None = None,
    revised: Sequence[Revised] = (),
    digest: str = "",
    engines: Engines | None = None,
) -> Mapping[str, str]:
    """Return path → content for everything generated, below the folder of pages.

    ``text`` is what the tree was read from; its content hash stands in the views. ``assets`` are the
    site's own scripts and styles by name, for the file that holds them all; without, there is none.
    ``tested`` and ``engines`` are what the accessibility statement tells about, ``revised`` what the change
    log does.
    ``digest``, if given, stands in the place of the content hash.
    """
    site = Site.of(tree, text)
    site = replace(site, digest=digest) if digest else site
    listed = all_pages(site, tested, engines, revised)
    pages = {page.path: page for page in listed}
    if len(pages) != len(listed):
        raise ValueError("two pages have the same path")
    made = {f"{path}.md": render(site, page) for path, page in pages.items()}
    made["assets/navigator-data.js"] = navigator_js(site)
    if assets is not None:
        made["navigator.html"] = navigator_html(site, assets)
    made["rutin.json"] = rutin_json(site)
    made["rutin.schema.json"] = rutin_schema(tree)
    return dict(sorted(made.items()))
