"""What stands on top of something else on paper: no reader of texts sees that, since both texts are there."""

from __future__ import annotations

from itertools import takewhile

import pypdfium2 as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


def overprinted(pdf: bytes) -> list[str]:
    """Return each place where two lines of text lie on each other: the sheet, and what stands there."""
    found = []
    for number, sheet in enumerate(pdfium.PdfDocument(pdf), start=1):
        letters = sheet.get_textpage()
        boxes: list[Box] = sorted(map(letters.get_rect, range(letters.count_rects())), key=lambda box: box[1])
        for at, box in enumerate(boxes):
            near = takewhile(lambda other, top=box[3]: other[1] < top, boxes[at + 1 :])  # type: ignore[misc]
            found += [f"{number}: {letters.get_text_bounded(*box)}" for other in near if _covers(box, other)]
    return found


def _covers(box: Box, other: Box) -> bool:
    """Whether they share more than what neighbours do: letters touch, and a raised figure reaches up."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    return width > 2 and height > 0.35 * min(box[3] - box[1], other[3] - other[1])
