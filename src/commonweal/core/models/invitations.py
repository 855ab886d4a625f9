"""An invitation to take part: an open offer to an e-mail address, until somebody accepts it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from commonweal.core import clock
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission, Role

OPEN_FOR = timedelta(days=14)


def expiry() -> datetime:
    """When an invitation made now stops working."""
    return clock.now() + OPEN_FOR


def new_token() -> str:
    """What stands in the link; it is sent, never kept."""
    return token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept in its place."""
    return sha256(token.encode()).hexdigest()


class Invitation(PartnershipRecord):
    """The offer of a role. The address goes once it is settled; no history table keeps it longer."""

    view_permission = Permission.MANAGE_PARTNERSHIP

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    address = models.EmailField(max_length=254, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField(default=expiry)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    accepted = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "partnership", "organisation", "role", Lower("address"),
                condition=Q(accepted=None, withdrawn=None), name="core_invitation_once",
                violation_error_message="There is already an invitation to this address for this role.",
            ),
            models.CheckConstraint(
                condition=Q(accepted=None) | Q(withdrawn=None), name="core_invitation_one_end",
            ),
            models.CheckConstraint(
                condition=~Q(address="") | Q(accepted__isnull=False) | Q(withdrawn__isnull=False),
                name="core_invitation_address",
            ),
        ]

    @property
    def pending(self) -> bool:
        """Whether it is neither accepted nor withdrawn; its time may be over all the same."""
        return self.accepted is None and self.withdrawn is None

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.expires <= clock.now()
