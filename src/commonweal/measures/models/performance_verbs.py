"""The deeds of performance, as events name them."""

from __future__ import annotations

from django.db import models


class PerformanceVerb(models.TextChoices):
    """The deeds."""

    READ = "measure.read"
    PAYMENT_SET = "measure.payment_set"
    PAYMENT_ENDED = "measure.payment_ended"
    COMPARED = "providers.compared"
    REPLIED = "providers.replied"
    CHANGE_KEPT = "change.kept"


class ReviewVerb(models.TextChoices):
    """The deeds of reviewing."""

    OPENED = "review.opened"
    JUDGED = "review.judged"
    DECIDED = "review.decided"
    CARRIED = "review.carried_over"
