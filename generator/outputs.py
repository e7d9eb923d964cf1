"""THE list of what is generated, but for the PDF files: a pure function from a checked tree to texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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
    digest: str = "",
    engines: Engines | None = None,
    earlier: Earlier | None = None,
) -> Mapping[str, str]:
    """Return path → content for everything generated, below the folder of pages.

    ``text`` is what the tree was read from; its content hash stands in the views. ``assets`` are the
    site's own scripts and styles by name, for the file that holds them all; without, there is none.
    ``tested`` and ``engines`` are what the accessibility statement tells about, ``revised`` what the change
    log does.
    ``digest``, if given, stands in the place of the content hash. ``earlier`` is the version in force until
    this one is; its pages stand in a folder of their own.
    """
    with speaking(tree.routine.language):
        return _made(*sites(tree, text, earlier, digest), assets, tested, revised, engines, earlier)


def _made(
    site: Site,
    was: Site | None,
    assets: Mapping[str, str] | None,
    tested: Tested | None,
    revised: Sequence[Revised],
    engines: Engines | None,
    earlier: Earlier | None,
) -> Mapping[str, str]:
    navigator = _navigator(site, assets)
    pages = _by_path(all_pages(site, tested, engines, revised, [page for page, _ in navigator]))
    bodies = _bodies(site, pages, navigator)
    if was is None or earlier is None:
        made = {f"{path}.md": render(site, pages[path], body) for path, body in bodies}
    else:
        earlier_navigator = _navigator(was, assets)
        listed = all_pages(was, None, None, earlier.revised, [page for page, _ in earlier_navigator])
        before = _by_path(page for page in listed if page.path != OF_THE_SITE)
        others = _bodies(was, before, earlier_navigator)
        made = _pages_of_both(site, pages, dict(bodies), was, before, dict(others))
        beside = _beside_pages(was, assets, earlier_navigator)
        made |= {f"{EARLIER}{path}": content for path, content in beside.items()}
        made["assets/navigator-data-before.js"] = navigator_js(was, EARLIER)
    made |= _beside_pages(site, assets, navigator)
    made["assets/navigator-data.js"] = navigator_js(site)
    return dict(sorted(made.items()))


def _navigator(site: Site, assets: Mapping[str, str] | None) -> list[tuple[Page, str]]:
    """Return the navigator's pages, each filled once for the site and the one file; none without the file."""
    return [(page, filled(site, page)) for page in pages_of(site)] if assets and fits(site) else []


def _bodies(
    site: Site, pages: Mapping[str, Page], made: Iterable[tuple[Page, str]]
) -> Iterator[tuple[str, str]]:
    """Yield each path with its page's markup on the site; ``made`` are those that are filled already."""
    known = {page.path: html for page, html in made}
    for path, page in pages.items():
        yield path, on_site(known[path]) if path in known else body_of(site, page)


def sites(tree: Tree, text: str, earlier: Earlier | None, digest: str = "") -> tuple[Site, Site | None]:
    """Return the site of a tree, and that of the version in force until it is, where there is one."""
    site = Site.of(tree, text)
    site = replace(site, digest=digest) if digest else site
    if earlier is None:
        return site, None
    was = Site.of(earlier.tree, earlier.text)
    coming, before = validity.side_by_side(tree, earlier.tree)
    return replace(site, validity=coming), replace(was, validity=before, digest=digest or was.digest)


def _by_path(listed: Iterable[Page]) -> dict[str, Page]:
    pages: dict[str, Page] = {}
    for page in listed:
        if page.path in pages:
            raise ValueError("two pages have the same path")
        pages[page.path] = page
    return pages


def _pages_of_both(
    site: Site,
    pages: Mapping[str, Page],
    bodies: Mapping[str, str],
    was: Site,
    before: Mapping[str, Page],
    others: Mapping[str, str],
) -> dict[str, str]:
    """Return the pages of two versions, of which ``bodies`` and ``others`` are the markup.

    Those that differ say when they apply, and all of the earlier one.
    """
    told = {"index"} | validity.differing(
        site,
        {path: pages[path].title + body for path, body in bodies.items()},
        was,
        {path: before[path].title + body for path, body in others.items()},
    )
    # A question takes the next one's place without another page being loaded.
    if validity.differing(site, {"": navigator_js(site)}, was, {"": navigator_js(was)}):
        told |= {page.path for page in questions.pages(site)}
    made = {}
    for path, page in pages.items():
        line = validity.notice(site, page, path in before) if path in told - {OF_THE_SITE} else None
        made[f"{path}.md"] = render(site, page, bodies[path], line)
    for path, page in before.items():
        line = validity.notice(was, page, path in pages)
        made[f"{EARLIER}{path}.md"] = render(was, page, others[path], line)
    return made


def _beside_pages(
    site: Site, assets: Mapping[str, str] | None, navigator: Sequence[tuple[Page, str]]
) -> dict[str, str]:
    """Return what else stands at the root of a version's pages; ``navigator`` as in ``navigator_html``."""
    made = {"navigator.html": navigator_html(site, assets, navigator)} if assets is not None else {}
    return {**made, "rutin.json": rutin_json(site), "rutin.schema.json": rutin_schema(site.tree)}
