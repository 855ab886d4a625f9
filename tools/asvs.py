"""Check docs/assurance/asvs.yaml against the tree, and write docs/assurance/asvs.md from it."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "assurance"
KINDS = {  # the first that a row has says how it stands
    "deviation": "not met as asked", "not_applicable": "does not apply", "host": "by whoever runs it",
    "document": "written down", "tests": "tested",
}
INTRODUCTION = """# OWASP ASVS 5.0.0, levels 1 and 2: how each requirement stands

For whoever must approve Commonweal. The standard has 253 requirements at these two levels; four of level 3
were taken up because they matter here (formulas in spreadsheets, upload quotas, few personal data,
retention). Each has a test you can run, a page to read, a line of the [hosting checklist](hosting.md), a
reason why it does not apply, or an honest *not met as asked* with what stands instead.

This is the project's own assertion: nobody outside has verified it. What is asked is said in our words; the
[standard](https://github.com/OWASP/ASVS) has its own. The page is written from `asvs.yaml` by
`tools/asvs.py`, and a test fails when a requirement is missing, a named test is gone, or this page is out of
date. Run one with `.venv/bin/pytest` and its name.
"""


def load() -> dict[str, Any]:
    """The data."""
    read: dict[str, Any] = yaml.safe_load((FOLDER / "asvs.yaml").read_text("utf-8"))
    return read


def levels(data: dict[str, Any]) -> dict[str, int]:
    """The level of each id of the standard."""
    return {
        f"{section}.{number}": int(level)
        for section, each in data["levels"].items() for number, level in enumerate(each, 1)
    }


def kind(row: dict[str, Any]) -> str:
    """How a requirement stands: one of KINDS."""
    return next(one for one in KINDS if one in row)


def tests_of(path: Path) -> set[str]:
    """The tests a module has, as pytest names them."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return {name for name in found if name.rpartition("::")[2].startswith("test_")}


def anchors(path: Path) -> set[str]:
    """The headings of a page, as links to them are written."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE) if path.exists() else []
    return {re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in heads}


def faults(data: dict[str, Any]) -> list[str]:
    """What is wrong, in sentences; nothing when all is well."""
    known = levels(data)
    wanted = {one for one, level in known.items() if level < 3} | set(data["adopted"])
    told = Counter(row["id"] for row in data["requirements"])
    found = [f"{one} is missing" for one in sorted(wanted - set(told))]
    found += [f"{one} is not of levels 1 and 2, nor taken up" for one in sorted(set(told) - wanted)]
    found += [f"{one} stands {times} times" for one, times in told.items() if times > 1]
    modules: dict[str, set[str]] = {}
    for row in data["requirements"]:
        for test in row.get("tests", ()):
            path, _, name = test.partition("::")
            if path not in modules:
                modules[path] = tests_of(ROOT / path) if (ROOT / path).exists() else set()
            if name not in modules[path]:
                found.append(f"{row['id']}: there is no test {test}")
        for where in (row.get("document"), row.get("host")):
            path, _, anchor = (where or "").partition("#")
            if where and anchor not in anchors(ROOT / path):
                found.append(f"{row['id']}: no heading {where}")
    return found


def page(data: dict[str, Any]) -> str:
    """The page."""
    rows = data["requirements"]
    known = levels(data)
    parts = [INTRODUCTION, "## In numbers\n", _numbers(data), "\n## Not met as asked\n"]
    for row in rows:
        if "deviation" in row:
            said = row["deviation"]
            instead = f"*What stands instead:* {said['instead']}"
            parts.append(f"**{row['id']} {row['asks']}.** {said['why']} {instead}\n")
    for chapter, name in data["chapters"].items():
        parts.append(f"## {chapter} {name}\n\n| id | level | asked | how it stands |\n|---|---|---|---|")
        parts += [
            f"| {row['id']} | {known[row['id']]} | {row['asks']} | {_stands(row)} |"
            for row in rows if row["id"].startswith(f"{chapter}.")
        ]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _numbers(data: dict[str, Any]) -> str:
    lines = ["| chapter | " + " | ".join(KINDS.values()) + " | all |", "|---" * (len(KINDS) + 2) + "|"]
    every = Counter(kind(row) for row in data["requirements"])
    for chapter, name in data["chapters"].items():
        each = Counter(kind(row) for row in data["requirements"] if row["id"].startswith(f"{chapter}."))
        told = " | ".join(str(each[one] or "") for one in KINDS)
        lines.append(f"| {chapter} {name} | {told} | {sum(each.values())} |")
    lines.append("| all | " + " | ".join(str(every[one]) for one in KINDS) + f" | {sum(every.values())} |")
    return "\n".join(lines)


def _stands(row: dict[str, Any]) -> str:
    said = []
    if "deviation" in row:
        said.append("**Not met as asked**, see above.")
    if "not_applicable" in row:
        said.append(f"Does not apply: {row['not_applicable']}")
    for name, words in (("document", "Written down"), ("host", "By whoever runs it")):
        if name in row:
            path, _, anchor = row[name].partition("#")
            link = path.removeprefix("docs/assurance/") if path.startswith("docs/") else f"../../{path}"
            said.append(f"{words}: [{anchor.replace('-', ' ')}]({link}#{anchor})")
    said += [f"`{test.removeprefix('tests/')}`" for test in row.get("tests", ())]
    if "note" in row:
        said.append(row["note"])
    return "<br>".join(said)


def wrong() -> list[str]:
    """What is wrong with the data or the page, in sentences."""
    data = load()
    found = [f"docs/assurance/asvs.yaml: {one}" for one in faults(data)]
    if (FOLDER / "asvs.md").read_text("utf-8") != page(data):
        found.append("docs/assurance/asvs.md is not what asvs.yaml says: run python tools/asvs.py")
    return found


def main() -> int:
    """Write the page, and say what is wrong."""
    (FOLDER / "asvs.md").write_text(page(load()), "utf-8")
    found = wrong()
    for one in found:
        print(one)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
