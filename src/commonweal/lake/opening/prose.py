"""Telling notes people read - Markdown, licences, YAML - from tables, by how their lines run."""

from __future__ import annotations

import re

from commonweal.lake.opening.delimited import Separation

_MARKDOWN = re.compile(r"(#{1,6} |---\s*$|```|\* |> )")
_YAML_LINE = re.compile(r"\s*(- )?[\w./-]+:(\s|$)|\s*- |\s*#")
_WRITTEN = (".md", ".markdown", ".txt", ".yaml", ".yml", ".rst", ".toml", ".ini", ".cff")
_SAMPLE_LINES = 200


def is_notes(name: str, head: str, separation: Separation | None) -> bool:
    """Whether text is to be read by people; the name only settles what the lines leave open."""
    lines = [line for line in head.splitlines()[:_SAMPLE_LINES] if line.strip()]
    if not lines:
        return True
    written = name.lower().endswith(_WRITTEN)
    if _MARKDOWN.match(lines[0].lstrip("\ufeff")) and not _is_regular(separation, 0.95):
        return True
    if sum(1 for line in lines if _YAML_LINE.match(line)) > 0.6 * len(lines) and not _is_regular(separation, 0.95):
        return True
    if separation is None:
        return written or (_average_words(lines) > 3 and not _recur(lines))
    if written:
        return not _is_regular(separation, 0.8)
    if not _is_regular(separation, 0.95) and _is_punctuation(lines, separation):
        return True
    return not _is_regular(separation, 0.5) and _average_words(lines) > 12


def _recur(lines: list[str]) -> bool:
    """Whether the same few lines are there again and again, as the answers to one question are."""
    return len(lines) >= 3 * len(set(lines))


def _is_punctuation(lines: list[str], separation: Separation) -> bool:
    """Whether nearly every separator is followed by a space or the line's end, as commas of prose are."""
    mark = separation.separator
    every = sum(line.count(mark) for line in lines)
    spaced = sum(line.count(f"{mark} ") + line.rstrip().endswith(mark) for line in lines)
    return mark in ",;" and spaced >= 0.9 * every


def _is_regular(separation: Separation | None, share: float) -> bool:
    return separation is not None and separation.share >= share


def _average_words(lines: list[str]) -> float:
    return sum(len(line.split()) for line in lines) / len(lines)
