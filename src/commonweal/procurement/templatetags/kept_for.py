"""How long what bidders write is kept, for templates: `{% load kept_for %}`, then `{% kept_for %}`."""

from __future__ import annotations

from django import template

from commonweal.policy.keeping import keeping

register = template.Library()


@register.simple_tag
def kept_for() -> str:
    """The rules of keeping, one after the other."""
    return " ".join(one.words for one in keeping().values())
