"""What the source may not do: run words, trust chance, call out from anywhere, hide a warning."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "commonweal"
VENDORED = {"htmx.min.js", "govuk-frontend.js", "pmtiles.js", "maplibre-gl.mjs", "maplibre-gl-worker.mjs"}
SCRIPTS = sorted(path for path in SOURCE.rglob("*.*js") if path.name not in VENDORED)
TOOL = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
RUFF = TOOL["ruff"]["lint"]
LOOKED_FOR = re.compile(
    r"\beval\(|\bexec\(|(?<!re\.)\bcompile\(|os\.(system|popen)|shell=|from_string|Template\(|pickle|marshal|shelve|"
    r"unsafe_load|requests|urllib|http\.client|socket|smtplib|ftplib|httpx|aiohttp|verify=|check_hostname|unverified|"
    r"cryptography|Crypto|nacl|hashlib|\brandom\b"
)
NETWORK = {"requests", "urllib.request", "http.client", "socket", "smtplib", "ftplib", "httpx", "aiohttp"}


@lru_cache(maxsize=1)
def modules() -> list[tuple[str, ast.Module]]:
    """Those with a word that a test below looks for; to take all apart would be slow."""
    found = ((path, path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py")))
    return [
        (str(path.relative_to(SOURCE)), ast.parse(text)) for path, text in found
        if "migrations" not in path.parts and LOOKED_FOR.search(text)
    ]


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


@lru_cache(maxsize=1)
def nodes() -> list[tuple[str, ast.AST]]:
    kinds = ast.Call | ast.Import | ast.ImportFrom
    return [(name, node) for name, tree in modules() for node in ast.walk(tree) if isinstance(node, kinds)]


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    return ((name, node, dotted(node.func)) for name, node in nodes() if isinstance(node, ast.Call))


def imports() -> Iterator[tuple[str, str]]:
    for name, node in nodes():
        if isinstance(node, ast.Import):
            yield from ((name, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((name, f"{node.module}.{one.name}") for one in node.names)


def test_nothing_runs_words():
    found = []
    for name, node, called in calls():
        shell = any(one.arg == "shell" for one in node.keywords)
        made = called in {"eval", "exec", "compile", "os.system", "os.popen", "Template", "engines.from_string"}
        if shell or made or called.endswith((".render_from_string", "env.from_string")):
            found.append(f"{name}:{node.lineno} {called}")
    assert not found


def test_pickles_are_read_from_our_own_files_alone():
    loads = {"pickle.load", "pickle.loads"}
    read = {name for name, _, called in calls() if called in loads or "Unpickler" in called}
    assert read <= {"lake/sandbox.py", "lake/sandbox_worker.py", "needs/queries/evidence_file.py"}
    unsafe = {"marshal.loads", "shelve.open", "yaml.unsafe_load"}
    assert not [name for name, _, called in calls() if called in unsafe]


def test_the_network_is_used_from_few_places():
    users = {name for name, what in imports() if any(what == one or what.startswith(f"{one}.") for one in NETWORK)}
    allowed = {"lake/download.py", "cli/run.py", "core/keeping/doctor.py"}
    allowed |= {"core/jobs/task.py", "knowledge/skos/reading.py"}  # this computer's name; shuts the network off
    mail_errors = {name for name, what in imports() if what in {"smtplib.SMTPException", "smtplib"}}
    assert users - allowed - mail_errors == set()


def test_certificates_are_checked():
    unchecked = [name for name, node, _ in calls() if any(
        one.arg in {"verify", "check_hostname"} and isinstance(one.value, ast.Constant) and not one.value.value
        for one in node.keywords
    )]
    assert not unchecked
    assert not [name for name, _, called in calls() if "_create_unverified_context" in called]


def test_cryptography_is_of_known_libraries():
    words = {what.lower() for _, what in imports() if what.startswith(("cryptography", "Crypto", "nacl"))}
    assert words
    weak = r"crypto\.cipher|ecb|cbc|pkcs1v15|md5|sha1\b|arc4|tripledes"
    assert not [one for one in words if re.search(weak, one)]
    assert not [name for name, _, called in calls() if called in {"hashlib.md5", "hashlib.sha1"}]


def test_chance_that_guards_something_is_the_systems():
    """Whoever makes a token draws it from `secrets`; the plain generators are for samples and the example."""
    plain = {name for name, what in imports() if what == "random" or what.startswith("random.")}
    assert not [name for name in plain if not name.startswith(("example/", "methods/", "lake/"))]


def test_each_security_rule_left_out_says_why():
    assert "S" in RUFF["select"]
    block = (ROOT / "pyproject.toml").read_text().split("ignore = [")[1].split("\n]")[0]
    assert not [line for line in block.splitlines() if '"S' in line and "#" not in line]
    bare = []
    for path in sorted(SOURCE.rglob("*.py")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.search(r"# noqa: S\d+\s*$", line):
                bare.append(f"{path.relative_to(SOURCE)}:{number}")
    assert not bare


def test_what_bandit_passes_over_ruff_judges_line_by_line():
    judged = {"B703": "S308"}  # bandit has two names for mark_safe
    rules = {judged.get(skip, f"S{skip[1:]}") for skip in TOOL["bandit"]["skips"]}
    assert not rules & set(RUFF["ignore"])
    assert not any("S" in named for where, named in RUFF["per-file-ignores"].items() if where.startswith("src"))
    assert not [path for path in SOURCE.rglob("*.py") if "# nosec" in path.read_text("utf-8")]


def test_types_are_checked():
    said = TOOL["mypy"]
    assert said["disallow_untyped_defs"]
    assert said["files"] == ["src"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_of_ours_build_no_page_from_words(path):
    text = path.read_text("utf-8")
    never = (r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|"
             r"sessionStorage|indexedDB|document\.cookie|__proto__|Object\.assign\(|setTimeout\([\"']")
    assert not re.findall(never, text)
    if "localStorage" in text:
        assert path.name == "keep.js"  # answers of a return that could not be sent yet
