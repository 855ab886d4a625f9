"""That a rule of keeping was carried out: which, when and how many went; never what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core.models.base import Identified
from commonweal.core.models.versions import AppendOnly, AppendOnlyQuerySet


class TimeKept(AppendOnly, Identified):
    """One carrying out that let something go."""

    rule = models.SlugField(max_length=40)
    count = models.PositiveIntegerField()
    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()
