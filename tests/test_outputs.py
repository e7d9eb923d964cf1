"""What is generated: the same bytes for the same tree, and content that stays content."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from typing import Any

import jsonschema
import pytest

from generator.build.joined import served
from generator.data.rutin_json import FORMAT
from generator.data.rutin_schema import rutin_schema
from generator.model import Tree
from generator.navigator.single_file import ASSETS
from generator.outputs import outputs
from generator.routine.steps import placed_steps
from generator.rules import check
from tests.conftest import ROOT, generated

GOLDEN = ROOT / "tests" / "tiny"
HASH = """
import hashlib, sys
from generator.rules import check
from generator.outputs import outputs
text = open(sys.argv[1], encoding="utf-8").read()
tree, _ = check(text)
made = outputs(tree, text)
print(hashlib.sha256("".join(f"{k}\\0{v}\\0" for k, v in made.items()).encode()).hexdigest())
"""


def _hash(**environment: str) -> str:
    command = [sys.executable, "-c", HASH, str(ROOT / "tree/avhysning.yaml")]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout


def test_the_same_tree_gives_the_same_bytes_anywhere() -> None:
    first = _hash(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    second = _hash(PYTHONHASHSEED="4711", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert first == second


@pytest.mark.parametrize("path", ["rutin.json", "situation/utan-vatten.md", "index.md"])
def test_the_tiny_tree_gives_the_golden_files(tiny: Tree, tiny_text: str, path: str) -> None:
    made = outputs(tiny, tiny_text)[path]
    golden = GOLDEN / path.replace("/", "-")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(made, "utf-8")
    assert made == golden.read_text("utf-8")


def test_every_generated_path_is_ignored_by_git(real_text: str) -> None:
    paths = [f"content/{path}" for path in generated(real_text)]
    done = subprocess.run(
        ["git", "check-ignore", "--stdin"],
        cwd=ROOT,
        input="\n".join(paths),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 128:
        pytest.skip("not a git checkout")
    assert set(done.stdout.split()) == set(paths)


def test_rutin_json_keeps_its_schema(real_text: str) -> None:
    made = generated(real_text)
    schema = json.loads(made["rutin.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(made["rutin.json"])
    jsonschema.validate(data, closed(schema), jsonschema.Draft202012Validator)
    jsonschema.validate(
        json.loads(made["rutin.json"], object_pairs_hook=with_another_key),
        schema,
        jsonschema.Draft202012Validator,
    )
    for broken in (strange_force(data), {**data, "situations": []}, {**data, "forces": []}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema, jsonschema.Draft202012Validator)


def test_the_form_of_the_data_keeps_what_it_has_promised(tiny: Tree) -> None:
    promised = GOLDEN / f"rutin-json-{FORMAT}.txt"  # a line of it goes when the format's number is raised
    schema = json.loads(rutin_schema(tiny))
    told = {
        *keys(schema),
        *(line for name, part in schema["$defs"].items() for line in keys(part, f"<{name}>")),
    }
    kept = set(promised.read_text("utf-8").splitlines()) if promised.exists() else set()
    if os.environ.get("UPDATE_GOLDEN"):
        promised.write_text("".join(f"{line}\n" for line in sorted(kept | told)), "utf-8")
    assert kept <= told
    assert len(kept) > 150


def keys(schema: Any, at: str = "") -> Iterator[str]:
    """Yield each key that is always there, with what it holds."""
    if "properties" in schema:
        for key in schema.get("required", ()):
            yield from keys(schema["properties"][key], f"{at}.{key}")
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from keys(one, f"{at}?")
    elif "items" in schema:
        yield from keys(schema["items"], f"{at}[]")
    else:
        yield f"{at}: {schema.get('$ref', '').rpartition('/')[2] or schema.get('type', 'any')}"


def closed(schema: Any) -> Any:
    """Return the schema as one that knows every key there is."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(part) for key, part in schema.items()}
    return {"additionalProperties": False, **made} if isinstance(made.get("properties"), dict) else made


def with_another_key(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object as a later version of the same form may have it; a set of facts is no such object."""
    made = dict(pairs)
    return {**made, "another": 1} if "id" in made else made


def strange_force(data: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(data)
    assert '"force": "must"' in text
    changed: dict[str, Any] = json.loads(text.replace('"force": "must"', '"force": "skulle"', 1))
    return changed


def test_rutin_json_refers_only_to_what_it_holds(real_text: str) -> None:
    data = json.loads(generated(real_text)["rutin.json"])
    ids = {
        kind: {item["id"] for item in data[kind]}
        for kind in data
        if isinstance(data[kind], list) and kind != "ways"
    }
    actors = ids["units"] | ids["parties"]
    places: set[str] = set()
    for situation in data["situations"]:
        for step in situation["steps"]:
            assert set(step["who"] + step["with"] + step["to"]) <= actors
            assert step["action"] in ids["actions"]
            assert step["force"] in ids["forces"]
            assert step["phase"] in ids["phases"]
            assert step["when"] is None or step["when"] in ids["conditions"]
            assert step["purpose"] is None or step["purpose"] in ids["purposes"]
            places.add(step["id"])
        assert situation["continues"] is None or situation["continues"]["question"] in ids["questions"]
    for gap in data["gaps"]:
        assert set(gap["nearest"]) <= ids["situations"]
        assert set(gap["concerns"]) <= ids["situations"] | places
    for condition in data["conditions"]:
        assert set(condition["confirm_with"]) <= actors
    for question in data["questions"]:
        for option in question["options"]:
            assert option["goto"] in ids["questions"] | ids["situations"] | ids["gaps"]


def test_rutin_json_has_the_model_s_steps(tree: Tree, real_text: str) -> None:
    data = json.loads(generated(real_text)["rutin.json"])
    for situation, made in zip(tree.situations, data["situations"], strict=True):
        for placed, step in zip(placed_steps(tree, situation), made["steps"], strict=True):
            own = placed.step
            for key, value in [("who", own.who), ("with", own.with_), ("to", own.to)]:
                assert step[key] == list(value)
            for key in ("action", "purpose", "when", "phase", "force", "note"):
                assert step[key] == getattr(own, key), (placed.id, key)
            assert (step["id"], step["sentence"]) == (placed.id, placed.sentence)


def test_markup_and_script_in_the_tree_stay_text(tiny_text: str) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} [a](javascript:b)"
    text = tiny_text.replace("title: Något annat fel", f"title: '{hostile}'")
    text = text.replace("text: Vad är fel?", f"text: '{hostile}'").replace(
        "note: Kallt vatten.", f"note: '{hostile}'"
    )
    tree, findings = check(text)
    assert findings == []
    assert tree is not None
    for path, content in outputs(tree, text).items():
        if path.endswith((".md", ".js")):
            assert "<script>alert" not in content
            assert "<img src=x" not in content


def test_one_changed_word_in_the_tree_changes_page_and_data(real_text: str) -> None:
    text = real_text.replace("skicka ett informationsbrev", "skicka ett vänligt brev")
    changed, _ = check(text)
    assert changed is not None
    before, after = generated(real_text), outputs(changed, text)
    for path in (
        "situation/barnfamilj-ekonomi-skuld.md",
        "avsnitt/barnfamiljer.md",
        "enhet/vuxen.md",
        "rutin.json",
    ):
        assert "vänligt brev" not in before[path]
        assert "vänligt brev" in after[path]


def test_nothing_of_the_routine_s_field_is_in_code_or_templates(tree: Tree) -> None:
    nodes = (*tree.units, *tree.actions, *tree.situations)
    words = {str(node.id) for node in nodes}
    words |= {"avhysning", "hyresskuld", "Kronofogden", "barnfamilj"}
    files = [*(ROOT / "generator").rglob("*.py"), *(ROOT / "generator/pages/templates").iterdir()]
    files += [*(ROOT / "site_overrides/assets").glob("*.js")]
    for file in files:
        found = {w for w in words if f'"{w}"' in (text := file.read_text("utf-8")) or f"'{w}'" in text}
        assert found == set(), file


def test_nothing_of_the_routine_s_field_is_in_the_locale() -> None:
    text = (ROOT / "generator/locale/sv.yaml").read_text("utf-8").lower()
    for word in (
        "avhys",
        "vräk",
        "hyres",
        "kronofogd",
        "barn",
        "familj",
        "störning",
        "handläggare",
        "socialtjänst",
    ):
        assert word not in text.replace("rutin-avhysning", ""), word


def test_the_navigator_fits_its_budget(real_text: str) -> None:
    import gzip

    everywhere = ("common.js", "page.js")
    names = ("navigator", "navigator-logic", "navigator-data", "case-logic", "case", "printout")
    asking = tuple(f"{name}.js" for name in names)
    made = generated(real_text)
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "site_overrides/assets").iterdir()}
    texts["navigator-data.js"] = made["assets/navigator-data.js"]
    files = (everywhere, asking, ("rutin.css",))  # as build/joined.py joins them
    size = sum(len(gzip.compress(served(texts[n] for n in names).encode(), 9)) for names in files)
    assert size <= 15_000
    # All else of ours is for words, pictures or paper, or mends the theme.
    main = (ROOT / "site_overrides/main.html").read_text("utf-8")
    needed = re.findall(r"assets/([\w-]+\.(?:js|css))", main.partition("{% endblock %}")[0])
    own = ("anchors", "fold", "intro", "many", "practice-logic", "practice", "settle", "validity")
    beside = {f"{name}.js" for name in own}
    beside |= {"one_unit.js"}  # where there are several routines
    beside |= {"navigator-data-before.js"}  # in the place of the other
    beside |= {f"{name}.css" for name in ("print", "reading", "pictures", "practice")}
    assert set(needed) - beside == {name for names in files for name in names} - {"rutin.css"}
    styles = re.findall(r"assets/([\w-]+\.css)", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert styles == ["theme.css", "rutin.css"]


def test_the_policy_of_the_single_file_lets_in_each_of_its_scripts_and_styles(
    tiny: Tree, tiny_text: str
) -> None:
    folder = ROOT / "site_overrides/assets"
    assets = {name: (folder / name).read_text("utf-8") for name in ASSETS}
    page = outputs(tiny, tiny_text, assets)["navigator.html"]
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    parts = re.findall(r"<(script|style)[^>]*>(.*?)</\1>", page, re.DOTALL)
    assert [kind for kind, _ in parts] == ["style", "style", "script", "script"]
    rules = {rule.split()[0]: rule for rule in unescape(policy).split("; ")}
    for kind, text in parts:
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"sha256-{digest}" in rules[f"{kind}-src"]


def test_every_word_that_people_use_stands_among_the_words(tree: Tree, real_text: str) -> None:
    page = generated(real_text)["ord.md"]
    shown = [word.lower() for word in re.findall(r"<dt>(.*?)</dt>", page)]
    assert shown == sorted(shown, key=lambda word: word.translate(str.maketrans("åäö", "{|}")))
    lists = [unit.also for unit in tree.units] + [action.also for action in tree.actions]
    lists += [value.also for fact in tree.facts for value in fact.values]
    said = [word.lower() for words in lists for word in words]
    assert set(said) <= set(shown)
    assert len(shown) == len(set(shown))
