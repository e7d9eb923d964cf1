"""Postprocessing a built site, and verifying it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.postprocess import POLICY, finish, finished
from generator.build.verify import problems

HEAD = '<meta charset="utf-8">'
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


def test_the_policy_stands_before_anything_that_could_run() -> None:
    made = finished(f'<head>{HEAD}<script src="assets/a.js"></script></head>', {})
    assert made.index("Content-Security-Policy") < made.index("<script")


def test_the_policy_lets_nothing_inline_and_nobody_else_in() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY
    assert POLICY.startswith("default-src 'none';")


def test_a_script_or_style_is_referred_to_by_its_content(tmp_path: Path) -> None:
    def built(script: str) -> str:
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "assets/a.js").write_text(script)
        (tmp_path / "assets/main.0123abcd.min.css").write_text("p {}")
        (tmp_path / "below").mkdir(exist_ok=True)
        (tmp_path / "below/page.html").write_text(
            HEAD + '<script src="../assets/a.js"></script><script src="../assets/gone.js"></script>'
            '<link rel="stylesheet" href="/sub/assets/main.0123abcd.min.css"><a data-src="assets/a.js"></a>'
        )
        finish(tmp_path)
        return (tmp_path / "below/page.html").read_text()

    first, again, other = built("1"), built("1"), built("2")
    assert first == again
    assert first != other
    assert first.count("?v=") == 2  # where it runs, and where it is fetched beforehand
    assert '<script src="../assets/a.js?v=' in first
    assert 'data-src="assets/a.js"' in first


def test_what_a_page_waits_for_is_fetched_before_the_policy_is_read() -> None:
    """A browser looks no further ahead than to the policy; what is put off, for paper or last can wait."""
    made = finished(
        f'{HEAD}<link rel="stylesheet" href="assets/a.css">'
        '<link rel="stylesheet" href="assets/p.css" media="print">'
        '<script src="assets/b.js"></script><script src="assets/c.js" defer></script>'
        '<main></main><script src="assets/d.js"></script>',
        {"assets/b.js": "0a"},
    )
    assert made.startswith(
        f'{HEAD}<link rel="preload" href="assets/a.css" as="style">'
        f'<link rel="preload" href="assets/b.js?v=0a" as="script">{META}'
    )
    assert made.count("preload") == 2


def test_a_page_with_a_policy_of_its_own_stays_as_it_is() -> None:
    own = f"""{HEAD}<meta http-equiv="Content-Security-Policy" content="script-src 'sha256-x'">"""
    assert finished(own, {}) == own


def test_only_one_skip_link_is_left_and_no_address_from_the_root() -> None:
    html = (
        '<div data-md-component="skip">\n<a href="#__skip" class="md-skip">Hoppa</a></div><a class="md-skip">'
    )
    assert finished(html, {}).count('class="md-skip"') == 1
    assert finished('<link rel="canonical" href="/x.html">', {}) == ""
    full = '<link rel="canonical" href="https://example.org/x.html">'
    assert finished(full, {}) == full


def test_markup_has_no_room_but_where_it_is_read() -> None:
    html = "<p> a  b \n\n\t c</p>\n  <pre>d\n\n  <b>e</b></pre> \n <textarea>\n  f</textarea>\n\n<i>g</i>\n"
    slim = "<p> a  b \nc</p>\n<pre>d\n\n  <b>e</b></pre> \n<textarea>\n  f</textarea>\n<i>g</i>\n"
    assert finished(html, {}) == slim


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>Text</p>", ""),
        ('<script type="application/json">{}</script>', ""),
        ("<script>run()</script>", "<script>"),
        ('<script type="module">run()</script>', "<script>"),
        ("<style>p {}</style>", "<style>"),
        ('<p style="color: red">Text</p>', "style"),
        ('<svg><path onclick="run()"/></svg>', "onclick"),
        ('<a href=" JavaScript:run()">Text</a>', "JavaScript:run()"),
    ],
)
def test_what_a_strict_policy_would_stop_fails_the_build(tmp_path: Path, body: str, said: str) -> None:
    (tmp_path / "page.html").write_text(META + body)
    found = "\n".join(problems(tmp_path))
    assert bool(found) == bool(said)
    assert said in found


def test_a_page_without_a_policy_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>Text</p>")
    assert "Content-Security-Policy" in "\n".join(problems(tmp_path))


def test_a_page_that_carries_its_scripts_must_name_them(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        """<meta http-equiv="Content-Security-Policy" content="script-src 'sha256-x'"><script>1</script>"""
    )
    assert problems(tmp_path) == []
    page.write_text(META + "<script>1</script>")
    assert problems(tmp_path)
