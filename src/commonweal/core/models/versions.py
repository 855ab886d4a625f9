"""What is agreed: an identity that lasts, and numbered versions that are superseded, never edited."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from commonweal.core.asked_once import asked_once
from commonweal.core.errors import Immutable
from commonweal.core.models.base import Identified
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added and never changed; the database refuses as well (core.triggers)."""

    def update(self, **fields: Any) -> int:
        """Refused."""
        raise Immutable(f"{self.model._meta.verbose_name} rows are never changed: add a later one")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise Immutable(f"{self.model._meta.verbose_name} rows are never taken away")

    def bulk_update(self, *args: Any, **options: Any) -> int:
        """Refused."""
        raise Immutable(f"{self.model._meta.verbose_name} rows are never changed: add a later one")


class AppendOnly(models.Model):
    """A row that is written once. Every model of this kind gets a database trigger against UPDATE."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write it the first time; refuse any other."""
        if not self._state.adding:
            raise Immutable(f"this {self._meta.verbose_name} is fixed: record a later one instead")
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise Immutable(f"this {self._meta.verbose_name} is kept for good")


class VersionQuerySet(PartnershipRecordQuerySet, AppendOnlyQuerySet):  # type: ignore[override]
    """Versions, seen as partnership records are."""

    def latest_each(self) -> Self:
        """The newest version of each identity."""
        newest = (
            self.model.objects.filter(identity=models.OuterRef("identity"))
            .order_by("-number").values("number")[:1]
        )
        return self.filter(number=models.Subquery(newest))


class Versioned(PartnershipRecord):
    """The identity of something agreed; what it says is in its versions (`versions`)."""

    class Meta:
        abstract = True

    @asked_once
    def next_number(self) -> int:
        """The number the next version takes."""
        versions: models.Manager[Any] = self.versions  # type: ignore[attr-defined]
        return (versions.aggregate(top=models.Max("number"))["top"] or 0) + 1


class Version(AppendOnly, PartnershipRecord):
    """One immutable version.

    A subclass adds `identity = ForeignKey(ItsIdentity, PROTECT, related_name="versions")` and what it says,
    and its Meta inherits `Version.Meta`.
    """

    number = models.PositiveIntegerField()

    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Identified.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["identity", "number"], name="%(app_label)s_%(class)s_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="%(app_label)s_%(class)s_from_1"),
        ]
