"""Build docs/*.md into a small static web site in site/, with every link pointing at a page."""

from __future__ import annotations

import html
import re
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SITE = ROOT / "site"
SHELL = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Commonweal</title><link rel="stylesheet" href="{up}docs.css"></head>
<body><header><a href="{up}index.html">Commonweal</a></header><main>{body}</main></body></html>
"""


def title_of(text: str, path: Path) -> str:
    """The first heading, or the file's name."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found.group(1) if found else path.stem


def page(path: Path) -> str:
    """One Markdown file as a page; links to .md become links to .html."""
    text = path.read_text("utf-8")
    body = MarkdownIt("commonmark").enable("table").render(text)
    body = re.sub(r'href="(?!https?:)([^"#]+)\.md(#[^"]*)?"', r'href="\1.html\2"', body)
    body = body.replace("README.html", "index.html")
    up = "../" * (len(path.relative_to(DOCS).parts) - 1)
    return SHELL.format(title=html.escape(title_of(text, path)), up=up, body=body)


def main() -> None:
    """Write every page and the style sheet."""
    for path in sorted(DOCS.rglob("*.md")):
        name = "index.html" if path.name == "README.md" else path.stem + ".html"
        target = SITE / path.relative_to(DOCS).parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(path), "utf-8")
    for picture in (*DOCS.rglob("*.svg"), *DOCS.rglob("*.webp")):
        (SITE / picture.relative_to(DOCS)).parent.mkdir(parents=True, exist_ok=True)
        (SITE / picture.relative_to(DOCS)).write_bytes(picture.read_bytes())
    (SITE / "docs.css").write_text((ROOT / "tools" / "docs.css").read_text("utf-8"), "utf-8")
    print(f"{len(list(SITE.rglob('*.html')))} pages in {SITE.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
