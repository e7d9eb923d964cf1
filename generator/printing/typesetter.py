"""The typesetter: documents become PDF files, each typeset only when something in it has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from generator.failure import Failure
from generator.locale import t
from generator.printing.glyph_coverage import missing_glyph
from generator.printing.printed_document import PrintedDocument

PACKAGE = Path(__file__).parent
TEMPLATES = PACKAGE / "templates"
FONTS = PACKAGE / "fonts"
# Accessible, and readable in fifty years.
STANDARDS = ["ua-1", "a-2a"]
# Stands for the content hash in what is kept.
NO_DIGEST = "0" * 64
LIBRARIES = ("typst", "pikepdf", "fonttools")


class PdfError(Failure):
    """The documents could not be typeset; the message says why."""


def typeset(
    documents: Iterable[PrintedDocument],
    day: str,
    cache: Path,
    digest: str = NO_DIGEST,
    on_typeset: Callable[[int], None] = lambda _: None,
) -> dict[str, bytes]:
    """Return path → PDF, dated by an ISO day. ``cache`` keeps what was made, and nothing else.

    Each bears the digest, which is not a part of what is kept: an edit elsewhere costs nothing here.
    ``on_typeset`` is called first with the number of those that are not kept, if there are any.
    Raises PdfError when a character has no glyph or a document breaks a standard, ImportError when a
    library is missing.
    """
    cache.mkdir(parents=True, exist_ok=True)
    made: dict[str, bytes] = {}
    used = set()
    tools = _tools()
    waiting: list[tuple[PrintedDocument, Path]] = []
    for document in documents:
        kept = cache / f"{sha256(f'{tools}{day}{document.template}{document.data}'.encode()).hexdigest()}.pdf"
        used.add(kept.name)
        if kept.exists():
            made[document.path] = kept.read_bytes()
        else:
            waiting.append((document, kept))
    if waiting:
        on_typeset(len(waiting))
    contents = _typeset([document for document, _ in waiting], day)
    for (document, kept), content in zip(waiting, contents, strict=True):
        made[document.path] = content
        _keep(kept, content)
    for old in cache.glob("*.pdf"):
        if old.name not in used:
            old.unlink(missing_ok=True)
    return {path: _stamped(made[path], digest) for path in sorted(made)}


def typeset_one(document: PrintedDocument, day: str) -> bytes:
    """Return one PDF that is not kept. Raises PdfError as ``typeset`` does."""
    return next(_typeset([document], day))


def _stamped(content: bytes, digest: str) -> bytes:
    return content.replace(f"sha256:{NO_DIGEST}".encode(), f"sha256:{digest}".encode())


def _tools() -> str:
    """Return what beside a document's own data decides its bytes."""
    versions = [version(name) for name in LIBRARIES]
    files = [
        *sorted(TEMPLATES.glob("*.typ")),
        Path(__file__),
        PACKAGE / "form_fields.py",
        *sorted(FONTS.glob("*.ttf")),
    ]
    return "".join([*versions, *(sha256(file.read_bytes()).hexdigest() for file in files)])


def _typeset(documents: list[PrintedDocument], day: str) -> Iterator[bytes]:
    if not documents:
        return
    import typst  # noqa: PLC0415, only when something has changed

    from generator.printing.font import glyphs  # noqa: PLC0415
    from generator.printing.form_fields import with_fields  # noqa: PLC0415

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    compilers: dict[str, typst.Compiler] = {}
    made_on = datetime.fromisoformat(day).replace(tzinfo=UTC)
    for document in documents:
        template = str(TEMPLATES / document.template)
        if template not in compilers:
            compilers[template] = typst.Compiler(input=template, root=str(TEMPLATES), font_paths=fonts)
        if character := missing_glyph(document.data, glyphs()):
            raise PdfError(t("typesetting_errors.glyph", path=document.path, character=character))
        try:
            content = compilers[template].compile(
                format="pdf",
                sys_inputs={"data": document.data},
                pdf_standards=STANDARDS,  # type: ignore[arg-type]
                timestamp=made_on,
            )
        except typst.TypstError as error:
            raise PdfError(t("typesetting_errors.failed", path=document.path, error=error.message)) from error
        if not isinstance(content, bytes):
            raise TypeError(document.path)
        yield with_fields(content, NO_DIGEST)


def _keep(kept: Path, content: bytes) -> None:
    aside = kept.with_suffix(f".{os.getpid()}.tmp")
    aside.write_bytes(content)
    aside.replace(kept)
