"""The glossary: words are marked where they stand, explained on the same page, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from generator.model import Term, Text, Tree
from generator.outputs import outputs
from generator.pages import glossary_links
from generator.routine.glossary import finder, forms, pattern, texts
from generator.routine.steps import placed_steps
from tests.conftest import checked

# The pages whose texts are the routine's. The others list names, numbers or versions; a question is answered
# at a glance, and "vet inte" explains its words.
MARKED = ("vet-inte/", "situation/", "lucka/", "avsnitt/", "enhet/", "atgard/", "ny-har/")
MARKED_ALONE = ("luckor.md", "grunder.md", "enheter.md")
NO_LINK = {
    "a",
    "label",
    "summary",
    "button",
    "legend",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "th",
    "select",
    "dt",
}
# Names, places in the document, and what says again what the page says elsewhere.
BESIDE = {"r-cite", "r-force", "r-people", "r-version", "r-why", "r-event", "r-option", "r-mine"}
BESIDE |= {"r-trail", "r-elsewhere", "r-terms", "r-words", "r-hidden", "r-case", "r-facts", "r-confirm"}
VOID = {"br", "input", "meta", "link", "img", "hr"}


class Looked(HTMLParser):
    """What a page says where words are explained, and how."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, frozenset[str]]] = []
        self.prose: list[str] = []
        self.marks: list[tuple[int, str, str, str]] = []  # section, id, what it says, what it stands in
        self.explained: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.section = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = frozenset(given.get("class", "").split())
        if tag in ("h1", "h2"):
            self.section += 1
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        if tag == "div" and given.get("id", "").startswith("ord-"):
            self.explained.append(given["id"].removeprefix("ord-"))
        if "r-term" in classes:
            inside = " ".join(self._no_link())
            self.marks.append((self.section, given["href"].removeprefix("#ord-"), "", inside))
        if tag not in VOID:
            self.open.append((tag, classes))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and "r-term" in self.open[-1][1]:
            section, id, said, inside = self.marks[-1]
            self.marks[-1] = (section, id, said + data, inside)
        classes = {c for _, classes in self.open for c in classes}
        if not self._no_link() and not classes & BESIDE:
            self.prose.append(data)

    def _no_link(self) -> list[str]:
        """Return what holds this place and may hold no link; the label of a step's box is its sentence."""
        step = any("r-sentence" in classes for _, classes in self.open)
        around = [name for name, classes in self.open if "r-term" not in classes]
        return [name for name in around if name in NO_LINK and not (step and name == "label")]


def look(page: str) -> Looked:
    looked = Looked()
    looked.feed(page.partition("---\n\n")[2])
    looked.close()
    return looked


@pytest.fixture(scope="module")
def looked(made: Mapping[str, str]) -> Mapping[str, Looked]:
    chosen = [p for p in made if p.endswith(".md") and (p.startswith(MARKED) or p in MARKED_ALONE)]
    return {path: look(made[path]) for path in chosen}


def words(*named: str) -> tuple[Term, ...]:
    return tuple(
        Term(id=Text(first), term=Text(first), forms=tuple(map(Text, rest)), meaning=Text("Något."), own=True)
        for first, *rest in (name.split("/") for name in named)
    )


def ids_in(terms: Sequence[Term], text: str) -> list[str]:
    return [str(term.id) for _, term in finder(terms)(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("En sten föll.", ["sten"]),
        ("Stenen föll.", ["sten"]),
        ("Kantsten, stenen-i-skon och stenar.", []),
        ("En rund sten föll på en sten.", ["rund sten", "sten"]),
        ("stenen/berget", ["sten", "berg"]),
    ],
)
def test_whole_words_are_found_the_longest_first(text: str, found: list[str]) -> None:
    assert ids_in(words("sten/stenen", "rund sten", "berg/berget"), text) == found


def test_without_words_nothing_is_found() -> None:
    assert not pattern(()).search("ord")
    assert (
        glossary_links.with_explanations(str(glossary_links.marked("Ett ord & två.")), (), lambda *_: "")
        == "Ett ord &amp; två."
    )


def test_a_word_is_marked_once_in_each_section() -> None:
    twice, again = glossary_links.marked("sten och sten"), glossary_links.marked("sten")
    page = f"<h2>Ett</h2>{twice}{again}<h2>Två</h2>{again}"
    made = glossary_links.with_explanations(
        page + glossary_links.HERE, words("sten"), lambda found, _: f"[{found[0].term.id}]"
    )
    assert made.count("r-term") == 2
    assert made.count('id="ur-sten"') == 1
    assert made.endswith("[sten]")


def test_a_page_that_marks_words_has_to_explain_them() -> None:
    with pytest.raises(ValueError, match="does not explain"):
        glossary_links.with_explanations(str(glossary_links.marked("en sten")), words("sten"), lambda *_: "")


def test_neither_markup_nor_the_marks_own_letters_get_through() -> None:
    text = f"<b>sten</b> {glossary_links.HERE}{glossary_links.ALL}"
    made = glossary_links.with_explanations(
        f"{glossary_links.marked(text)}|{glossary_links.HERE}", words("sten"), lambda *_: "!"
    )
    assert "<b>" not in made
    assert made.endswith(" |!")


def test_every_word_is_explained_on_every_page_where_it_stands(
    tree: Tree, looked: Mapping[str, Looked]
) -> None:
    missing: dict[tuple[str, str], str] = {}
    find = finder(tree.terms)
    for path, page in looked.items():
        standing = {str(term.id): text for text in page.prose for _, term in find(text)}
        missing |= {(path, id): text for id, text in standing.items() if id not in page.explained}
    assert missing == {}


def test_every_word_is_marked_in_the_sections_where_sentences_have_it(
    tree: Tree, looked: Mapping[str, Looked]
) -> None:
    for situation in tree.situations:
        marked = {id for _, id, _, _ in looked[f"situation/{situation.id}.md"].marks}
        for placed in placed_steps(tree, situation):
            assert set(ids_in(tree.terms, placed.sentence)) <= marked, placed.id
    for unit in tree.units:
        marked = {id for _, id, _, _ in looked[f"enhet/{unit.id}.md"].marks}
        said = [unit.summary, *(duty.text for duty in unit.duties)]
        assert {id for text in said for id in ids_in(tree.terms, text)} <= marked


def test_a_mark_is_one_form_of_its_word_and_stands_in_no_link_label_or_heading(
    tree: Tree, looked: Mapping[str, Looked]
) -> None:
    for path, page in looked.items():
        for _, id, said, inside in page.marks:
            assert said.lower() in {form.lower() for form in forms(tree.get(id, Term))}, path
            assert inside == "", (path, said)
        once = [(section, id) for section, id, _, _ in page.marks]
        assert len(once) == len(set(once)), path


def test_every_mark_and_every_way_back_leads_somewhere_on_the_page(looked: Mapping[str, Looked]) -> None:
    for path, page in looked.items():
        inner = [link for link in page.links if link.startswith(("#ord-", "#ur-"))]
        assert {link[1:] for link in inner} <= set(page.ids), path
        assert len(page.ids) == len(set(page.ids)), path


def test_marking_changes_no_text(tree: Tree, real_text: str, made: Mapping[str, str]) -> None:
    without = outputs(replace(tree, terms=(), introduction=()), real_text)
    for path, page in made.items():
        if path.endswith(".md") and path.startswith(MARKED[:-1]):
            unmarked = re.sub(r'<a class="r-term"[^>]*>([^<]*)</a>', r"\1", page)
            unmarked = re.sub(
                r'<(section|details) class="(r-fold )?r-terms".*?</\1>', "", unmarked, flags=re.S
            )
            assert "".join(unmarked.split()) == "".join(without[path].split()), path


def test_the_navigator_s_data_and_rutin_json_hold_no_marks(made: Mapping[str, str]) -> None:
    for path in ("assets/navigator-data.js", "rutin.json"):
        assert "r-term" not in made[path]
        assert glossary_links.unmarked(made[path]) == made[path]


def test_the_reader_sees_whose_an_explanation_is(tree: Tree, made: Mapping[str, str]) -> None:
    page = made["ordlista.md"]
    for term in tree.terms:
        entry = page.partition(f'<div id="{term.id}">')[2].partition("</div>")[0]
        assert str(term.meaning) in entry
        assert ("Verktygets förklaring, inte rutinens." in entry) == term.own
        assert term.own or "r-cite" in entry
        assert not term.gap or f"luckor.html#{term.gap}" in entry or "lucka/" in entry


def test_there_is_a_glossary_of_a_size_to_read(tree: Tree) -> None:
    assert 15 <= len(tree.terms) <= 35
    assert any(term.own for term in tree.terms)
    assert any(not term.own for term in tree.terms)


def test_an_explanation_names_no_paragraph_of_law_that_the_routine_does_not(tree: Tree) -> None:
    said = " ".join(texts(tree))
    for term in tree.terms:
        for law in re.findall(r"\d+ kap\.|\d+ §|\(\d{4}:\d+\)", term.meaning):
            assert law in said, term.id


def test_a_tree_without_words_has_an_empty_glossary(tiny_text: str) -> None:
    text = tiny_text.partition("terms:\n  - id: behallaren")[0]
    made = outputs(checked(text), text)
    assert "Rutinen har ingen ordlista än." in made["ordlista.md"]
    assert "Rutinen har ingen introduktion än." in made["ny-har.md"]
    assert not [path for path, page in made.items() if "r-term" in page]
