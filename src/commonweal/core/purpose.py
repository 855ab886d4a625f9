"""The purposes that people look at shared things for; a sharing agreement covers some and not others."""

from __future__ import annotations

from django.db import models


class Purpose(models.TextChoices):
    """Why someone looks."""

    ASSESSMENT = "assessment", "Understanding need"
    PLANNING = "planning", "Agreeing outcomes and options"
    PROCUREMENT = "procurement", "Buying or funding"
    MONITORING = "monitoring", "Managing and measuring"
    PUBLICATION = "publication", "Telling the public"
    ADMINISTRATION = "administration", "Running the partnership"
