"""The configuration of the server says what the pages and its README say, and no header can get lost."""

from __future__ import annotations

import re
from pathlib import Path

from generator.build.postprocess import POLICY
from generator.build.verify import problems
from tests.conftest import ROOT

NGINX = ROOT / "deploy" / "nginx"
CONFIGURATIONS = {path.name: path.read_text("utf-8") for path in sorted(NGINX.glob("*.conf"))}
README = (ROOT / "deploy" / "README.md").read_text("utf-8")
FRAMES = "frame-ancestors 'self'"


def code(text: str) -> list[str]:
    """Return the lines that are not comments."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def values(variable: str) -> list[str]:
    """Return what a map gives, in order."""
    [body] = re.findall(
        rf"^map .* \${variable} \{{\n(.*?)^\}}", CONFIGURATIONS["maps.conf"], re.DOTALL | re.MULTILINE
    )
    return [re.findall(r'"([^"]*)"', line)[-1] for line in code(body)]


def test_headers_stand_in_one_file_and_go_with_every_status() -> None:
    for name, text in CONFIGURATIONS.items():
        added = [line for line in code(text) if line.startswith("add_header")]
        assert (name, bool(added)) == (name, name == "headers.conf")
        assert [line for line in added if not line.endswith(" always;")] == []


def test_the_policy_is_that_of_the_pages() -> None:
    pages, file, pdf = values("routine_policy")
    assert pages == f"{POLICY}; "
    assert "unsafe" not in CONFIGURATIONS["maps.conf"]
    assert not re.search("(default|script|style|img)-src", file)
    assert pdf == ""


def test_who_may_show_it_in_a_frame_is_said_once() -> None:
    assert values("routine_frame_ancestors") == ["'self'"]
    [said] = [line for text in CONFIGURATIONS.values() for line in code(text) if "frame-ancestors" in line]
    value = '"${routine_policy}frame-ancestors $routine_frame_ancestors"'
    assert said == f"add_header Content-Security-Policy {value} always;"


def test_the_readme_lists_every_header_as_it_is_sent() -> None:
    listed = set(re.findall(r"^\| `([\w-]+)` \| `([^`]+)` \|", README, re.MULTILINE))
    pages, file, _ = values("routine_policy")
    sent = {("Content-Security-Policy", pages + FRAMES)}
    sent |= {("Cache-Control", value) for value in values("routine_cache")}
    for line in code(CONFIGURATIONS["headers.conf"]):
        if found := re.fullmatch(r'add_header ([\w-]+) "([^"$]*)" always;', line):
            sent.add((found[1], found[2]))
    assert listed == sent
    assert len(listed) == 8
    assert f"`{file}{FRAMES}`" in README


def test_the_readme_names_what_there_is() -> None:
    named = set(re.findall(r"[\w-]+\.conf", README))
    assert named >= {"site.conf", "sub-path.conf", "maps.conf", "headers.conf"}
    assert named - {"forebygga.conf"} <= set(CONFIGURATIONS)  # the link in sites-enabled
    edited = re.findall(r"```nginx\n(.*)\n", README)
    assert [line.split()[0] for line in edited] == ["default"]


def test_a_site_below_a_path_leads_there_and_nowhere_else(tmp_path: Path) -> None:
    page = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><a href="/%s">x</a>'
    (tmp_path / "index.html").write_text(page % "forebygga/index.html", "utf-8")
    assert problems(tmp_path, "/forebygga/") == []
    assert len(problems(tmp_path)) == 1
    (tmp_path / "index.html").write_text(page % "index.html", "utf-8")
    assert len(problems(tmp_path, "/forebygga/")) == 1
    assert problems(tmp_path) == []
