"""The search index that is made of built pages: sentences, no debris, and words that are not shown."""

from __future__ import annotations

import json
from pathlib import Path

from generator.build.search_index import Entry, add_spellings, entries_of, write

PAGE = """<!doctype html><html><body><nav>Meny</nav>
<div id="innehall" data-search-title="Ringa" data-search-weight="2"
  data-first-for="telefon" data-also-for="mobil">
<h1>Ringa</h1>
<p>Ring <a href="#x">först</a>.<span class="r-hidden"> Steg 1 är gjort</span></p>
<dl><div><dt>Vem</dt><dd>Vaktmästaren<br>Rektorn</dd></div></dl>
<table><tr><th>Dag</th><td>Natt</td></tr></table>
<details data-no-search><summary>Varför?</summary><p>Därför.</p></details>
<fieldset><legend>Min enhet</legend><label>Alla</label></fieldset>
<h2 id="sedan">Sedan<a class="headerlink" href="#sedan">¶</a></h2>
<ul><li>Skriv upp det.<p>Gärna genast.</p></li></ul>
</div></body></html>"""


def made(folder: Path, text: str = PAGE) -> list[Entry]:
    page = folder / "ringa.html"
    page.write_text(text, "utf-8")
    return entries_of(page, folder)


def test_a_page_and_its_parts_are_sentences_of_their_own(tmp_path: Path) -> None:
    whole, part = made(tmp_path)
    assert (whole.location, whole.title, whole.weight) == ("ringa.html", "Ringa", 2.0)
    assert whole.blocks == ["Ring först.", "Vem: Vaktmästaren Rektorn", "Dag: Natt"]
    assert (whole.first, whole.also) == (["telefon"], ["mobil"])
    assert (part.location, part.title, part.above) == ("ringa.html#sedan", "Sedan", "Ringa")
    assert part.blocks == ["Skriv upp det.", "Gärna genast."]


def test_a_page_without_weight_or_content_is_not_found(tmp_path: Path) -> None:
    assert made(tmp_path, PAGE.replace('weight="2"', 'weight="0"')) == []
    assert made(tmp_path, "<!doctype html><html><body><p>Hej.</p></body></html>") == []


def test_ends_of_compounds_and_plain_letters_are_found() -> None:
    entries = [
        Entry("a.html", "Störningsjouren kommer", 1),
        Entry("b.html", "Vid störning", 1),
        Entry("c.html", "Rummet", 1),
        Entry("d.html", "Klassrummet", 1, first=["årsbok"]),
    ]
    add_spellings(entries)
    jour, disturbance, room, classroom = entries
    assert {"jouren", "storningsjouren"} <= set(jour.also)
    assert disturbance.also == ["storning"]
    assert room.also == []
    assert "rummet" in classroom.also
    assert classroom.first == ["årsbok", "arsbok"]


def test_english_words_are_found_by_their_forms_and_not_by_their_ends() -> None:
    entries = [Entry("a.html", "Noting the duties", 1), Entry("b.html", "Keys, a latchkey", 1)]
    add_spellings(entries, "en")
    duties, keys = entries
    assert {"note", "noted", "notes", "duty"} <= set(duties.also)
    assert {"key", "latchkeys"} <= set(keys.also)
    assert not {"the", "thing", "noting", "keys"} & {*duties.also, *keys.also}
    add_spellings(entries := [Entry("a.html", "Lock", 1), Entry("b.html", "Padlock", 1)], "en")
    assert "lock" not in entries[1].also


def test_both_engines_get_the_same_words_and_show_none_of_them(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "search_index.json").write_text("{}", "utf-8")
    (tmp_path / "search.json").write_text('{"config": {}}', "utf-8")
    write(tmp_path)
    for name in ("search/search_index", "search"):
        text = (tmp_path / f"{name}.json").read_text("utf-8")
        assert (tmp_path / f"{name}.js").read_text("utf-8") == f"var __index = {text}"
        assert "telefon" in text
        assert "Varför" not in text
    assert "<span hidden>telefon </span>Ringa" in (tmp_path / "search.json").read_text("utf-8")


def test_what_stands_behind_all_else_is_left_out_where_nothing_weighs(tmp_path: Path) -> None:
    made(tmp_path, PAGE.replace('weight="2"', 'weight="0.0005"'))
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "search_index.json").write_text("{}", "utf-8")
    (tmp_path / "search.json").write_text('{"config": {}}', "utf-8")
    write(tmp_path)
    assert "telefon" in (tmp_path / "search" / "search_index.json").read_text("utf-8")
    assert json.loads((tmp_path / "search.json").read_text("utf-8"))["items"] == []
