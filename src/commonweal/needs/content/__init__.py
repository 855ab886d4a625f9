"""Words, rules and indicator cards of needs assessments as data, so that people who know can mend them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class ContentWrong(ValueError):
    """A content file that does not fit; the text says which file, which entry and what is wrong."""


@cache
def read(name: str) -> Any:
    """One YAML file of this folder."""
    text = (files(__package__) / f"{name}.yaml").read_text(encoding="utf-8")
    return parsed(text, f"{name}.yaml")


def parsed(text: str, where: str) -> Any:
    """YAML, or a sentence saying where it went wrong."""
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ContentWrong(f"{where} is not YAML: {error}") from error
