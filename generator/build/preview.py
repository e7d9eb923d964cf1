"""The preview: a server on what the warm engine renders, which reloads the browsers after each edit."""

from __future__ import annotations

import mimetypes
import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.build.warm_engine import WarmEngine

INTERVAL = 0.2  # seconds between looks at the files; polling also works on network shares
REST = 0.15  # seconds for which a file that is being saved has to stay as it is
PATIENCE = 3.0  # seconds to wait for that, and no longer

OnRequest = Callable[[str], bytes | None]


def serve(
    engine: WarmEngine,
    address: str,
    watched: Sequence[Path],
    refresh: Callable[[], None],
    on_request: OnRequest,
    on_ready: Callable[[], None],
) -> int:
    """Serve the engine's site until interrupted, and call ``refresh`` after each edit of what is watched.

    ``on_request`` is asked first for every file, by its path below the site; ``on_ready`` is called when the
    server answers. Returns the exit code.
    """
    from mkdocs.livereload import LiveReloadServer  # noqa: PLC0415, other commands do without

    class Server(LiveReloadServer):
        def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            asked = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            epoch = self._visible_epoch  # before what is made, so that no edit is missed
            made = on_request(asked.removeprefix(self.mount_path))
            if made is None:
                return super().serve_request(environ, start_response)
            if asked.endswith(".html") and b"Content-Security-Policy" not in made:
                made = self._inject_js_into_html(made, epoch)  # type: ignore[no-untyped-call]
            kind = mimetypes.guess_type(asked)[0] or "application/octet-stream"
            start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(made)))])
            return [made]

        def server_activate(self) -> None:
            super().server_activate()
            on_ready()

    def rebuild() -> None:
        refresh()
        server.root = str(engine.site)

    host, _, port = address.rpartition(":")
    signal.signal(signal.SIGTERM, _interrupt)
    server = Server(rebuild, host, int(port), str(engine.site), engine.mount_path, polling_interval=INTERVAL)
    server.error_handler = lambda code: _page(Path(server.root) / f"{code}.html")
    for path in watched:
        server.watch(str(path))
    try:
        with suppress(KeyboardInterrupt):
            server.serve()  # type: ignore[no-untyped-call]
    finally:
        for impatient in (signal.SIGINT, signal.SIGTERM):  # it is ending already
            signal.signal(impatient, signal.SIG_IGN)
        server.shutdown()
    return 0


def settle(look: Callable[[], object], is_whole: Callable[[], bool]) -> object:
    """Wait until two looks see the same, and nothing is missing: an editor may save in several steps.

    Returns what the last look saw.
    """
    end = time.monotonic() + PATIENCE
    seen = look()
    while time.monotonic() < end:
        time.sleep(REST)
        before, seen = seen, look()
        if seen == before and is_whole():
            break
    return seen


def is_address(address: str) -> bool:
    """Tell whether the text is ``host:port``."""
    found = re.fullmatch(r"[A-Za-z0-9.-]+:([0-9]{1,5})", address)
    return found is not None and 0 < int(found[1]) < 65536


def obstacle(address: str) -> OSError | None:
    """Return what keeps a server from ``host:port``, by being one for a moment, as the server will be."""
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        if os.name == "posix":  # where this lets nobody share the port, but reuse what was left just now
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
            probe.listen()
        except OSError as error:
            return error
    return None


def _page(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
