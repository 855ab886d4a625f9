"""Check that the documentation is whole: links resolve; commands, settings and requirements are described."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import asvs

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def pages() -> list[Path]:
    """Every Markdown page of the project."""
    own = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
    return [*(ROOT / name for name in own), *sorted(DOCS.rglob("*.md"))]


def broken_links(path: Path) -> list[str]:
    """Links to files that are not there."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text) if "://" not in link]
    return [
        f"{path.relative_to(ROOT)}: no file behind the link {link}"
        for link in links
        if not link.startswith("mailto:") and not (path.parent / link).exists()
    ]


def orphans() -> list[str]:
    """Pages of docs/ that no other page leads to."""
    linked = set()
    for path in pages():
        for link in re.findall(r"\]\(([^)\s#]+)", path.read_text("utf-8")):
            if "://" not in link:
                linked.add((path.parent / link).resolve())
    return [
        f"{path.relative_to(ROOT)}: no page leads here"
        for path in sorted(DOCS.rglob("*.md"))
        if path.resolve() not in linked and path != DOCS / "README.md"
    ]


def pictures() -> list[str]:
    """Pictures that no page shows, and those too large to be cloned by everybody."""
    text = "".join(path.read_text("utf-8") for path in pages())
    found = sorted(DOCS.rglob("*.webp"))
    unused = [f"{one.relative_to(ROOT)}: no page shows it" for one in found if one.name not in text]
    return unused + [f"{one.relative_to(ROOT)}: more than 60 kB" for one in found if one.stat().st_size > 60_000]


def undocumented_settings() -> list[str]:
    """Environment variables read in the code and not described in docs/settings.md."""
    described = (DOCS / "settings.md").read_text("utf-8")
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = set(re.findall(r"\bCOMMONWEAL_[A-Z_]+[A-Z]\b", source))
    names |= {f"COMMONWEAL_{name}" for name in re.findall(r'environment\.\w+\("([A-Z_]+)"', source)}
    return [f"docs/settings.md: {name} is not described" for name in sorted(names) if name not in described]


def undocumented_commands() -> list[str]:
    """Commands of the command line not described in docs/commands.md."""
    from commonweal.cli import app

    described = (DOCS / "commands.md").read_text("utf-8")
    names = [c.name or c.callback.__name__.replace("_", "-") for c in app.registered_commands if c.callback]
    missing = [name for name in names if f"commonweal {name}" not in described]
    return [f"docs/commands.md: `commonweal {name}` is not described" for name in missing]


def main() -> int:
    """Print what is missing; nothing when all is well."""
    faults = [fault for path in pages() for fault in broken_links(path)]
    faults += asvs.wrong() + orphans() + pictures() + undocumented_settings() + undocumented_commands()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
