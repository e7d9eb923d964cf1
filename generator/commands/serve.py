"""serve: the preview. Each good edit is shown; whatever goes wrong, the last good site stays served."""

from __future__ import annotations

import errno
import sys
import tempfile
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from generator.build import configuration, disk, preview, versions
from generator.build.memory import uncollected
from generator.commands.load import Loaded, look, reported, say
from generator.commands.site import RESULTS, RESULTS_OF_ENGINES, generated
from generator.commands.status import ServedStatus
from generator.failure import Failure
from generator.locale import DEFAULT, language_in, speaking, t
from generator.model import Tree
from generator.navigator.single_file import ASSETS, navigator_html
from generator.pages.addresses import EARLIER
from generator.pages.editor.status import PAGE
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.documents import documents_of
from generator.printing.printed_document import PrintedDocument

OnInternalError = Callable[[Exception], None]
Kept = Callable[[], AbstractContextManager[None]]
ServeIn = Callable[[Namespace, Path, Kept], int]


def serve(options: Namespace, on_internal_error: OnInternalError) -> int:
    """Serve the site until interrupted; 1 if the address cannot be used, or there is nothing to serve."""
    return serve_in(options, on_internal_error, _serve)


def serve_in(options: Namespace, on_internal_error: OnInternalError, serve: ServeIn) -> int:
    """Serve by what is given a folder for what is made, and what says what goes wrong."""
    if options.engine != "mkdocs":
        print(t("cli.engine-preview", engine=options.engine), file=sys.stderr)
        return 1
    if not preview.is_address(options.address):
        print(t("cli.address-wrong", address=options.address), file=sys.stderr)
        return 1
    if error := preview.obstacle(options.address):
        key = "cli.address-taken" if error.errno == errno.EADDRINUSE else "cli.address-refused"
        print(t(key, address=options.address, reason=error.strerror), file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="rutin-") as name:
        return serve(options, Path(name), partial(_kept, on_internal_error))


def _serve(options: Namespace, place: Path, kept: Kept) -> int:
    # Only now: the engine takes half a second to load, and other commands do without it.
    from generator.build.warm_engine import WarmEngine  # noqa: PLC0415

    root: Path = options.root.resolve()
    pages = GeneratedPages(options, place / "content")
    say("progress.checking")
    written_before = (root / "content" / disk.MANIFEST, root / configuration.FITTED)
    if not pages.write() and not all(file.exists() for file in written_before):
        return 1
    url = address_of(options)
    warm = WarmEngine(root, place, pages.folder, url)
    say("progress.building")
    warm.build()

    tree = root / options.tree
    watched = [root / "content", root / "site_overrides", root / configuration.CONFIG, tree.parent]
    shown: object = None

    def refresh() -> None:
        nonlocal shown
        start = time.monotonic()
        seen = preview.settle(lambda: disk.stamps(watched), lambda: disk.stamp(tree)[1] > 0)
        if seen == shown:
            return  # of what is saved in many steps, the server tells more than once
        shown = seen
        with speaking(pages.language), kept(), uncollected():
            if pages.write():
                warm.build()
                say("cli.shown", seconds=f"{time.monotonic() - start:.1f}".replace(".", t("join.decimal")))

    def on_request(path: str) -> bytes | None:
        # Each request has a thread of its own, where nothing is spoken yet.
        with speaking(pages.language), kept():
            return pages.on_request(path)
        return None

    return preview.serve(
        warm,
        options.address,
        watched,
        refresh,
        on_request,
        lambda: say("cli.serving", address=url, page=PAGE),
    )


def address_of(options: Namespace) -> str:
    """Return where the site is served."""
    return f"http://{options.address}{urlsplit(configuration.address(options.root)).path or '/'}"


@contextmanager
def _kept(on_internal_error: OnInternalError) -> Iterator[None]:
    """Say what goes wrong, and go on."""
    try:
        yield
    except Failure as error:
        print(error, file=sys.stderr, flush=True)
    except OSError as error:
        print(disk.describe_os_error(error), file=sys.stderr, flush=True)
    except Exception as error:
        on_internal_error(error)


class GeneratedPages:
    """What is generated from the tree: pages in a folder, and on request what is seldom looked at.

    The PDFs and the file that holds all of the navigator take longer than all the pages, so they are made
    when a browser asks for them. No page bears a content hash: it would change them all at each edit.
    """

    def __init__(self, options: Namespace, folder: Path) -> None:
        self.folder = folder
        self.language = DEFAULT
        self._options = options
        self._status = ServedStatus(options)
        self._seen: object = None
        self._sites: tuple[Site, Site | None] | None = None
        self._documents: Mapping[str, tuple[Site, PrintedDocument]] | None = None
        self._lock = threading.Lock()

    @property
    def tree(self) -> Tree | None:
        """The last good tree."""
        return self._sites[0].tree if self._sites else None

    def write(self) -> bool:
        """Write the pages if what they are made from has changed; False after saying what is wrong."""
        seen = self._look()
        if seen == self._seen:
            return True
        self._seen = seen
        looked = look(self._options)
        self.language = language_in(looked.text)
        with speaking(self.language):
            self._status.show(looked)
            loaded = reported(self._options, looked)
            return loaded is not None and self._write(loaded)

    def _write(self, loaded: Loaded) -> bool:
        made, both = generated(self._options.root, loaded, digest=typesetter.NO_DIGEST)
        done = disk.write(made, self.folder)
        configuration.fit(self._options.root, loaded.tree)
        say("cli.written", written=len(done.written), removed=len(done.removed))
        with self._lock:
            self._sites, self._documents = both, None
        return True

    def on_request(self, path: str) -> bytes | None:
        """Return what is not there until it is asked for, or None.

        That is a PDF or the one file, made of the last good tree, or what only the editor sees.
        """
        if (made := self._status.on_request(path)) is not None:
            return made
        if not path.endswith((".pdf", "navigator.html")):
            return None
        with self._lock, uncollected():
            root = self._options.root
            if self._sites is None:
                return None
            site, was = self._sites
            files = {"navigator.html": site, f"{EARLIER}navigator.html": was}
            if found := files.get(path):
                assets = disk.read_assets(root / "site_overrides" / "assets", ASSETS)
                return navigator_html(found, assets).encode()
            if self._documents is None:
                documents = documents_of(site, was, configuration.address(root))
                self._documents = {document.path: (of, document) for of, document in documents}
            if path not in self._documents:
                return None
            of, document = self._documents[path]
            return typesetter.typeset_one(document, of.tree.routine.revised_on)

    def _look(self) -> object:
        root, tree = self._options.root, self._options.root / self._options.tree
        kept = sorted(versions.folder(tree).glob("*.yaml"))
        files = [tree, root / configuration.CONFIG, root / RESULTS, root / RESULTS_OF_ENGINES, *kept]
        return [(file, disk.stamp(file)) for file in files]
