"""write, build and serve: from the tree to the site."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from generator.build import disk, engine, preview
from generator.build.lock import alone
from generator.commands.load import load, shown
from generator.diff import history
from generator.locale import t
from generator.model import Tree
from generator.navigator.single_file import ASSETS
from generator.outputs import outputs
from generator.pages.site import Site
from generator.pages.statement import Tested, read_results
from generator.printing import typesetter
from generator.printing.documents import papers

CACHE = Path(".pdf_cache")
RESULTS = Path("content/assets/tillganglighet.json")

OnInternalError = Callable[[Exception], None]


def write(options: Namespace) -> int:
    """Check the tree and write what is generated for the site engine."""
    with alone(options.root, wait):
        return 1 if _written(options) is None else 0


def build(options: Namespace) -> int:
    """Write, and build the site into staging; it takes the old one's place when all is well."""
    with alone(options.root, wait):
        tree = _written(options)
        if tree is None:
            return 1
        site = (options.root / "site").resolve()
        engine.build(options.root, site, tree.routine.revised_on, options.engine)
    print(t("cli.built", site=shown(site)))
    return 0


def wait() -> None:
    """Say that somebody else is building."""
    print(t("cli.waiting"), file=sys.stderr, flush=True)


def serve(options: Namespace, on_internal_error: OnInternalError) -> int:
    """Serve the site, and write it again whenever the tree is edited."""
    if not preview.is_address(options.address):
        print(t("cli.address-wrong", address=options.address), file=sys.stderr)
        return 1
    seen = preview.stamp(options.root / options.tree)
    code = write(options)
    served_before = (options.root / "content" / disk.MANIFEST).exists()
    if code != 0 and not served_before:
        return code
    if not preview.is_free(options.address):
        print(t("cli.address-taken", address=options.address), file=sys.stderr)
        return 1
    return preview.serve(
        options.root,
        preview.Watched(options.root / options.tree, seen, lambda: _rewrite(options, on_internal_error)),
        options.address,
        lambda: print(t("cli.serving", address=f"http://{options.address}/"), flush=True),
    )


def _written(options: Namespace) -> Tree | None:
    """Write everything generated and return the tree, or None after saying what is wrong."""
    loaded = load(options)
    if loaded is None:
        return None
    tree, text = loaded.tree, loaded.text
    assets = disk.read_assets(options.root / "site_overrides" / "assets", ASSETS)
    revised = history.history(tree, loaded.kept)
    made = outputs(tree, text, assets, _tested(options.root / RESULTS), revised)
    site = Site.of(tree, text)
    documents = papers(site, engine.address(options.root))
    pdfs = typesetter.typeset(documents, tree.routine.revised_on, options.root / CACHE, site.digest)
    done = disk.write({**made, **pdfs}, options.root / "content")
    print(t("cli.written", written=len(done.written), removed=len(done.removed)))
    return tree


def _tested(path: Path) -> Tested | None:
    """Return what the accessibility tests found, or None after saying that it cannot be read."""
    if not path.exists():
        return None
    text, findings = disk.read_text(path)
    tested = None if findings else read_results(text)
    if tested is None:
        print(t("cli.results-broken", path=shown(path)), file=sys.stderr)
    return tested


def _rewrite(options: Namespace, on_internal_error: OnInternalError) -> None:
    """Write again; whatever goes wrong, the last good site goes on being served."""
    try:
        write(options)
    except typesetter.PdfError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(disk.describe_os_error(error), file=sys.stderr)
    except Exception as error:
        on_internal_error(error)
    sys.stdout.flush()
