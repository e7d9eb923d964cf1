"""Each server's configuration says what the pages and the README say, and no header can get lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.build.postprocess import POLICY
from generator.build.verify import problems
from tests.conftest import ROOT
from tests.promised import FRAMES, HEADERS, POLICY_OF_THE_FILE, README, TYPES

DEPLOY = ROOT / "deploy"
CONFIGURATIONS = {path.relative_to(DEPLOY): path.read_text("utf-8") for path in DEPLOY.glob("*/*.conf")}
NGINX, APACHE = (
    {path.name: text for path, text in CONFIGURATIONS.items() if path.parent.name == name}
    for name in ("nginx", "apache")
)
IIS = ElementTree.parse(DEPLOY / "iis" / "web.config").getroot()  # noqa: S314, our own
Stated = dict[str, set[str]]


def code(text: str) -> list[str]:
    """Return the lines that are not comments."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def values(variable: str) -> list[str]:
    """Return what a map of nginx gives, in order."""
    [body] = re.findall(rf"^map .* \${variable} \{{\n(.*?)^\}}", NGINX["maps.conf"], re.DOTALL | re.MULTILINE)
    return [re.findall(r'"([^"]*)"', line)[-1] for line in code(body)]


def nginx_headers() -> Stated:
    [frames] = values("routine_frame_ancestors")
    found: Stated = {}
    for line in code(NGINX["headers.conf"]):
        if header := re.fullmatch(r'add_header ([\w-]+) (?:"([^"]*)"|\$(\w+)) always;', line):
            name, value, variable = header.groups()
            found[name] = set(values(variable)) - {""} if variable else {value}
    [policy] = found["Content-Security-Policy"]
    policy = policy.replace("$routine_frame_ancestors", frames)
    return {
        **found,
        "Content-Security-Policy": {
            policy.replace("${routine_policy}", each) for each in values("routine_policy")
        },
    }


def apache_headers() -> Stated:
    [frames] = re.findall(r'^Define FOREBYGGA_FRAMES "(.*)"$', APACHE["headers.conf"], re.MULTILINE)
    found: Stated = {}
    for line in code(APACHE["headers.conf"]):
        if header := re.fullmatch(r'Header always set ([\w-]+) "([^"]*)"(?: "expr=.*")?', line):
            found.setdefault(header[1], set()).add(header[2].replace("${FOREBYGGA_FRAMES}", frames))
    return found


def iis_headers() -> Stated:
    found = {one.attrib["name"]: {one.attrib["value"]} for one in IIS.iterfind(".//customHeaders/add")}
    for rule in IIS.iterfind(".//outboundRules/rule"):
        [match], [action] = rule.findall("match"), rule.findall("action")
        name = match.attrib["serverVariable"].removeprefix("RESPONSE_").replace("_", "-")
        found.setdefault(name, set()).add(action.attrib["value"])
    return found


@pytest.mark.parametrize("stated", [nginx_headers, apache_headers, iis_headers])
def test_each_server_sends_what_the_readme_lists(stated: Callable[[], Stated]) -> None:
    promised = {name: set(listed) for name, listed in HEADERS.items()}
    promised["Content-Security-Policy"] |= {POLICY_OF_THE_FILE, FRAMES}
    assert stated() == {**promised, "Allow": {"GET, HEAD"}}


def nginx_types() -> dict[str, str]:
    lines = code(NGINX["files.conf"])
    [with_charset] = [line.rstrip(";").split()[1:] for line in lines if line.startswith("charset_types ")]
    [other] = [line.rstrip(";").split()[1] for line in lines if line.startswith("default_type ")]
    found = {"": other}
    for line in lines[lines.index("types {") + 1 : lines.index("}")]:
        kind, *endings = line.rstrip(";").split()
        charset = "; charset=utf-8" if kind in [*with_charset, "text/html"] else ""
        found |= {f".{ending}": f"{kind}{charset}" for ending in endings}
    return found


def apache_types() -> dict[str, str]:
    found = {"": re.findall(r"ForceType (.*)", APACHE["files.conf"])[0]}
    for kind, endings in re.findall(r'^AddType "(.*)" (.*)$', APACHE["files.conf"], re.MULTILINE):
        found |= dict.fromkeys(endings.split(), kind)
    return found


def iis_types() -> dict[str, str]:
    named = {one.attrib["fileExtension"]: one.attrib["mimeType"] for one in IIS.iterfind(".//mimeMap")}
    return {"" if ending == "." else ending: kind for ending, kind in named.items()}


@pytest.mark.parametrize("stated", [nginx_types, apache_types, iis_types])
def test_each_server_knows_the_same_types(stated: Callable[[], dict[str, str]]) -> None:
    assert stated() == TYPES


def test_the_policy_is_that_of_the_pages() -> None:
    assert HEADERS["Content-Security-Policy"] == [f"{POLICY}; {FRAMES}"]
    assert "unsafe" not in POLICY
    assert not re.search("(default|script|style|img|font)-src", POLICY_OF_THE_FILE)


def test_headers_stand_in_one_file_and_go_with_every_status() -> None:
    # What goes with a file that was compressed beforehand is no header of every answer.
    beforehand = "Header set Content-Encoding gzip ", "Header set Vary Accept-Encoding "
    for path, text in CONFIGURATIONS.items():
        added = [line for line in code(text) if line.startswith(("add_header", "Header"))]
        added = [line for line in added if not line.startswith(beforehand)]
        assert (path, bool(added)) == (path, path.name == "headers.conf")
        assert [line for line in added if not re.search(r" always;$|^Header always ", line)] == []


def test_who_may_show_it_in_a_frame_is_said_once() -> None:
    for files in (NGINX, APACHE):
        said = [line for text in files.values() for line in code(text) if "frame-ancestors" in line]
        assert said
        assert [line for line in said if "frame-ancestors '" in line] == []


def test_what_takes_its_place_in_iis_is_there_before() -> None:
    """IIS does not start where an entry stands beside an inherited one of the same key."""
    for ending in IIS.iterfind(".//mimeMap"):
        assert (
            IIS.find(f".//staticContent/remove[@fileExtension='{ending.attrib['fileExtension']}']")
            is not None
        )
    for error in IIS.iterfind(".//httpErrors/error"):
        assert IIS.find(f".//httpErrors/remove[@statusCode='{error.attrib['statusCode']}']") is not None
    for path in ("customHeaders", "files", "rules", "outboundRules"):
        assert next(one.tag for one in IIS.iterfind(f".//{path}/*")) == "clear"


def kept(address: str, status: str = "200") -> bool:
    """Tell whether IIS lets an answer be kept, by the conditions of its rule."""
    [rule] = [one for one in IIS.iterfind(".//outboundRules/rule") if "hash" in one.attrib["name"]]
    asked = {"{RESPONSE_STATUS}": status, "{REQUEST_URI}": address}
    conditions = list(rule.iterfind("conditions/add"))
    return all(re.search(one.attrib["pattern"], asked[one.attrib["input"]]) for one in conditions)


def test_iis_keeps_what_has_a_hash_in_its_address_and_nothing_else() -> None:
    there = "/forebygga/assets/page.js?v=0123456789ab"
    for address in (
        there,
        "/assets/javascripts/bundle.01234567.min.js",
        "/search/search_index.js?v=0123456789ab",
    ):
        assert kept(address)
        assert kept(address, "304")
        assert not kept(address, "404")
    for address in ("/assets/page.js", "/assets/page.js?v=", "/index.html?v=0123456789ab", f"/?x={there}"):
        assert not kept(address)


def test_the_readme_names_what_there_is() -> None:
    named = set(re.findall(r"[\w-]+\.conf(?:ig)?\b", README))
    delivered = {path.name for path in DEPLOY.glob("*/*.conf*")}
    assert named >= delivered - {"files.conf"}
    assert named - {"forebygga.conf"} <= delivered  # the link in sites-enabled
    edited = re.findall(r"```(?:nginx|apache)\n(.*)\n", README)
    assert [line.split()[0] for line in edited] == ["default", "Define"]


def test_what_was_never_run_says_so() -> None:
    assert "NEVER RUN" in (DEPLOY / "iis/web.config").read_text("utf-8")
    [section] = re.findall(r"^## På IIS\n(.*?)^## ", README, re.DOTALL | re.MULTILINE)
    assert "Vi har inte kört den" in section


def test_a_site_below_a_path_leads_there_and_nowhere_else(tmp_path: Path) -> None:
    page = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><a href="/%s">x</a>'
    (tmp_path / "index.html").write_text(page % "forebygga/index.html", "utf-8")
    assert problems(tmp_path, "/forebygga/") == []
    assert len(problems(tmp_path)) == 1
    (tmp_path / "index.html").write_text(page % "index.html", "utf-8")
    assert len(problems(tmp_path, "/forebygga/")) == 1
    assert problems(tmp_path) == []
