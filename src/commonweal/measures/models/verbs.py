"""The deeds of returns, as events name them."""

from __future__ import annotations

from django.db import models


class Verb(models.TextChoices):
    """The deeds."""

    PLANNED = "return.planned"
    PLAN_CHANGED = "return.plan_changed"
    OPENED = "return.opened"
    LINK_MADE = "return.link_made"
    LINK_ENDED = "return.link_ended"
    SENT = "return.sent"
    CORRECTED = "return.corrected"
    SPOKEN = "return.spoken"
