"""What is shipped: a CycloneDX 1.6 bill of materials and the page of licences, from the lock as installed.

No network is asked. `python tools/shipped.py sbom FILE` writes the bill, with `licences` the page.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import yaml
from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "assurance" / "licences.md"
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?\s*\\?$", re.MULTILINE)
BY_CLASSIFIER = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
SPDX = {"MIT", "BSD-3-Clause", "BSD-2-Clause", "Apache-2.0", "ISC", "MPL-2.0", "PSF-2.0", "0BSD", "OFL-1.1",
        "Zlib", "CC0-1.0", "MIT-0"}
SAID_SO = {  # where a package's own data name several or none plainly; read in its licence file
    "fido2": "BSD-2-Clause", "qrcode": "BSD-3-Clause", "pyarrow-hotfix": "Apache-2.0", "scipy": "BSD-3-Clause",
    "pyogrio": "MIT",
}
INTRODUCTION = """# Licences of what is shipped

Commonweal is under the [MIT licence](../../LICENSE). What it is shipped with, as its lock files name it, is
below. Nothing is under the GPL or AGPL (a test refuses it); MPL-2.0 asks only that changes to its own files
be published, and none are made. The page is written by `tools/shipped.py` from `requirements/core.txt` and
the packages' own data, and a test fails when it is out of date. `make sbom` writes the same as a CycloneDX
1.6 bill of materials. Licences of published *data* are on the product's page *Licences*, data set by data
set.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is shipped."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...] = ()
    about: str = ""
    kind: str = "pypi"

    @property
    def purl(self) -> str:
        """Its package address."""
        name = self.name if self.kind == "pypi" else quote(self.name, safe="/")
        return f"pkg:{self.kind}/{name}@{self.version}"


def locked() -> list[tuple[str, str]]:
    """Names and versions of the lock that are for this computer."""
    text = (ROOT / "requirements/core.txt").read_text("utf-8")
    return [(name, version) for name, version, when in LOCKED.findall(text) if not when or Marker(when).evaluate()]


def licence_of(name: str, said: Any) -> str:
    """The licence as an SPDX expression; in its own words where it gives none."""
    if name in SAID_SO:
        return SAID_SO[name]
    if expression := said.get("License-Expression"):
        return str(expression)
    if (plain := (said.get("License") or "").strip()) in SPDX:
        return str(plain)
    kinds = [one.split(" :: ")[-1] for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    known = list(dict.fromkeys(BY_CLASSIFIER[one] for one in kinds if one in BY_CLASSIFIER))
    return " OR ".join(known) or plain.splitlines()[0] if known or plain else "not said"


def packages() -> list[Part]:
    """The Python packages of the lock, each as installed here."""
    names = {name for name, _ in locked()}
    found = []
    for name, version in locked():
        try:
            said = distribution(name).metadata
        except PackageNotFoundError:
            found.append(Part(name, version, "not installed here"))
            continue
        found.append(Part(name, version, licence_of(name, said), _needs(said, names), said.get("Summary") or ""))
    return found


def _needs(said: Any, names: set[str]) -> tuple[str, ...]:
    asked = set()
    for line in said.get_all("Requires-Dist") or []:
        try:
            one = Requirement(line)
        except InvalidRequirement:
            continue
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            asked.add(re.sub(r"[-_.]+", "-", one.name).lower())
    return tuple(sorted(asked & names))


def vendored() -> list[Part]:
    """What lies in the tree."""
    rows = yaml.safe_load((ROOT / "docs/assurance/vendored.yaml").read_text("utf-8"))
    return [Part(one["name"], str(one["version"]), one["licence"], about=one["for"], kind="npm") for one in rows]


def bill() -> dict[str, Any]:
    """CycloneDX 1.6; the same lock gives the same bytes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    parts = packages() + vendored()
    root = f"pkg:pypi/commonweal@{project['version']}"
    direct = {re.split(r"[<>=\[ ]", one)[0].lower() for one in project["dependencies"]}
    address = {one.name: one.purl for one in parts}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, root + ' '.join(one.purl for one in parts))}",
        "metadata": {"component": {
            "type": "application", "bom-ref": root, "name": "commonweal", "version": project["version"],
            "description": project["description"], "purl": root, "licenses": [{"license": {"id": "MIT"}}],
        }},
        "components": [_component(one) for one in parts],
        "dependencies": [
            {"ref": root, "dependsOn": sorted(
                one.purl for one in parts if one.name in direct or one.kind == "npm")},
            *({"ref": one.purl, "dependsOn": [address[name] for name in one.needs]} for one in parts),
        ],
    }


def _component(part: Part) -> dict[str, Any]:
    if part.licence in SPDX:
        licence: dict[str, Any] = {"license": {"id": part.licence}}
    elif re.search(r" (AND|OR|WITH) ", part.licence):
        licence = {"expression": part.licence}
    else:
        licence = {"license": {"name": part.licence}}
    return {
        "type": "library", "bom-ref": part.purl, "name": part.name, "version": part.version,
        **({"description": part.about} if part.about else {}), "purl": part.purl, "licenses": [licence],
    }


def page() -> str:
    """The page of licences."""
    lines = [INTRODUCTION, "| package | version | licence |", "|---|---|---|"]
    lines += [f"| {one.name} | {one.version} | {one.licence} |" for one in packages()]
    lines += ["", "## In the tree itself", "", "| what | version | licence | for |", "|---|---|---|---|"]
    rows = yaml.safe_load((ROOT / "docs/assurance/vendored.yaml").read_text("utf-8"))
    lines += [
        f"| {one['name']} | {one['version']} | [{one['licence']}](../../{one['licence_file']}) | {one['for']} |"
        for one in rows
    ]
    lines += ["", "PostgreSQL is reached by psycopg (LGPL-3.0), installed only with `make install-server`."]
    return "\n".join(lines) + "\n"


def main(asked: list[str]) -> int:
    """Write what is asked for."""
    if asked[:1] == ["licences"]:
        PAGE.write_text(page(), "utf-8")
    elif asked[:1] == ["sbom"] and len(asked) == 2:
        Path(asked[1]).write_text(json.dumps(bill(), indent=2) + "\n", "utf-8")
    else:
        print("python tools/shipped.py licences | sbom FILE")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
