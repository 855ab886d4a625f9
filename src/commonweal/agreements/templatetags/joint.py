"""Pounds that may be a loss: `{% load joint %}`."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def pounds(amount: float) -> str:
    """'£12,300', or '-£4,000' where it is a loss."""
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.0f}"


@register.filter
def gain(amount: float) -> str:
    """'a saving of £12,300', or 'a cost of £4,000' where it is a loss."""
    return f"a {'cost' if amount < 0 else 'saving'} of {pounds(abs(amount))}"
