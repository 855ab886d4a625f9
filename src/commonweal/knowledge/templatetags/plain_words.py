"""How a text that somebody wrote here reads, in a line under it, with the way to say it plainer."""

from __future__ import annotations

from typing import Any

from django import template

from commonweal.knowledge.plain import check_text
from commonweal.knowledge.queries.jargon import jargon_for

register = template.Library()


@register.inclusion_tag("knowledge/plainly.html", takes_context=True)
def plainly(context: template.Context, *texts: Any, partnership: Any = None) -> dict[str, Any]:
    """One line for all the texts together; nothing where there are no words."""
    whole = "\n\n".join(str(text).strip() for text in texts if str(text or "").strip())
    check = check_text(whole, jargon_for(context["viewer"], partnership))
    return {"check": check, "partnership": partnership, "csrf_token": context.get("csrf_token")}
