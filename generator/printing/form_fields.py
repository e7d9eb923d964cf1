"""Form fields: the typesetter's links of a private kind become fields, where they stand.

A link annotation ``field:kind/name/tip`` is turned into a widget and its structure element from
Link into Form, so position, reading order and tags come from the typesetter. Nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from zlib import adler32

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from generator.printing.font import FONT

MULTILINE = 1 << 12
PRINTED = 4
# What a reader can type: the letters of Western Europe, one byte each.
TYPED = [n for n in range(32, 256) if n not in (0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D)]


def with_fields(made: bytes, digest: str) -> bytes:
    """Return the PDF with its private links as form fields, and a content hash as its identifier.

    The same bytes for the same input.
    """
    with Pdf.open(BytesIO(made)) as pdf:
        marked = [
            (page, annotation)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if _kind(annotation)
        ]
        if marked:
            parents = dict(_numbers(pdf.Root.StructTreeRoot.ParentTree))
            fields = [_field(pdf, page, annotation, parents) for page, annotation in marked]
            pdf.Root.AcroForm = pdf.make_indirect(
                Dictionary(
                    Fields=Array(fields),
                    DR=Dictionary(Font=Dictionary(F=_font(pdf))),
                    DA=String("/F 9 Tf 0 g"),
                )
            )
        _identify(pdf, digest)
        return _saved(pdf)


def _identify(pdf: Pdf, digest: str) -> None:
    metadata = pdf.Root.Metadata.read_bytes()
    identifier = f"</dc:title><dc:identifier>sha256:{digest}</dc:identifier>"
    pdf.Root.Metadata.write(metadata.replace(b"</dc:title>", identifier.encode(), 1))


def _saved(pdf: Pdf) -> bytes:
    """Return the file's bytes, packed.

    ISO 19005-2 (PDF/A-2), 6.1.7.1: a stream is as long as its Length says, up to the line break before
    ``endstream``. A packed stream that ends in a carriage return breaks it, since that and the line feed
    after it are read as one line break. A packed stream ends in its checksum (RFC 1950: Adler-32), so a line
    break more in what it holds helps; for streams that come to be while saving, another object does.
    """
    for stream in pdf.objects:
        if isinstance(stream, Stream) and "/Filter" in stream:
            held = stream.read_bytes()
            while adler32(held) & 0xFF == ord("\r"):
                held += b"\n"
                stream.write(held)
    for padding in range(20):
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
        if b"\r\nendstream" not in out.getvalue():
            break
        spaces = [pdf.make_indirect(String(" " * n)) for n in range(padding + 1)]
        pdf.Root["/RUT_Padding"] = Array(spaces)
    return out.getvalue()


def _kind(annotation: Object) -> str:
    """Return the private link's kind, name and tip, or nothing for any other annotation."""
    # The address is in bytes of no stated encoding; the description says the same as text.
    description = str(annotation.get("/Contents", ""))
    return description.removeprefix("field:") if description.startswith("field:") else ""


def _numbers(tree: Object) -> Iterator[tuple[int, Object]]:
    """Yield key and value of a number tree."""
    pairs = list(tree.get("/Nums", []))
    yield from ((int(key), value) for key, value in zip(pairs[::2], pairs[1::2], strict=True))
    for below in tree.get("/Kids", []):
        yield from _numbers(below)


def _field(pdf: Pdf, page: pikepdf.Page, annotation: Object, parents: dict[int, Object]) -> Object:
    kind, name, tip = _kind(annotation).split("/", 2)
    parents[int(annotation.StructParent)].S = Name.Form
    for key in ("/A", "/Border", "/Contents"):
        del annotation[key]
    annotation.Subtype = Name.Widget
    annotation.F = PRINTED
    annotation.P = page.obj
    annotation.T = String(name)
    annotation.TU = String(tip)
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    width, height = right - left, top - bottom
    if kind == "check":
        annotation.FT = Name.Btn
        annotation.V = annotation.AS = Name.Off
        on, off = _drawing(pdf, width, height, _tick(width, height)), _drawing(pdf, width, height, "q Q")
        annotation.AP = Dictionary(N=Dictionary(On=on, Off=off))
    else:
        annotation.FT = Name.Tx
        annotation.DA = String("/F 9 Tf 0 g")
        annotation.Ff = MULTILINE if kind == "note" else 0
        annotation.AP = Dictionary(N=_drawing(pdf, width, height, "/Tx BMC EMC"))
    return annotation


def _drawing(pdf: Pdf, width: float, height: float, content: str) -> Object:
    return pdf.make_indirect(
        Stream(
            pdf,
            content.encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=Dictionary(),
        )
    )


def _tick(width: float, height: float) -> str:
    points = [(0.2, 0.5), (0.42, 0.25), (0.82, 0.8)]
    path = " ".join(
        f"{x * width:.2f} {y * height:.2f} {'m' if n == 0 else 'l'}" for n, (x, y) in enumerate(points)
    )
    return f"q 1.4 w 0 G 1 J 1 j {path} S Q"


def _font(pdf: Pdf) -> Object:
    """Return the font that typed text is set in, embedded, with one byte a character."""
    data, widths, box = _typed_font()
    program = pdf.make_indirect(Stream(pdf, data, Length1=len(data)))
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/AAAAAA+LiberationSans"),
            Flags=32,
            FontBBox=Array(box),
            ItalicAngle=0,
            Ascent=905,
            Descent=-212,
            CapHeight=729,
            StemV=80,
            FontFile2=program,
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/AAAAAA+LiberationSans"),
            Encoding=Name.WinAnsiEncoding,
            FirstChar=32,
            LastChar=255,
            Widths=Array(widths),
            FontDescriptor=descriptor,
        )
    )


@cache
def _typed_font() -> tuple[bytes, list[int], list[int]]:
    """Return the font's subset, the widths of 32–255 and its box, in thousandths of an em."""
    font = TTFont(FONT, recalcTimestamp=False)
    del font["FFTM"]  # FontForge's own
    letters = {n: ord(bytes([n]).decode("cp1252")) for n in TYPED}
    chosen = subset.Subsetter(subset.Options(hinting=False, layout_features=[], notdef_outline=True))
    chosen.populate(unicodes=letters.values())
    chosen.subset(font)
    em = font["head"].unitsPerEm
    names = font.getBestCmap()
    widths = [
        round(font["hmtx"][names[letters[n]]][0] * 1000 / em) if letters.get(n) in names else 0
        for n in range(32, 256)
    ]
    head = font["head"]
    box = [round(edge * 1000 / em) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
    out = BytesIO()
    font.save(out)
    return out.getvalue(), widths, box
