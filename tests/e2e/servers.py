"""The built site, served with a configuration that the project delivers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.conftest import ROOT

NGINX, APACHE = (ROOT / "deploy" / name for name in ("nginx", "apache"))
# The one line to edit in each, to let others show the tool in a frame.
OWN_ADDRESS = {
    NGINX: ("maps.conf", 'default "{}";'),
    APACHE: ("headers.conf", 'Define FOREBYGGA_FRAMES "{}"'),
}
# Where tests/install-servers leaves what is not installed; a copied folder has no such neighbour.
UNPACKED = [str(ROOT / ".venv" / folder.name / "usr/sbin") for folder in OWN_ADDRESS]


@contextmanager
def served(
    site: Path,
    configuration: str = "site.conf",
    *,
    below: str = "",
    frame_ancestors: str = "",
    folder: Path = NGINX,
) -> Iterator[str]:
    """Serve the site on a free port of this machine; the address, with a slash at its end, is yielded.

    ``below`` is the path that the configuration hosts at, ``frame_ancestors`` what its owner edits in, and
    ``folder`` where the configuration lies. Raises RuntimeError, with what the server says, if it
    does not start or warns.
    """
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        mine = Path(shutil.copytree(folder, work / "mine")) if frame_ancestors else folder
        if frame_ancestors:
            name, line = OWN_ADDRESS[folder]
            edit(mine / name, line.format("'self'"), line.format(frame_ancestors))
        port = _free_port()
        with _server(mine, f"127.0.0.1:{port}", site, work, configuration) as process:
            _await(process, port, work / "stderr")
            yield f"http://127.0.0.1:{port}/{below}"


class Answer(NamedTuple):
    """What the server says."""

    status: int
    headers: Message
    body: bytes


def ask(base: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Send a path as it is written, which no browser would."""
    connection = HTTPConnection(urlsplit(base).netloc, timeout=10)
    connection.putrequest(method, f"{urlsplit(base).path}{path}", skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def files(site: Path) -> list[str]:
    """Return the paths of all files of a site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def write_small(tmp_path: Path) -> Path:
    """Write a site of a few files, with some beside it that are nobody's business."""
    texts = {
        "site/index.html": "<h1>Start</h1>",
        "site/404.html": "<h1>Finns inte</h1>",
        "site/deep/page.html": "<h1>Djupt</h1>",
        "site/navigator.html": "<h1>En fil</h1>",
        "site/assets/page.01234567.min.js": "1",
        "site/.git/config": "secret",
        "site/deep/.htpasswd": "secret",
        "secret.txt": "secret",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "site"


def command(address: str, site: Path, work: Path, configuration: str, folder: Path = NGINX) -> list[str]:
    """Return how a server is started as ``make nginx`` and ``make apache`` do it."""
    return [str(folder / "try"), address, str(site), str(work), configuration]


def environment() -> dict[str, str]:
    """Return the environment in which each server is found."""
    return {**os.environ, "PATH": ":".join([os.environ["PATH"], *UNPACKED])}


def edit(path: Path, old: str, new: str) -> None:
    """Replace what stands in a file exactly once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


@contextmanager
def _server(
    folder: Path, address: str, site: Path, work: Path, configuration: str
) -> Iterator[subprocess.Popen[bytes]]:
    with (work / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            command(address, site, work, configuration, folder), stderr=stderr, env=environment()
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], port: int, stderr: Path) -> None:
    for _ in range(100):
        said = stderr.read_text("utf-8")
        if said or process.poll() is not None:
            raise RuntimeError(f"the server did not start as it should: {said}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
