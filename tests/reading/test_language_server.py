"""What an editor's language server makes of the real tree: no mistake, whole keys, each help once."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.conftest import REAL, ROOT

pytestmark = pytest.mark.full
# A line that begins a key of its own; what is completed ends where the next begins.
KEY = re.compile(r"( *)([a-z_]+):")
# These hold keys of their own, which an editor gets wrong unless the format says so.
HOLDING = ("routine", "event", "continues", "on")
PLACE = re.compile(r"\$\{?\d+(?::([^}]*))?\}?")


class Server:
    """A language server that is talked to over its own protocol, with one open file."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.asked = self.version = 0
        root = {"uri": ROOT.as_uri(), "name": "tree"}
        hover = {"contentFormat": ["markdown"]}
        completion = {"completionItem": {"snippetSupport": True}}
        able = {
            "textDocument": {"completion": completion, "hover": hover},
            "workspace": {"configuration": True},
        }
        self.ask(
            "initialize", processId=None, rootUri=ROOT.as_uri(), capabilities=able, workspaceFolders=[root]
        )
        self.tell("initialized")

    def tell(self, method: str, **values: Any) -> None:
        self._send({"method": method, "params": values})

    def ask(self, method: str, **values: Any) -> Any:
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": values})
        return self._read(lambda message: message.get("id") == self.asked and "method" not in message)[
            "result"
        ]

    def look_at(self, text: str) -> list[Any]:
        """Show the tree with this text, and return what the server finds wrong with it."""
        self.version += 1
        document = {"uri": REAL.as_uri(), "languageId": "yaml", "version": self.version}
        if self.version == 1:
            self.tell("textDocument/didOpen", textDocument={**document, "text": text})
        else:
            self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])
        told = self._read(lambda message: message.get("method") == "textDocument/publishDiagnostics")
        return list(told["params"]["diagnostics"])

    def at(self, method: str, line: int, character: int) -> Any:
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", textDocument={"uri": REAL.as_uri()}, position=place)

    def _send(self, message: dict[str, Any]) -> None:
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.process.stdin.flush()

    def _read(self, wanted: Any) -> dict[str, Any]:
        """Read on to the message that is wanted; what the server asks meanwhile has an answer."""
        assert self.process.stdout
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            message: dict[str, Any] = json.loads(self.process.stdout.read(length))
            if "method" in message and "id" in message:
                asked = message["params"].get("items", []) if message.get("params") else []
                settings = [{"schemaStore": {"enable": False}, "validate": True} for _ in asked]
                self._send({"id": message["id"], "result": settings or None})
            if wanted(message):
                return message


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    program = shutil.which("yaml-language-server")
    if program is None:
        pytest.skip("yaml-language-server is not installed")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [program, "--stdio"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        yield Server(process)
        process.kill()


def keys(text: str) -> dict[str, int]:
    """Return where each key stands first, by its line."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines()):
        if match := KEY.match(line):
            found.setdefault(match[2], number)
    return found


def test_it_finds_nothing_wrong(server: Server, real_text: str) -> None:
    assert server.look_at(real_text) == []
    assert server.look_at(real_text.replace("    shape: cirkel", "    shape: rund")) != []


@pytest.mark.parametrize("key", HOLDING)
def test_a_key_is_completed_with_all_that_belongs_to_it(server: Server, real_text: str, key: str) -> None:
    lines, at = real_text.splitlines(), keys(real_text)[key]
    indent = len(lines[at]) - len(lines[at].lstrip())
    rest = next(n for n, line in enumerate(lines) if n > at and len(line) - len(line.lstrip()) <= indent)
    lines[at:rest] = [" " * indent]
    server.look_at("\n".join(lines))
    offered = server.at("completion", at, indent)
    [chosen] = [one for one in offered["items"] if one["label"] == key]
    lines[at] += PLACE.sub(r"\1", chosen["textEdit"]["newText"])
    assert lines[at].strip().strip('"').startswith((f"{key}:", f'{key}":'))
    assert yaml.safe_load("\n".join(lines))


def test_help_is_the_help_alone(server: Server, real_text: str) -> None:
    server.look_at(real_text)
    for key, line in list(keys(real_text).items())[:20]:
        help_ = server.at("hover", line, real_text.splitlines()[line].index(key) + 1)["contents"]["value"]
        said = [one for one in help_.splitlines() if one]
        assert len(said) == len(set(said)) > 0, key
        assert not help_.startswith("#"), key
