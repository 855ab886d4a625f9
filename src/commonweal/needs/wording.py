"""The sentences of an assessment: templates from content/wording.yaml, filled and made tidy."""

from __future__ import annotations

import re
from functools import cache

from commonweal.needs import content

_SPACES = re.compile(r"\s+")
_SEVERAL = re.compile(r"\d+ small areas of ")


@cache
def template(key: str) -> str:
    """One template; `key` is its path in wording.yaml, as in "finding.worse"."""
    node = content.read("wording")
    for part in key.split("."):
        if not isinstance(node, dict) or part not in node:
            raise content.ContentWrong(f"wording.yaml has no sentence called '{key}'")
        node = node[part]
    return str(node)


def say(key: str, **values: object) -> str:
    """A sentence of wording.yaml with its values in place."""
    return fill(template(key), **values)


def fill(text: str, **values: object) -> str:
    """A template of any content file with its values in place, spaces tidied."""
    return _agreeing(_SPACES.sub(" ", text.format(**values)).strip(), str(values.get("place", "")))


def _agreeing(text: str, place: str) -> str:
    """The verb after a place that is several small areas stands in the plural."""
    if not _SEVERAL.match(place):
        return text
    return text.replace(f"{place} has ", f"{place} have ").replace(f"{place} scores ", f"{place} score ")


def short_period(period: str) -> str:
    """A period fit to stand in brackets: "2025 (data of 2022)" is "2025, data of 2022"."""
    return period.replace(" (", ", ").replace(")", "")


def sentence(text: str) -> str:
    """The same words as a sentence: a capital first and a full stop last."""
    words = text.strip()
    if not words:
        return ""
    closed = words if words[-1] in ".?!" else f"{words}."
    return closed[:1].upper() + closed[1:]


def in_sentence(name: str) -> str:
    """A name as it stands within a sentence: no capital, unless it is letters alone or the name of a body."""
    words = name.split()
    proper = len(words) > 1 and words[1][:1].isupper()
    return name[:1].lower() + name[1:] if name[1:2].islower() and not proper else name
