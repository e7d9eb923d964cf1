"""The first styles: what may match on a page is in them, in its order, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.first_styles import first_styles, put_first

WORDS = {"a", "p", "li", "menu", "main", "hidden", "open", "data-kind", "dark"}


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a{color:red}", "a{color:red}"),
        (".menu a:hover,.dialog a{color:red}", ".menu a:hover{color:red}"),
        ("#main>.menu::after{content:'}'}", '#main>.menu::after{content:"}"}'),
        (".dialog{color:red}table{color:red}#foot{color:red}", ""),
        ("[data-kind=dark] a{x:y}[data-kind=light] a{x:y}[lang]{x:y}", "[data-kind=dark] a{x:y}"),
        (":is(.dialog,.menu) a{x:y}:where(.dialog) a{x:y}", ":is(.dialog,.menu) a{x:y}"),
        ("a:not(.dialog){x:y}a:has(.dialog){x:y}", "a:not(.dialog){x:y}"),
        ("*{x:y}:root{x:y}a:nth-child(2){x:y}", "*{x:y}:root{x:y}a:nth-child(2){x:y}"),
        ("@media print{a{x:y}}", ""),
        (
            "@media (width>1em){.dialog{x:y}@supports (a:b){a{x:y}}}",
            "@media (width>1em){@supports (a:b){a{x:y}}}",
        ),
        ("@keyframes turn{from{x:y}}", "@keyframes turn{from{x:y}}"),
        (":root{--a:var(--b);--b:1;--c:2}a{x:var(--a)}", ":root{--a:var(--b);--b:1}a{x:var(--a)}"),
        (":root{--c:2}", ""),
    ],
)
def test_only_what_may_match_is_kept(css: str, kept: str) -> None:
    assert first_styles(css, WORDS) == kept


def test_a_page_loads_the_first_styles_before_its_content_and_all_of_them_after_it(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/theme.css").write_text("a{x:y} .js a{x:z} .dialog{x:y}")
    (tmp_path / "assets/own.css").write_text("p{x:y}")
    (tmp_path / "assets/early.js").write_text("document.documentElement.className = 'js'")
    styles = "".join(f'<link rel="stylesheet" href="assets/{name}.css">' for name in ("theme", "own"))
    early = '<script src="assets/early.js"></script>'
    printed = '<link rel="stylesheet" href="assets/print.css" media="print">'
    late = '<script src="assets/late.js"></script>'
    html = f"<head>{early}{styles}{printed}</head><body><p><a></a></p>{late}</body></html>"
    page = put_first(tmp_path, html)
    (first,) = tmp_path.glob("assets/first.*.min.css")
    assert first.read_text() == "a{x:y}.js a{x:z}p{x:y}"
    link = f'<link rel="stylesheet" href="assets/{first.name}">'
    assert page == f"<head>{early}{link}{printed}</head><body><p><a></a></p>{late}{styles}</body></html>"
    assert put_first(tmp_path, "<head></head><body></body>") == "<head></head><body></body>"
