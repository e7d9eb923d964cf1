"""How nginx bears a rush with the delivered configuration: requests a second, waiting times, bytes.

The floor is the same nginx with no configuration but a folder, sending a file as large as what was sent:
the ratio is what headers, caching rules and compression cost. Everything is bounded: this machine only,
some thousand requests, and a time after which a run stops and counts what is left as errors.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.cli import main as generator
from tests.conftest import copy_project
from tests.e2e.servers import NGINX, served

CONNECTIONS = 20
REQUESTS = 2_000
SECONDS = 30  # for one run
BARE = "server {\n    listen 80;\n    root /srv/forebygga/site;\n}\n"

Row = tuple[str, str, str, float, str, bool]


class Target(NamedTuple):
    """What is asked for, how often, and what it has to reach: requests a second, and ms for 99 of 100."""

    name: str
    pattern: str
    requests: int
    least: int
    slowest: int
    known: bool = False  # the browser has it already, and asks whether it has changed


# A thousand people who open a page every ten seconds make a hundred requests a second.
TARGETS = [
    Target("start page", "index.html", REQUESTS, 500, 200),
    Target("start page, known already", "index.html", REQUESTS, 500, 200, known=True),
    Target("situation", "situation/*.html", REQUESTS, 500, 200),
    Target("navigator data", "assets/navigator-data*.js", REQUESTS, 200, 200),
    Target("checklist, PDF", "checklista/*.pdf", REQUESTS, 500, 200),
    Target("search index", "search/search_index.js", REQUESTS // 10, 10, 4_000),
    Target("search index, known already", "search/search_index.js", REQUESTS, 500, 200, known=True),
]


class Run(NamedTuple):
    """What came of one run: requests a second, waiting times in ms in order, bytes of one body, errors."""

    rate: float
    waits: list[float]
    size: int
    errors: int

    def at(self, share: float) -> float:
        """Return the time, in ms, within which this share of the requests was answered."""
        return (
            self.waits[min(int(len(self.waits) * share), len(self.waits) - 1)] if self.waits else float("inf")
        )


def rows() -> list[Row]:
    """Measure every target: (name, measured, floor, ratio of the rates, bar, whether the bar is reached)."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project")
        if generator(["--root", str(project), "build"]) != 0:
            raise RuntimeError("the site could not be built")
        return list(_measured(project / "site", Path(folder)))


def _measured(site: Path, folder: Path) -> Iterator[Row]:
    bare = folder / "bare"
    bare.mkdir()
    shutil.copy(NGINX / "try", bare)
    (bare / "site.conf").write_text(BARE, "utf-8")
    with served(site) as address, served(folder, folder=bare) as plain:
        for target in TARGETS:
            path = min(found.relative_to(site).as_posix() for found in site.glob(target.pattern))
            run = load(address + path, target.requests, known=target.known)
            (folder / "floor").write_bytes(b"x" * run.size)
            floor = load(f"{plain}floor", target.requests, known=target.known)
            yield _row(target, run, floor)


def _row(target: Target, run: Run, floor: Run) -> Row:
    times = ", ".join(f"{run.at(share / 100):.1f}" for share in (50, 95, 99))
    measured = f"{run.rate:.0f}/s; p50, p95, p99 {times} ms; {run.size / 1000:.1f} kB; {run.errors} errors"
    bar = f"≥ {target.least}/s, p99 ≤ {target.slowest} ms, 0 errors"
    reached = run.rate >= target.least and run.at(0.99) <= target.slowest and not run.errors + floor.errors
    return (
        f"load: {target.name}",
        measured,
        f"{floor.rate:.0f}/s",
        round(floor.rate / run.rate, 1),
        bar,
        reached,
    )


def load(address: str, requests: int, *, known: bool = False) -> Run:
    """Ask for an address of this machine on a few connections that stay open, as browsers do."""
    parts = urlsplit(address)
    if parts.hostname != "127.0.0.1":
        raise ValueError("only this machine")
    where = (parts.hostname, parts.port or 80)
    asked = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n"
    first = _talk(where, f"{asked}\r\n".encode(), 1, time.monotonic() + SECONDS)[0]
    if known:
        asked += f"If-None-Match: {first.etag}\r\n"
    start = time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        each = [(requests + place) // CONNECTIONS for place in range(CONNECTIONS)]
        talks = [pool.submit(_talk, where, f"{asked}\r\n".encode(), n, start + SECONDS) for n in each]
        answers = [answer for talk in talks for answer in talk.result()]
    taken = time.monotonic() - start
    good = [answer for answer in answers if answer.status == (304 if known else 200)]
    same = [answer for answer in good if answer.size == good[0].size]
    return Run(
        len(good) / taken, sorted(a.wait for a in good), good[0].size if good else 0, requests - len(same)
    )


class _Answer(NamedTuple):
    status: int
    size: int
    etag: str
    wait: float


def _talk(where: tuple[str, int], asked: bytes, requests: int, until: float) -> list[_Answer]:
    answers: list[_Answer] = []
    try:
        with socket.create_connection(where, timeout=SECONDS) as connection:
            while len(answers) < requests and time.monotonic() < until:
                start = time.monotonic()
                connection.sendall(asked)
                answers.append(_answer(connection, start))
    except OSError:
        pass  # what is missing counts as errors
    return answers


def _answer(connection: socket.socket, start: float) -> _Answer:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    status = int(lines[0].split()[1])
    size = len(body)
    if headers.get("transfer-encoding") == "chunked":
        while not body.endswith(b"\r\n0\r\n\r\n"):
            found = _more(connection)
            size += len(found)
            body = body[-7:] + found
    else:
        while size < (0 if status == 304 else int(headers["content-length"])):
            size += len(_more(connection))
    return _Answer(status, size, headers.get("etag", ""), (time.monotonic() - start) * 1000)


def _more(connection: socket.socket) -> bytes:
    found = connection.recv(1 << 18)
    if not found:
        raise ConnectionError
    return found


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(str(cell) for cell in row))
