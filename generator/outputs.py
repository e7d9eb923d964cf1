"""THE list of what is generated, but for the PDF files: a pure function from a checked tree to texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.data.rutin_json import rutin_json
from generator.data.rutin_schema import rutin_schema
from generator.diff.history import Earlier, Revised
from generator.locale import speaking
from generator.model import Tree
from generator.navigator.data import navigator_js
from generator.navigator.single_file import fits, navigator_html, pages_of
from generator.pages import (
    actions,
    checklist,
    glossary,
    introduction,
    matrix,
    practice,
    proof,
    questions,
    search_words,
    sections,
    statement,
    units,
    validity,
)
from generator.pages.addresses import EARLIER
from generator.pages.editions import on_site
from generator.pages.map import tree_map
from generator.pages.page import Page
from generator.pages.rendering import body_of, filled, render
from generator.pages.report import changes
from generator.pages.results import Engines
from generator.pages.site import Site
from generator.pages.statement import Tested

OF_THE_SITE = "tillganglighet"  # says what was tested of the site, not what a version says


def all_pages(
    site: Site,
    tested: Tested | None,
    engines: Engines | None,
    revised: Sequence[Revised],
    navigator: Iterable[Page] = (),
) -> list[Page]:
    """Return every generated page, in no particular order but always the same.

    ``navigator`` are those of the navigator, where they are made already.
    """
    makers = (
        sections,
        matrix,
        units,
        checklist,
        actions,
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
            *(navigator or pages_of(site)),
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
    engines: Engines | None = None,
    earlier: Earlier | None = None,
) -> Mapping[str, str]:
    """Return path → content for everything generated, below the folder of pages.

    ``text`` is what the tree was read from; its content hash stands in the views. ``assets`` are the
    site's own scripts and styles by name, for the file that holds them all; without, there is none.
    ``tested`` and ``engines`` are what the accessibility statement tells about, ``revised`` what the change
    log does. ``earlier`` is the version in force until this one is; its pages stand in a folder of their own.
    """
    return outputs_of(*sites(tree, text, earlier), assets, tested, revised, engines, earlier)


def sites(tree: Tree, text: str, earlier: Earlier | None) -> tuple[Site, Site | None]:
    """Return the site of a tree, and that of the version in force until it is, where there is one."""
    site = Site.of(tree, text)
    if earlier is None:
        return site, None
    coming, before = validity.side_by_side(tree, earlier.tree)
    return replace(site, validity=coming), replace(Site.of(earlier.tree, earlier.text), validity=before)


def outputs_of(
    site: Site,
    was: Site | None,
    assets: Mapping[str, str] | None,
    tested: Tested | None,
    revised: Sequence[Revised],
    engines: Engines | None,
    earlier: Earlier | None,
) -> Mapping[str, str]:
    """Return the ``outputs`` of what ``sites`` gives."""
    with speaking(site.tree.routine.language):
        now = _version(site, assets, tested, engines, revised)
        made = {**now.beside, "assets/navigator-data.js": now.data}
        if was is None or earlier is None:
            made |= {f"{path}.md": render(site, page, now.bodies[path]) for path, page in now.pages.items()}
        else:
            before = _version(was, assets, None, None, earlier.revised)
            made |= _pages_of_both(now, before)
            made |= {f"{EARLIER}{path}": content for path, content in before.beside.items()}
            made["assets/navigator-data-before.js"] = navigator_js(was, EARLIER)
        return dict(sorted(made.items()))


@dataclass(frozen=True)
class _Version:
    """A version's pages by their paths, the markup of each on the site, and what else stands beside them."""

    site: Site
    pages: Mapping[str, Page]
    bodies: Mapping[str, str]
    data: str  # of the navigator
    beside: Mapping[str, str]


def _version(
    site: Site,
    assets: Mapping[str, str] | None,
    tested: Tested | None,
    engines: Engines | None,
    revised: Sequence[Revised],
) -> _Version:
    # The navigator's pages are filled once for the site and the one file.
    navigator = [(page, filled(site, page)) for page in pages_of(site)] if assets and fits(site) else []
    known, data = {page.path: html for page, html in navigator}, navigator_js(site)
    pages = _by_path(all_pages(site, tested, engines, revised, [page for page, _ in navigator]))
    bodies = {
        path: on_site(known[path]) if path in known else body_of(site, page) for path, page in pages.items()
    }
    beside = {"rutin.json": rutin_json(site), "rutin.schema.json": rutin_schema(site.tree)}
    if assets is not None:
        beside["navigator.html"] = navigator_html(site, assets, navigator, data)
    return _Version(site, pages, bodies, data, beside)


def _by_path(listed: Iterable[Page]) -> dict[str, Page]:
    pages: dict[str, Page] = {}
    for page in listed:
        if page.path in pages:
            raise ValueError("two pages have the same path")
        pages[page.path] = page
    return pages


def _pages_of_both(now: _Version, before: _Version) -> Iterator[tuple[str, str]]:
    """Yield the pages of two versions. Those that differ say when they apply, and all of the earlier one."""
    texts, others = (
        {path: page.title + one.bodies[path] for path, page in one.pages.items()} for one in (now, before)
    )
    told = {"index"} | validity.differing(now.site, texts, before.site, others)
    # A question takes the next one's place without another page being loaded.
    if validity.differing(now.site, {"": now.data}, before.site, {"": before.data}):
        told |= {page.path for page in questions.pages(now.site)}
    for path, page in now.pages.items():
        says = path in told and path != OF_THE_SITE
        line = validity.notice(now.site, page, path in before.pages) if says else None
        yield f"{path}.md", render(now.site, page, now.bodies[path], line)
    for path, page in before.pages.items():
        if path != OF_THE_SITE:
            line = validity.notice(before.site, page, path in now.pages)
            yield f"{EARLIER}{path}.md", render(before.site, page, before.bodies[path], line)
