"""Compiled templates are kept, as Python keeps its modules: compiling takes a quarter of a write."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

FOLDER = Path(__file__).parent / "__pycache__"


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps what was compiled until its template changes; where it may not write, it does without."""

    def __init__(self) -> None:
        super().__init__(str(FOLDER), "%s.jinja.cache")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002
        """Tell templates apart by name alone: where the project stands may not be text to everybody."""
        return super().get_cache_key(name)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template if the disk lets us."""
        with suppress(OSError):
            FOLDER.mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
