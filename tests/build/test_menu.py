"""What is empty is not in the menu."""

from __future__ import annotations

from pathlib import Path

from generator.build.menu import without_empty

SITE = Path("site")
LEAF = '<li class="md-nav__item">\n<a href="{}" class="md-nav__link">\n<span>X</span>\n</a>\n</li>'
SECTION = (
    '<li class="md-nav__item md-nav__item--section md-nav__item--nested">\n<label>Y</label>\n'
    '<nav class="md-nav">\n'
    '<ul class="md-nav__list" data-md-scrollfix>\n{}</ul>\n</nav>\n</li>'
)
FOOT = '<footer><ul><li><a href="{}">X</a></li><li><a href="{}">Y</a></li></ul></footer>'


def page(up: str = "", what: str = "") -> str:
    full, learn = (SECTION.format(LEAF.format(f"{up}{name}.html")) for name in ("gaps", "new"))
    foot = FOOT.format(f"{up}words.html", f"{up}map.html")
    return f'{LEAF.format(f"{up}index.html")}{full}{learn}<div class="r-page"{what}>{up}</div>{foot}'


def test_nothing_leads_to_an_empty_page_nor_stands_over_none() -> None:
    pages = {
        SITE / "index.html": page(),
        SITE / "below/page.html": page("../", ' data-kind="a"'),
        SITE / "new.html": page("./", " data-empty"),
        SITE / "words.html": page("", ' data-kind="a" data-empty'),
    }
    made = without_empty(SITE, pages)
    for path, html in made.items():
        assert "new.html" not in html
        assert "words.html" not in html
        assert html.count("<label>") == 1
        kept = [name for name in ("index.html", "gaps.html", "map.html") if name in html]
        assert len(kept) == 3, path
    assert without_empty(SITE, dict(list(pages.items())[:2])) == dict(list(pages.items())[:2])
