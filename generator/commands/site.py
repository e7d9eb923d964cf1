"""write and build: from the tree to the site."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from generator.build import configuration, disk, engine
from generator.build.lock import alone
from generator.build.swap import recover
from generator.commands.load import Loaded, load, say, shown
from generator.diff import history
from generator.locale import t
from generator.model import Tree
from generator.navigator.single_file import ASSETS
from generator.outputs import outputs_of, sites
from generator.pages.addresses import EARLIER
from generator.pages.results import read_engines
from generator.pages.site import Site
from generator.pages.statement import read_results
from generator.printing import typesetter
from generator.printing.documents import documents_of

CACHE = Path(".pdf_cache")
RESULTS = Path("content/assets/tillganglighet.json")
RESULTS_OF_ENGINES = Path("content/assets/webblasare.json")
T = TypeVar("T")


def write(options: Namespace) -> int:
    """Check the tree and write what is generated for the site engine."""
    with alone(options.root, wait):
        say("progress.checking")
        loaded = load(options)
        if loaded:
            _write(options, loaded)
        return 1 if loaded is None else 0


def build(options: Namespace) -> int:
    """Write, and build the site into staging; it takes the old one's place when all is well."""
    return 1 if built(options) is None else 0


def built(options: Namespace) -> Tree | None:
    """Build the site and return its tree, or None after saying what is wrong with it."""
    engine.require(options.engine)
    site = (options.root / "site").resolve()
    with alone(options.root, wait):
        recover(site)  # also when the tree has mistakes
        say("progress.checking")
        loaded = load(options)
        if loaded is None:
            return None
        make(options, loaded, site)
    print(t("cli.built", site=shown(site)))
    return loaded.tree


def make(options: Namespace, loaded: Loaded, site: Path, beside: Collection[str] = ()) -> None:
    """Write what a checked tree becomes, and build the site; ``beside`` is what stands next to it."""
    _write(options, loaded)
    say("progress.building")
    routine = loaded.tree.routine
    engine.build(options.root, site, routine.revised_on, options.engine, routine.language, beside)


def wait() -> None:
    """Say that somebody else is building."""
    print(t("cli.waiting"), file=sys.stderr, flush=True)


def _write(options: Namespace, loaded: Loaded) -> None:
    """Write everything generated."""
    say("progress.writing")
    tree = loaded.tree
    assets = disk.read_assets(options.root / "site_overrides" / "assets", ASSETS)
    made, both = generated(options.root, loaded, assets)
    done = disk.write({**made, **_pdfs(options.root, *both)}, options.root / "content")
    configuration.fit(options.root, tree)
    print(t("cli.written", written=len(done.written), removed=len(done.removed)))
    if tree.routine.draft:
        print(t("cli.draft"), file=sys.stderr)
    elif tree.routine.version not in loaded.kept:
        print(t("cli.not-put-away", version=tree.routine.version), file=sys.stderr)


def generated(
    root: Path, loaded: Loaded, assets: Mapping[str, str] | None = None, digest: str = ""
) -> tuple[Mapping[str, str], tuple[Site, Site | None]]:
    """Return all ``outputs`` of a checked tree, and the sites to make its documents of.

    ``digest``, if given, stands in the outputs in the place of the content hash.
    """
    tree = loaded.tree
    tested = _results(root / RESULTS, read_results)
    engines = _results(root / RESULTS_OF_ENGINES, read_engines)
    earlier, revised = history.earlier(tree, loaded.kept), history.history(tree, loaded.kept)
    both = site, was = sites(tree, loaded.text, earlier)
    if digest:
        site, was = replace(site, digest=digest), replace(was, digest=digest) if was else None
    return outputs_of(site, was, assets, tested, revised, engines, earlier), both


def _pdfs(root: Path, site: Site, was: Site | None) -> dict[str, bytes]:
    """Return every document typeset; those of an earlier version are kept apart, where no others clear up."""
    documents = documents_of(site, was, configuration.address(root))
    made: dict[str, bytes] = {}
    for one, cache in ((site, CACHE), *([(was, CACHE / EARLIER)] if was else [])):
        made |= typesetter.typeset(
            [document for of, document in documents if of is one],
            one.tree.routine.revised_on,
            root / cache,
            one.digest,
            on_typeset=lambda count: say("progress.typesetting", count=count),
        )
    return made


def _results(path: Path, read: Callable[[str], T | None]) -> T | None:
    """Return results of tests, or None, after saying so if they are there and cannot be read."""
    if not path.exists():
        return None
    text, findings = disk.read_text(path)
    found = None if findings else read(text)
    if found is None:
        print(t("cli.results-broken", path=shown(path)), file=sys.stderr)
    return found
