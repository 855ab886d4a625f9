"""Guidance shown on the page where a step is done: one line, one page, and further."""

from __future__ import annotations

from typing import Any

from django import template

from commonweal.needs.step_guidance import step_guidance as every

register = template.Library()


@register.inclusion_tag("needs/guidance/panel.html")
def step_guidance(step: str) -> dict[str, Any]:
    """The guidance of one step of the cycle. A step without guidance is a mistake in the template."""
    return {"guidance": every()[step]}
