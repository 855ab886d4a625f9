"""The fixed words of documents, from content/chapter.yaml."""

from __future__ import annotations

from typing import Any

from commonweal.needs.content import ContentWrong, read
from commonweal.needs.wording import fill


def word(key: str, **values: object) -> str:
    """One text by its path, as in "headings.people"."""
    node: Any = read("chapter")
    for part in key.split("."):
        if not isinstance(node, dict) or part not in node:
            raise ContentWrong(f"chapter.yaml has no words called '{key}'")
        node = node[part]
    return fill(str(node), **values) if values else " ".join(str(node).split())


def words(key: str) -> tuple[str, ...]:
    """A list of texts."""
    node: Any = read("chapter")
    for part in key.split("."):
        node = node[part]
    return tuple(" ".join(str(each).split()) for each in node)
