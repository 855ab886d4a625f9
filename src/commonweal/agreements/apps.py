"""Where Django learns of the agreements stage."""

from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Keeping what was agreed: contracts, grants, trades, and what they say of need."""

    name = "commonweal.agreements"
    label = "agreements"
    verbose_name = "Agreements"
