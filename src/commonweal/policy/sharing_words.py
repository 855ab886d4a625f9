"""Words of sharing agreements, and of assessments of their impact, as dated and cited data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def sharing_words(name: str) -> dict[str, Any]:
    """One file of words: `sharing_agreement`, `impact_assessment` or `installation_impact`."""
    text = (files("commonweal.policy") / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content
