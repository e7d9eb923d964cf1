"""The checklists as PDF: the same steps as the model, accessible, fillable, and the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from ctypes import c_float
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validator
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from generator.cli import main
from generator.model import Condition, Force, Tree
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.checklist_booklet import booklet
from generator.printing.checklists import printed_documents
from generator.printing.printed_document import PrintedDocument
from generator.routine.reservations import reservations
from generator.routine.steps import concerns, open_gaps, placed_steps, units_of
from tests.conftest import checked, copy_small_project
from tests.papers import DAY, PROFILES, broken_standards, fields_of, plain, reader, text_of, typeset
from tests.tiers import few

ADDRESS = "https://intranat.example.org/forebygga/"
Made = Mapping[str, bytes]


def typeset_in(folder: Path, tree: Tree) -> Made:
    """Typeset all of a tree's checklists in a folder of the test's own."""
    return typesetter.typeset(checklists(tree), DAY, folder)


def checklists(tree: Tree, address: str = "") -> list[PrintedDocument]:
    site = Site.of(tree, "")
    return [*printed_documents(site, address), booklet(site, address)]


@pytest.fixture(scope="module")
def made(tree: Tree) -> Made:
    """Every checklist of a site that knows its address, as one that stands below a path has them."""
    return typeset(checklists(tree, ADDRESS))


def test_every_situation_says_what_the_model_says(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        text = "".join(text_of(made[f"checklista/{situation.id}.pdf"]))
        assert plain(situation.title) in text
        at = 0
        for placed in placed_steps(tree, situation):
            step = placed.step
            when = f"{tree.get(step.when, Condition).text}:" if step.when else ""
            force = tree.get(step.force, Force).label
            at = text.index(plain(f"{placed.number}."), at)
            at = text.index(plain(f"{when}{placed.sentence}{force}"), at)
            for gap in open_gaps(tree, placed.id):
                assert plain(gap.text) in text
        assert plain(f"Verktygets version: {tree.routine.version}") in text
        assert plain(f"Senast reviderad: {tree.routine.revised_on}") in text


def test_a_changed_word_is_noticed(made: Made) -> None:
    text = "".join(text_of(made["checklista/barnfamilj-barn-unga-skuld.pdf"]))
    said = "Vuxenenheten och enheten för barn och unga ska göra ett oanmält hembesök hos familjen."
    assert plain(said) in text
    assert plain(said.replace("ska", "bör")) not in text


def test_a_unit_s_checklist_has_its_steps_only_and_says_so(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        for unit in units_of(tree, situation):
            content = made[f"checklista/{situation.id}--{unit.id}.pdf"]
            text = "".join(text_of(content))
            assert plain(f"Bara stegen för: {unit.label}.") in text
            ticks = [name for _, name, _, kind in fields_of(content) if kind == "/Btn"]
            mine = [p.number for p in placed_steps(tree, situation) if unit in concerns(tree, p.step)]
            assert ticks == [f"{situation.id}-{number}-klart" for number in mine]


def test_a_legal_frame_stays_where_its_step_is_left_out(made: Made) -> None:
    text = "".join(text_of(made["checklista/barnfamilj-ekonomi-upprepad-skuld--barn-unga.pdf"]))
    assert plain("Det är därför inte befogat att enheten för barn och unga följer med") in text


def test_the_booklet_holds_them_all(tree: Tree, made: Made) -> None:
    content = made["checklista/haftet.pdf"]
    text = "".join(text_of(content))
    for situation in tree.situations:
        for placed in placed_steps(tree, situation):
            assert plain(placed.sentence) in text
    for gap in tree.gaps:
        assert plain(gap.text) in text
    for unit in tree.units:
        assert all(plain(duty.text) in text for duty in unit.duties)
    outline = [str(item.title) for item in reader(content).outline if not isinstance(item, list)]
    assert [str(s.title) for s in tree.situations] == outline[2:-1]
    assert not fields_of(content)


def kind(path: str) -> str:
    return "booklet" if path == "checklista/haftet.pdf" else "of a unit" if "--" in path else "whole"


def test_every_file_is_accessible_and_made_to_last(made: Made) -> None:
    for path in few(sorted(made), 4, kind):
        assert broken_standards(made[path]) == [], path


def test_the_validator_sees_what_is_broken(made: Made) -> None:
    writer = PdfWriter(clone_from=BytesIO(made["checklista/barnfamilj-ekonomi-skuld.pdf"]))
    annotations: Any = writer.pages[0]["/Annots"]
    for annotation in annotations:
        annotation.get_object().pop(NameObject("/TU"), None)
    out = BytesIO()
    writer.write(out)
    assert not validator.is_pdf_compliant_bytes(out.getvalue(), profile=PROFILES[0])


def test_fields_are_named_once_labelled_and_in_reading_order(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        fields = fields_of(made[f"checklista/{situation.id}.pdf"])
        names = [name for _, name, _, _ in fields]
        assert len(names) == len(set(names))
        assert not any("." in name for name in names)
        expected = [f"{situation.id}-{what}" for what in ("arende", "inkom", "ansvarig")]
        for placed in placed_steps(tree, situation):
            expected += [f"{situation.id}-{placed.number}-{what}" for what in ("klart", "datum", "signatur")]
        assert names == [*expected, f"{situation.id}-anteckningar"]
        said = [
            f"Steg {placed.number}: {what}. {placed.sentence[:200]}"
            for placed in placed_steps(tree, situation)
            for what in ("klart", "datum", "signatur")
        ]
        labels = [label for _, _, label, _ in fields]
        assert labels == ["Ärendebeteckning", "Kom in den", "Ansvarig", *said, "Anteckningar"]


def test_no_step_is_split_and_all_steps_stand_on_two_pages(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        content = made[f"checklista/{situation.id}.pdf"]
        pages = text_of(content)
        steps = placed_steps(tree, situation)
        for placed in steps:
            at = {page for page, name, _, _ in fields_of(content) if f"-{placed.number}-" in name}
            assert len(at) == 1
            assert plain(placed.sentence) in pages[at.pop()]
        assert {page for page, _, _, kind in fields_of(content) if kind == "/Btn"} <= {0, 1}
        assert len(pages) <= 3
        assert all(f"{n}({len(pages)})" in page for n, page in enumerate(pages, start=1))


def test_what_is_read_is_large_enough_and_the_notes_keep_their_distance(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        content = made[f"checklista/{situation.id}.pdf"]
        large, smallest = "", 99.0

        def visit(text: str, _: Any, matrix: Any, __: Any, size: float) -> None:
            nonlocal large, smallest
            large += text if size * abs(matrix[3]) >= 9.5 else ""
            smallest = min(smallest, size * abs(matrix[3])) if text.strip() else smallest

        for page in reader(content).pages:
            page.extract_text(visitor_text=visit)
        large = plain(large)
        assert smallest > 7.99, situation.id
        for placed in placed_steps(tree, situation):
            qualified = reservations(tree, placed)
            texts = [placed.sentence, *([qualified.note] if qualified.note else [])]
            texts += [s.text for frame in qualified.frames for s in frame.statements]
            assert [text for text in texts if plain(text) not in large] == [], placed.id
            assert plain(str(placed.condition.text) if placed.condition else "") in large
        heights = {name: top - bottom for _, name, (_, bottom, _, top) in rectangles(content)}
        assert heights[f"{situation.id}-anteckningar"] > 70  # points: five lines by hand
        assert min(h for name, h in heights.items() if name.endswith("-signatur")) > 19


def test_only_embedded_fonts_of_our_own(made: Made) -> None:
    for content in made.values():
        descriptors = _objects(reader(content), "/FontDescriptor")
        found = {str(f["/FontName"]) for f in descriptors}
        assert found
        assert all(re.fullmatch(r"/[A-Z]{6}\+LiberationSans(-Bold)?", name) for name in found)
        assert all("/FontFile2" in f for f in descriptors)


def _objects(reader: PdfReader, kind: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    size: Any = reader.trailer["/Size"]
    for number in range(1, int(size)):
        thing = reader.get_object(number)
        if isinstance(thing, dict) and thing.get("/Type") == kind:
            found.append(thing)
    return found


def test_title_language_and_outline_are_there(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        read = reader(made[f"checklista/{situation.id}.pdf"])
        assert read.metadata is not None
        assert read.metadata.title == situation.title
        root: Any = read.root_object
        assert root["/Lang"] == "sv-SE"
        assert read.outline
        assert "/NeedAppearances" not in root["/AcroForm"]


def test_the_link_and_the_code_carry_the_version_and_a_mark_for_each_step(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        links = {
            str(annotation.get_object()["/A"]["/URI"])
            for page in reader(made[f"checklista/{situation.id}.pdf"]).pages
            for annotation in page.get("/Annots", [])
            if annotation.get_object()["/Subtype"] == "/Link"
        }
        marks = "[0-9a-f]{4}" * len(placed_steps(tree, situation))
        page = re.escape(f"{ADDRESS}situation/{situation.id}.html")
        (link,) = links
        assert re.fullmatch(
            rf"{page}#_utskrift={re.escape(tree.routine.version)}~{marks}\.[0-9a-f]{{4}}", link
        )


def test_without_an_address_there_is_no_link_and_no_code(tiny: Tree) -> None:
    for content in typeset(checklists(tiny)).values():
        assert b"/URI" not in b"".join(_raw(content))


def _raw(content: bytes) -> list[bytes]:
    return [str(page).encode() for page in reader(content).pages] + [content]


def test_the_same_tree_gives_the_same_bytes(tree: Tree, made: Made, tmp_path: Path) -> None:
    chosen = few(sorted(made), 2, kind)
    again = typesetter.typeset([d for d in checklists(tree, ADDRESS) if d.path in chosen], DAY, tmp_path)
    assert again == {path: made[path] for path in chosen}


def test_only_what_changed_is_typeset_anew(
    tiny_text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typeset_in(tmp_path, checked(tiny_text))
    done: list[str] = []
    real = typesetter._typeset

    def counting(waiting: list[PrintedDocument], day: str) -> object:
        done.extend(document.path for document in waiting)
        return real(waiting, day)

    monkeypatch.setattr(typesetter, "_typeset", counting)
    typeset_in(tmp_path, checked(tiny_text))
    assert done == []
    typeset_in(tmp_path, checked(tiny_text.replace("summary: Har nycklarna.", "summary: Har alla nycklar.")))
    assert done == ["checklista/haftet.pdf"]
    assert len(list(tmp_path.glob("*.pdf"))) == 4


def fill(content: bytes, values: Mapping[str, str | bool]) -> bytes:
    """Tick and type with PDFium, as in Chromium and Edge: by mouse and keys. Returns what it saves."""
    document = pdfium.PdfDocument(content)
    document.init_forms()
    form = document.formenv
    assert form is not None
    raw = pdfium.raw
    boxes = {name: (page, rect) for page, name, rect in rectangles(content)}
    pages = [document[number] for number in range(len(document))]
    for name, value in values.items():
        number, (left, bottom, right, top) = boxes[name]
        page = pages[number]
        x, y = c_float((left + right) / 2).value, c_float((bottom + top) / 2).value
        raw.FORM_OnMouseMove(form, page, 0, x, y)
        raw.FORM_OnLButtonDown(form, page, 0, x, y)
        raw.FORM_OnLButtonUp(form, page, 0, x, y)
        if isinstance(value, str):
            for letter in value:
                raw.FORM_OnChar(form, page, ord(letter), 0)
        raw.FORM_ForceToKillFocus(form)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def rectangles(content: bytes) -> list[tuple[int, str, list[float]]]:
    return [
        (number, str(field["/T"]), [float(edge) for edge in field["/Rect"]])
        for number, page in enumerate(reader(content).pages)
        for annotation in page.get("/Annots", [])
        if (field := annotation.get_object())["/Subtype"] == "/Widget"
    ]


def ink(content: bytes, name: str) -> int:
    """Return how many dark dots stand inside a field, away from its border, when it is drawn."""
    number, rect = next((n, r) for n, found, r in rectangles(content) if found == name)
    document = pdfium.PdfDocument(content)
    document.init_forms()
    page = document[number]
    scale = 3
    picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("L")
    left, bottom, right, top = (edge * scale for edge in rect)
    upper, lower = picture.height - top, picture.height - bottom
    inside = picture.crop((int(left) + 4, int(upper) + 4, int(right) - 4, int(lower) - 4))
    document.close()
    return sum(inside.histogram()[:128])


def test_fields_are_ticked_and_filled_and_keep_what_was_written(made: Made) -> None:
    content = made["checklista/barnfamilj-ekonomi-skuld.pdf"]
    tick, text = "barnfamilj-ekonomi-skuld-1-klart", "barnfamilj-ekonomi-skuld-1-signatur"
    assert ink(content, tick) == ink(content, text) == 0
    filled = fill(content, {tick: True, text: "Åsa Öd"})
    fields = PdfReader(BytesIO(filled)).get_fields() or {}
    assert fields[tick]["/V"] == "/On"
    assert fields[text]["/V"] == "Åsa Öd"
    assert ink(filled, tick) > 20
    assert ink(filled, text) > 50
    again = fill(filled, {tick: True})
    assert (PdfReader(BytesIO(again)).get_fields() or {})[tick]["/V"] == "/Off"


NAMES = ["Yıldız", "Łukasz Nowak", "Đorđević", "Nguyễn Thị", "Şerban Ğő", "Åsa Öd", "Maria Andersson-Berg"]


@pytest.mark.parametrize("typed", NAMES)
def test_a_name_is_drawn_in_the_document_s_own_font_and_is_not_cut(made: Made, typed: str) -> None:
    field = "barnfamilj-ekonomi-skuld-1-signatur"
    filled = fill(made["checklista/barnfamilj-ekonomi-skuld.pdf"], {field: typed})
    reader = PdfReader(BytesIO(filled))
    annotations: Any = reader.pages[0]["/Annots"]
    (drawn,) = [
        widget.get_object()["/AP"]["/N"].get_object()
        for widget in annotations
        if widget.get_object().get("/T") == field
    ]
    fonts = drawn["/Resources"]["/Font"]
    used = {
        fonts[name]["/BaseFont"] for name in re.findall(r"(/\S+) \S+ Tf", drawn.get_data().decode("latin-1"))
    }
    assert used == {"/AAAAAA+LiberationSans"}
    assert (reader.get_fields() or {})[field]["/V"] == typed
    left, right = edges(filled, field)
    assert 0 < left < right < 1


def edges(content: bytes, name: str) -> tuple[float, float]:
    """Return where what stands in a field begins and ends, as parts of its width."""
    number, rect = next((n, r) for n, found, r in rectangles(content) if found == name)
    document = pdfium.PdfDocument(content)
    document.init_forms()
    scale = 4
    picture = document[number].render(scale=scale, may_draw_forms=True).to_pil().convert("L")
    left, bottom, right, top = (edge * scale for edge in rect)
    box = (int(left) + 4, int(picture.height - top) + 4, int(right) - 4, int(picture.height - bottom) - 4)
    inside = picture.crop(box).point(lambda grey: 255 * (grey < 128))
    document.close()
    ink_from, _, ink_to, _ = inside.getbbox() or (0, 0, 0, 0)
    return ink_from / inside.width, ink_to / inside.width


def test_a_step_is_an_item_of_a_list_with_its_number_as_the_label(tree: Tree, made: Made) -> None:
    for situation in tree.situations:
        root: Any = reader(made[f"checklista/{situation.id}.pdf"]).root_object
        kinds = [kind for kind, inside in structure(root["/StructTreeRoot"]) if kind in ("/L", "/LI", "/Lbl")]
        steps = placed_steps(tree, situation)
        assert kinds.count("/LI") >= len(steps)
        assert kinds.count("/LI") == kinds.count("/Lbl")
        boxes = [inside for kind, inside in structure(root["/StructTreeRoot"]) if kind == "/Form"]
        assert sum("/LBody" in inside for inside in boxes) == 3 * len(steps)


def structure(node: Any, inside: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the kind of each element, and of those that it stands in."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from structure(one, inside)
    elif isinstance(node, dict):
        kind = str(node.get("/S", ""))
        if kind:
            yield kind, inside
        if "/K" in node:
            yield from structure(node["/K"], (*inside, kind))


def test_everything_is_black_and_white(made: Made) -> None:
    document = pdfium.PdfDocument(made["checklista/kronofogden-barnfamilj.pdf"])
    for page in document:
        colours = page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 24)
        assert all(r == g == b for _, (r, g, b) in colours)
    document.close()


def many(tiny_text: str, steps: int, sentence: str) -> Tree:
    start = tiny_text.index("      - action: trosta")
    end = tiny_text.index("gaps:")
    step = tiny_text[start:end]
    more = "".join(
        step.replace("action: trosta", f"id: nr-{n}\n        action: trosta") for n in range(steps - 2)
    )
    text = tiny_text[:end] + more + tiny_text[end:]
    return checked(
        text.replace('unnamed: "{opening} trösta {to}."', f'unnamed: "{{opening}} {sentence} {{to}}."')
    )


def test_forty_steps_stand_whole_on_their_pages(tiny_text: str) -> None:
    words = " ".join(["trösta", *(f"och lugna på sätt {n}" for n in range(40)), "hos"])
    content = typeset(checklists(many(tiny_text, 40, words)))["checklista/utan-vatten.pdf"]
    fields = fields_of(content)
    assert len([name for _, name, _, kind in fields if kind == "/Btn"]) == 40
    for number in range(1, 41):
        assert len({page for page, name, _, _ in fields if name.startswith(f"utan-vatten-{number}-")}) == 1
    assert sum(page.count(plain(words)) for page in text_of(content)) == 39  # all but the first
    assert broken_standards(content) == []


def test_a_very_long_step_loses_nothing(tiny_text: str) -> None:
    words = [f"ord{n}" for n in range(2500)]  # about as long as a text may be
    content = typeset(checklists(many(tiny_text, 2, " ".join(words))))["checklista/utan-vatten.pdf"]
    text = "".join(text_of(content))
    assert plain("".join(words[:5])) in text
    assert all(word in text for word in words)


def test_letters_of_other_languages_stand_there(tiny_text: str) -> None:
    text = "Łódź → Ждать ” – ő"
    tree = checked(tiny_text.replace("note: Kallt vatten.", f"note: '{text}'"))
    content = typeset(checklists(tree))["checklista/utan-vatten.pdf"]
    assert plain(text) in "".join(text_of(content))
    assert broken_standards(content) == []


def test_a_letter_that_the_font_has_not_is_named(tiny_text: str) -> None:
    tree = checked(tiny_text.replace("note: Kallt vatten.", "note: 冷水"))
    with pytest.raises(typesetter.PdfError, match="tecknet ”冷” finns inte i typsnittet"):
        typeset(checklists(tree))


def test_nothing_in_the_tree_runs_as_typesetting(tiny_text: str) -> None:
    hostile = '#panic("x") $x$ *a* _b_ `c` @d <e> = f // g \\ #include "h"'
    tree = checked(tiny_text.replace("note: Kallt vatten.", f"note: '{hostile}'"))
    content = typeset(checklists(tree))["checklista/utan-vatten.pdf"]
    assert plain(hostile) in "".join(text_of(content))


@pytest.mark.parametrize("library", ["typst", "pikepdf"])
def test_a_missing_library_stops_the_build_with_a_word_and_the_site_stays(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copy_small_project(tmp_path)
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("den senaste", "utf-8")
    from importlib import metadata

    real = metadata.version

    def version(name: str) -> str:
        if name == library:
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(typesetter, "version", version)
    assert main(["--root", str(project), "build"]) == 2
    assert "Ett bibliotek saknas" in capsys.readouterr().err
    assert (project / "site" / "index.html").read_text("utf-8") == "den senaste"
    assert not (project / "content" / "index.md").exists()


def test_papers_say_nothing_that_is_not_text(tree: Tree) -> None:
    for document in checklists(tree):
        assert json.loads(document.data)["title"]
