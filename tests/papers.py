"""PDF files that tests read: typeset once for what they say, in this run or an earlier one, and read once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import page as validator
import pypdfium2 as pdfium
from pypdf import PdfReader

from generator.printing import typesetter
from generator.printing.printed_document import PrintedDocument
from tests.built import PAPERS, give_papers, keep_papers

DAY = "2025-09-01"  # as the real routine was revised, so that its site has had the same files typeset
PROFILES = [validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_2A]


def typeset(documents: Iterable[PrintedDocument]) -> Mapping[str, bytes]:
    """Return path → PDF, typeset now or by whoever needed it first."""
    PAPERS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=PAPERS.parent) as folder:
        give_papers(Path(folder))
        made = typesetter.typeset(documents, DAY, Path(folder) / ".pdf_cache")
        keep_papers(Path(folder))
    return made


@cache
def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


@cache
def text_of(content: bytes) -> tuple[str, ...]:
    """Return each page's text without the white space and ligatures of a PDF."""
    texts = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content)]
    return tuple(
        plain(text.replace("\ufffe", "-")) for text in texts
    )  # how PDFium tells a hyphen that ends a line


def plain(text: str) -> str:
    """Return text without white space and ligatures, which a PDF has wherever it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@cache
def fields_of(content: bytes) -> tuple[tuple[int, str, str, str], ...]:
    """Return (page, name, label, type) of every field, in the order of the pages' annotations."""
    found = []
    for number, page in enumerate(reader(content).pages):
        for annotation in page.get("/Annots", []):
            field = annotation.get_object()
            if field["/Subtype"] == "/Widget":
                found.append((number, str(field["/T"]), str(field["/TU"]), str(field["/FT"])))
    return tuple(found)


def broken_standards(content: bytes) -> list[str]:
    """Return how a file fails to be accessible or made to last."""
    reports = [validator.validate_pdf_bytes(content, profile=profile) for profile in PROFILES]
    return [failure.message for report in reports for failure in report.failures]
