"""What is often believed at a step, and is not so: `{% load believed %}`, then `{% believed "publish" %}`."""

from __future__ import annotations

from typing import Any

from django import template

from commonweal.policy.myths import myths_at

register = template.Library()


@register.inclusion_tag("present/believed.html")
def believed(place: str) -> dict[str, Any]:
    """The myths of one step, folded."""
    return {"myths": myths_at(place)}
