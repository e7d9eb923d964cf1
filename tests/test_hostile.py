"""Content is data: whatever the editor writes stands there as it was written, or is refused with a reason."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pypdfium2 as pdfium
import pytest
from lxml import etree
from pypdf import PdfReader

from generator.build import disk
from generator.diff import history
from generator.model import (
    Gap,
    Question,
    Role,
    Routine,
    Section,
    Situation,
    Statement,
    Step,
    Tree,
    Value,
    Wording,
)
from generator.navigator.single_file import ASSETS
from generator.outputs import outputs
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.documents import printed_documents
from generator.printing.font import glyphs
from generator.printing.glyph_coverage import missing_glyphs
from generator.reading.diagnostics import Diagnostic
from generator.rules import check
from tests import hostile
from tests.conftest import REAL, ROOT, TINY
from tests.hostile.markup import Markup, page, squeezed
from tests.playground import TREE as PLAYGROUND
from tests.tiers import few

RIGHT_TO_LEFT = hostile.kinds()["hebrew-and-arabic"]
# A letter that joins another, or one that is written from the right: paper holds it in another order.
NOT_IN_ORDER = re.compile("[\u0300-\u036f\u0590-\u08ff\u0130\ufb00-\ufb06]")
# What a page may say about itself, before its markup.
META = {
    "title",
    "hide",
    "generated",
    "navigator",
    "introduction",
    "many",
    "digest",
    "version",
    "first_for",
    "folds",
    "also_for",
    "practice",
    "pictures",
    "search",
    "settles",
    "scripts",
}


def problems(text: str) -> list[Diagnostic]:
    """Return everything that keeps a tree from being used, as the command line does."""
    tree, found = check(text)
    if found or tree is None:
        return found
    return [*missing_glyphs(tree, glyphs()), *history.problems(tree, earlier(tree, text), 0)]


def earlier(tree: Tree, text: str) -> dict[str, str]:
    """Return the versions before this one, as if each had been the same."""
    return {str(revision.version): text for revision in tree.revisions[1:]}


@cache
def made(text: str) -> Mapping[str, str]:
    """Return everything that becomes of a tree's text but paper."""
    tree, found = check(text)
    assert tree is not None, found[:3]
    assert found == []
    assert problems(text) == []
    assets = disk.read_assets(ROOT / "site_overrides" / "assets", ASSETS)
    return outputs(tree, text, assets, revised=history.history(tree, earlier(tree, text)))


@cache
def pages(text: str) -> Mapping[str, Markup]:
    """Return every page, each read after Markdown has read it, by its path."""
    read = {path: page(source) for path, source in made(text).items() if path.endswith(".md")}
    for meta, _ in read.values():
        assert set(meta) <= META
        assert all(
            re.fullmatch(r"assets/navigator[a-z0-9/.-]*\.js", path) for path in meta.get("scripts", [])
        )
    return {path: markup for path, (_, markup) in read.items()} | {
        "navigator.html": Markup(made(text)["navigator.html"])
    }


def filled(tree: Path, words: str) -> hostile.Filled:
    return hostile.filled(tree.read_text("utf-8"), lambda number: hostile.marked(words, number))


def harmless(words: str) -> str:
    """Return words that nothing could take for anything else, with the same space between them."""
    return re.sub(r"\S+", "ord", words) if re.search(r"\s\s|[^\S ]", words) else "Ofarliga ord"


def same_as_harmless(found: hostile.Filled, plain: hostile.Filled) -> None:
    """Fail when the words do anything to any page, or are missing."""
    expected = pages(plain.text)
    assert pages(found.text).keys() == expected.keys()
    for path, markup in pages(found.text).items():
        more, fewer = markup.shape - expected[path].shape, expected[path].shape - markup.shape
        assert (path, more, fewer) == (path, Counter(), Counter())
        assert led_to(markup) == led_to(expected[path])
    assert seen(found) == seen(plain)


def seen(found: hostile.Filled) -> set[hostile.Place]:
    """Return the places whose text stands on some page, or in the data for other systems, word for word."""
    said = "".join(markup.said for markup in pages(found.text).values())
    said += squeezed("".join(texts_in(json.loads(made(found.text)["rutin.json"]))))
    return {place for place, words in found.said.items() if squeezed(words) in said}


def texts_in(data: Any) -> Iterator[str]:
    """Yield every text in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for item in data.values() if isinstance(data, dict) else data:
            yield from texts_in(item)


def led_to(markup: Markup) -> Counter[tuple[str, str, str]]:
    """Count what the attributes say that are never made of a text; of a mail link, to whom it goes."""
    return Counter(
        (element, name, value.split("?subject=")[0] if value.startswith("mailto:") else value)
        for element, name, value in markup.values
        if name in ("href", "src", "id", "class", "name", "for", "style", "action")
    )


# --- Every place --------------------------------------------------------------------------------------


def test_every_text_of_the_model_is_either_free_or_closed_and_the_playground_has_them_all() -> None:
    """A new key that holds text is filled with hostile ones without anybody thinking of it."""
    declared = set(hostile.text_keys())
    found = set(hostile.places(hostile.read(PLAYGROUND.read_text("utf-8"))))
    assert {(place.owner, place.field) for place in found} == declared
    free = {(place.owner, place.field) for place in found if place.free}
    assert free | {(o, f) for o, f in declared if not hostile.is_free(o, f)} == declared
    assert set(hostile.CLOSED) <= declared
    assert len(free) > 50


def test_a_filled_tree_is_the_same_tree_with_other_words() -> None:
    for path in (PLAYGROUND, TINY, REAL):
        found = filled(path, "Ofarliga ord")
        assert problems(found.text) == []
        texts = [place for place in hostile.places(hostile.read(found.text)) if place.free]
        assert texts == list(found.said)


def test_the_playground_shows_every_kind_of_text_to_some_reader() -> None:
    found = filled(PLAYGROUND, "Ofarliga ord")
    free = {(place.owner, place.field) for place in found.said}
    # Who answers for other words stands in the tree alone; the menu is made by the engine.
    kept = {(Wording, "by"), (Wording, "places"), (Section, "menu")}
    assert {(place.owner, place.field) for place in seen(found)} == free - kept


# --- Pages --------------------------------------------------------------------------------------------


@pytest.mark.full
@pytest.mark.parametrize("words", hostile.shown(), ids=lambda words: ascii(words)[:40])
def test_a_hostile_text_stands_in_every_page_as_it_was_written_and_does_nothing(words: str) -> None:
    same_as_harmless(filled(TINY, words), filled(TINY, harmless(words)))


@pytest.mark.parametrize("turn", few(range(4), 1))
def test_so_do_all_of_them_each_in_a_place_of_its_own_where_every_key_is_used(turn: int) -> None:
    found, plain = (mixed(PLAYGROUND.read_text("utf-8"), turn, change) for change in (str, harmless))
    same_as_harmless(found, plain)


def mixed(text: str, turn: int, change: Callable[[str], str], first: int = 0) -> hostile.Filled:
    """Fill a tree with all words, each place with another at each turn."""
    words = hostile.shown()
    return hostile.filled(
        text, lambda n: hostile.marked(change(words[(n + 23 * turn) % len(words)]), n + first)
    )


@pytest.mark.full
def test_so_do_all_of_them_together_where_every_key_is_used() -> None:
    words = " ".join(w for w in hostile.shown() if w != hostile.LONG_WORD)
    same_as_harmless(filled(PLAYGROUND, words), filled(PLAYGROUND, harmless(words)))


@pytest.mark.full
def test_so_do_they_in_the_real_tree_each_in_a_few_places() -> None:
    words = [w for w in hostile.shown() if w != hostile.LONG_WORD]
    found = hostile.filled(REAL.read_text("utf-8"), lambda n: hostile.marked(words[n % len(words)], n))
    said = "".join(page(source)[1].said for path, source in made(found.text).items() if path.endswith(".md"))
    for place, text in found.said.items():
        if (place.owner, place.field) in (
            (Situation, "title"),
            (Gap, "text"),
            (Step, "note"),
            (Statement, "text"),
        ):
            assert squeezed(text) in said, place


# --- What is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", hostile.refused(), ids=lambda words: ascii(words)[:40])
def test_what_nobody_sees_or_no_paper_can_show_is_refused_where_it_stands(words: str) -> None:
    for escaped in (False, True):
        data = hostile.read(TINY.read_text("utf-8"))
        data["gaps"][0]["text"] = f"x {words}"
        text = json.dumps(data, ensure_ascii=False, indent=1)
        if escaped:
            text = text.replace(words, "".join(f"\\U{ord(letter):08x}" for letter in words))
        [line] = [n for n, line in enumerate(text.split("\n"), start=1) if '"text": "x ' in line]
        found = problems(text)
        assert [(d.rule, d.pos.line) for d in found] == [(found[0].rule, line)] * len(found)
        assert found[0].rule in ("syntax", "letter")


def test_every_text_of_the_well_known_list_is_shown_as_it_is_or_refused_where_it_stands() -> None:
    tiny = TINY.read_text("utf-8")
    allowed = []
    tried = few(hostile.naughty(), 100)
    for words in tried:
        data = hostile.read(tiny)
        data["gaps"][0]["text"] = words
        found = problems(hostile.written(data))
        if found:
            lines = hostile.written(data).split("\n")
            line = next(
                n for n, r in enumerate(lines, 1) if '"text": ' + json.dumps(words, ensure_ascii=False) in r
            )
            assert {d.rule for d in found} <= {"syntax", "letter", "empty-text"}, words
            assert {d.pos.line for d in found} == {line}, words
        else:
            allowed.append(words)
    assert len(tried) * 0.6 < len(allowed) < len(tried)
    for first in range(3):
        words = " ".join(allowed[first::3])
        same_as_harmless(filled(TINY, words), filled(TINY, harmless(words)))


def test_what_is_no_free_text_takes_no_hostile_one() -> None:
    """An id, a date, a choice, an address, a citation: each place is tried by itself."""
    text, words = PLAYGROUND.read_text("utf-8"), '../sv"><b>x</b> javascript:x?x&bcc=y@example.org'
    tried = {}
    for place in hostile.places(hostile.read(text)):
        if not place.free and (place.owner, place.field) not in tried:
            data = hostile.read(text)
            hostile.put(data, place.path, words)
            tried[place.owner, place.field] = problems(hostile.written(data))
    assert {key for key, found in tried.items() if not found} == set()


def test_a_name_that_is_no_slot_of_a_wording_is_refused() -> None:
    data = hostile.read(TINY.read_text("utf-8"))
    data["actions"][0]["text"] += " {title} {0} {}"
    assert {d.rule for d in problems(hostile.written(data))} == {"wording"}


TERMS = ("amp", "lt", "gt", "34", "39", "b", "R&D", "<b>", "service", "i", "$&a", "\\1", "x)(y", "[a-z]")


def test_a_word_of_the_glossary_is_marked_in_the_text_and_never_in_its_markup() -> None:
    """Also when it is spelt as a sign's name in markup, as an expression, or with letters like another's."""
    data = hostile.read(TINY.read_text("utf-8"))
    for number, term in enumerate(TERMS):
        data["terms"].append({"id": f"t{number}", "term": term, "meaning": f"Betyder {term}.", "own": "true"})
    # The long s and the dotless i are other letters, but the same in another case.
    said = "R & B, \"x\" 'y' < z > R&D <b> \u017fervice \u0131 $&a \\1 x)(y [a-z] amp lt gt 34 39 b i"
    data["gaps"][0]["text"] = said
    markup = pages(hostile.written(data))["luckor.md"]
    assert squeezed(said) in markup.said
    assert "&" not in "".join(name for _, name, _ in markup.values)
    marked = [value for _, name, value in markup.values if name == "href" and value.startswith("#ord-t")]
    assert len(marked) == len(set(marked)) == len(TERMS)


# --- Data, mail and the picture ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything() -> hostile.Filled:
    return filled(PLAYGROUND, " ".join(hostile.shown()[::3]))


def test_the_navigator_s_data_is_data_and_ends_no_script(everything: hostile.Filled) -> None:
    script = made(everything.text)["assets/navigator-data.js"]
    before, after = "window.rutinData = ", ";\n"
    assert script.startswith(before)
    assert script.endswith(after)
    assert script.count("\n") == 1
    assert not re.search("[<\u2028\u2029]", script)
    data = json.loads(script.removeprefix(before).removesuffix(after))
    asking = ((Question, "text"), (Value, "ask"))
    said = {words for place, words in everything.said.items() if (place.owner, place.field) in asking}
    told = {question["text"] for question in data["questions"].values()}
    (together,) = said - told  # asks for several at once
    assert told | {together} == said


def test_the_data_for_other_systems_holds_every_text_letter_for_letter(everything: hostile.Filled) -> None:
    data = json.loads(made(everything.text)["rutin.json"])
    texts = set(texts_in(data))
    for place, words in everything.said.items():
        if (place.owner, place.field) in (
            (Situation, "title"),
            (Gap, "text"),
            (Value, "label"),
            (Routine, "title"),
        ):
            assert words in texts


def test_the_single_file_has_no_script_or_style_but_its_own(everything: hostile.Filled) -> None:
    plain = filled(PLAYGROUND, "Ofarliga ord")
    one, other = (Markup(made(found.text)["navigator.html"]) for found in (everything, plain))
    assert one.shape == other.shape
    assert len(one.scripts) == len(other.scripts) == 2
    assert one.scripts[0] == other.scripts[0]


def test_a_mail_link_has_a_subject_and_a_body_and_goes_to_the_contact_alone(
    everything: hostile.Filled,
) -> None:
    owner = next(words for place, words in everything.said.items() if place.owner is Role)
    links = 0
    for markup in pages(everything.text).values():
        for _, name, value in markup.values:
            if name == "href" and value.startswith("mailto:"):
                mail = urlsplit(value)
                assert mail.path in {f"{name}@example.org" for name in ("lekplats", "belysning", "garanti")}
                assert mail.fragment == ""
                if mail.query:
                    assert mail.path == "lekplats@example.org"
                    parts = parse_qsl(mail.query, strict_parsing=True)
                    assert [key for key, _ in parts] == ["subject", "body"]
                    assert "\n" not in parts[0][1]
                    assert squeezed(owner) in squeezed(parts[1][1])
                    links += 1
    assert links > 5


def test_the_map_is_a_picture_with_texts_and_nothing_else(everything: hostile.Filled) -> None:
    source = made(everything.text)["karta.md"]
    [svg] = re.findall("<svg.*?</svg>", source, re.DOTALL)
    tree = etree.fromstring(svg)
    names = {etree.QName(element).localname for element in tree.iter()}
    assert names <= {"svg", "title", "desc", "g", "a", "path", "rect", "text", "tspan"}
    said = squeezed("".join(tree.itertext()))
    for place, words in everything.said.items():
        if (place.owner, place.field) == (Situation, "short"):
            assert squeezed(words) in said


# --- Paper ------------------------------------------------------------------------------------------------


@cache
def on_paper(text: str) -> Mapping[str, bytes]:
    tree, found = check(text)
    assert tree is not None, found[:3]
    assert found == []
    site = Site.of(tree, text)
    sheets = list(printed_documents(site, "https://rutin.example.org/"))
    with TemporaryDirectory() as folder:
        return typesetter.typeset(sheets, "2025-09-01", Path(folder))


def printed(content: bytes) -> str:
    """Return what a PDF says, without white space, ligatures and the sign for a divided word."""
    document = pdfium.PdfDocument(content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return squeezed(re.sub("[\ufffe\u200b]", "", unicodedata.normalize("NFKC", text)))


def seen_on_paper(found: hostile.Filled) -> dict[str, set[hostile.Place]]:
    """Return each paper's places: their text stands on it letter for letter, or what tells it from others."""
    said = {}
    for path, content in on_paper(found.text).items():
        text = printed(content).replace("-", "")  # a line may end at one
        said[path] = {place for place, words in found.said.items() if _as_printed(words) in text}
    return said


def _as_printed(words: str) -> str:
    if NOT_IN_ORDER.search(words):
        return next(word for word in words.split() if re.fullmatch("q[0-9]+q", word))
    return squeezed(unicodedata.normalize("NFKC", words)).replace("-", "")


@pytest.mark.parametrize("turn", few(range(4), 1))
def test_every_text_is_only_text_on_paper(turn: int) -> None:
    """Each place holds another text each time, so that each text has stood in many."""
    words = [w for w in hostile.shown() if w not in (hostile.LONG_WORD, *RIGHT_TO_LEFT)]
    tiny = TINY.read_text("utf-8")
    found = hostile.filled(tiny, lambda n: hostile.marked(words[(n + 23 * turn) % len(words)], n))
    assert seen_on_paper(found) == seen_on_paper(filled(TINY, "Ofarliga ord"))


def test_what_is_written_from_the_right_is_on_paper_too() -> None:
    found = filled(TINY, " ".join(RIGHT_TO_LEFT))
    assert seen_on_paper(found) == seen_on_paper(filled(TINY, "Ofarliga ord"))
    letters = set("".join(RIGHT_TO_LEFT)) - {" "}
    assert all(letters <= set(printed(content)) for content in on_paper(found.text).values())


def test_a_title_that_looks_like_a_private_link_makes_no_field() -> None:
    found, plain = filled(TINY, "field:text/x/y"), filled(TINY, "Ofarliga ord")
    for path, content in on_paper(found.text).items():
        fields = PdfReader(BytesIO(content)).get_fields() or {}
        assert fields.keys() == (PdfReader(BytesIO(on_paper(plain.text)[path])).get_fields() or {}).keys()


def test_a_word_that_is_longer_than_any_page_is_wide_stays_on_paper() -> None:
    """Whatever is broken or goes on over the page stands there in full."""
    found = filled(TINY, hostile.LONG_WORD)
    for path, content in on_paper(found.text).items():
        for number, sheet in enumerate(pdfium.PdfDocument(content)):
            width, height = sheet.get_size()
            letters = sheet.get_textpage()
            boxes = [letters.get_rect(at) for at in range(letters.count_rects())]
            outside = [box for box in boxes if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height]
            assert outside == [], (path, number)
    plain = seen_on_paper(filled(TINY, "Ofarliga ord"))
    for path, content in on_paper(found.text).items():
        said = printed(content)
        assert said.count("längst") >= len(plain[path]) * 833, path
