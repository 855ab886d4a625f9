"""The house keeps its own rules: sizes, words, reasons, locks."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "commonweal"
MODULES = [p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts]
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "manager.py", "util.py", "helper.py", "common.py", "misc.py"}
TEXT = {".py", ".md", ".html", ".toml", ".yaml", ".yml", ".txt", ".js", ".css", ".json", ".sh", ".svg", ""}
ELSEWHERE = re.compile(r"(?<![\w.])/(?:" + "|".join(("wor" + "k", "roo" + "t", "home")) + r")/", re.IGNORECASE)
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "lorem" + " ipsum", "X" * 3)))


def tracked() -> list[Path]:
    """Every file the project keeps."""
    found = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    return [ROOT / name for name in found.stdout.splitlines() if (ROOT / name).is_file()]


def ours(path: Path) -> bool:
    """Text we wrote, not what we vendor."""
    vendored = "static" in path.parts or ".min." in path.name or path.name == "package-lock.json"
    return path.suffix in TEXT and not vendored


def functions(path: Path) -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """The functions of a module, each with where it stands."""
    tree = ast.parse(path.read_text("utf-8"))
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_modules_are_found() -> None:
    assert len(MODULES) > 40


def test_files_stay_under_400_lines() -> None:
    long = [f"{p.relative_to(ROOT)}: {n}" for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 400]
    assert not long


def test_functions_stay_under_60_lines() -> None:
    long = [where for p in MODULES for where, f in functions(p) if (f.end_lineno or 0) - f.lineno + 1 > 60]
    assert not long


def test_templates_stay_under_150_lines() -> None:
    assert not [p.name for p in SOURCE.rglob("*.html") if len(p.read_text("utf-8").splitlines()) > 150]


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [str(p.relative_to(ROOT)) for p in MODULES if p.name in FORBIDDEN_NAMES]


def test_every_module_says_why_it_exists() -> None:
    silent = [str(p.relative_to(ROOT)) for p in MODULES if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert not silent


def test_public_methods_give_their_source() -> None:
    """A public function of `methods` longer than a few lines names the paper or page its formula is from."""
    modules = {p for p in (SOURCE / "methods").rglob("*.py") if p.name not in {"__init__.py", "arrays.py"}}
    assert not [path.name for path in modules if "Source:" not in path.read_text("utf-8")]


def test_no_file_is_large_or_names_a_machine() -> None:
    faults = []
    for path in tracked():
        if path.stat().st_size > 2_000_000:
            faults.append(f"{path.relative_to(ROOT)} is large")
        if not ours(path) or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if ELSEWHERE.search(line) or UNFINISHED.search(line):
                faults.append(f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}")
    assert not faults


@pytest.mark.parametrize("name", ["core.txt", "dev.txt"])
def test_locks_carry_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_has_a_reason_beside_it() -> None:
    block = (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("[project.scripts]")[0]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    tools = (ROOT / "requirements/dev.in").read_text("utf-8").splitlines()
    lines += [line for line in tools if line and not line.startswith("#")]
    assert len(lines) > 30
    assert not [line for line in lines if "#" not in line]


def test_no_licence_we_may_not_import() -> None:
    """Nothing under a GNU licence stronger than the LGPL is among what users install."""
    from importlib.metadata import PackageNotFoundError, distribution

    strong = []
    for name in re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements/core.txt").read_text("utf-8"), re.MULTILINE):
        try:
            meta = distribution(name).metadata
        except PackageNotFoundError:
            continue
        licence = " ".join([meta.get("License-Expression") or "", *(meta.get_all("Classifier") or [])])
        if re.search(r"\bA?GPL|GNU (Affero )?General Public", licence) and "Lesser" not in licence:
            strong.append(name)
    assert not strong


def test_full_sizes_are_left_to_make_soak(request: pytest.FixtureRequest) -> None:
    """`make test` chooses what is not marked soak, so that it stays short."""
    assert "not soak" in " ".join(request.config.getini("addopts"))


def test_every_field_that_may_hold_somebody_is_told_of() -> None:
    from commonweal.core.personal_data import mistold, untold

    assert untold() == [], "say in personal_data.yaml beside the models what these hold: a line a table"
    assert mistold() == []
