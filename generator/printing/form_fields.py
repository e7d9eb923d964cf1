"""Form fields: the typesetter's links of a private kind become fields, where they stand.

A link annotation ``field:kind/name/tip`` is turned into a widget and its structure element from
Link into Form, so position, reading order and tags come from the typesetter. Nothing else changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
# What a reader can type: all Latin letters, with the signs of Western Europe.
TYPED = {*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x1E00, 0x1F00)}
TYPED |= {ord(sign) for sign in "€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›"}
# PDFium (Chromium, Edge) sets letters beyond Western Europe in a font of its own choice, unless the font of
# the field has the name of one for symbols.
TYPED_IN = "Wingdings"
FITTED = f"/{TYPED_IN} 0 Tf 0 g"  # as large as the field and what is typed allow
NOTED = f"/{TYPED_IN} 10 Tf 0 g"


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
                    DR=Dictionary(Font=Dictionary({f"/{TYPED_IN}": _font(pdf)})),
                    DA=String(FITTED),
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
        annotation.DA = String(NOTED if kind == "note" else FITTED)
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
    """Return the font that typed text is set in, embedded, with its glyphs as character codes."""
    typed = _typed_font()
    name = Name("/AAAAAA+LiberationSans")
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array(typed.box),
            ItalicAngle=0,
            Ascent=905,
            Descent=-212,
            CapHeight=729,
            StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, typed.program, Length1=len(typed.program))),
        )
    )
    glyphs = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            DW=0,
            W=Array([0, Array(typed.widths)]),
            FontDescriptor=descriptor,
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([glyphs]),
            ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(typed.letters))),
        )
    )


@dataclass(frozen=True)
class TypedFont:
    """A subset of the font: its program, its widths and box in thousandths of an em, its letters by glyph."""

    program: bytes
    widths: list[int]
    box: list[int]
    letters: dict[int, int]


@cache
def _typed_font() -> TypedFont:
    font = TTFont(FONT, recalcTimestamp=False)
    del font["FFTM"]  # FontForge's own
    chosen = subset.Subsetter(subset.Options(hinting=False, layout_features=[], notdef_outline=True))
    chosen.populate(unicodes=TYPED)
    chosen.subset(font)
    em, head = font["head"].unitsPerEm, font["head"]
    widths = [round(font["hmtx"][name][0] * 1000 / em) for name in font.getGlyphOrder()]
    box = [round(edge * 1000 / em) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
    # A glyph that several letters share stands for the first of them.
    letters = {
        font.getGlyphID(name): letter for letter, name in sorted(font.getBestCmap().items(), reverse=True)
    }
    out = BytesIO()
    font.save(out)
    return TypedFont(out.getvalue(), widths, box, dict(sorted(letters.items())))


def _to_unicode(letters: dict[int, int]) -> bytes:
    """Return the map from character codes to letters, at most a hundred in a block."""
    pairs = [f"<{glyph:04X}> <{letter:04X}>" for glyph, letter in letters.items()]
    blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode()
