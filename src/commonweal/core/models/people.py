"""People who sign in, and which organisation each belongs to and when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from commonweal.core.models.base import Dated, DatedQuerySet, Identified, ends_after_start


class People(BaseUserManager["Person"]):
    """How accounts are made: always by e-mail address, stored as one spelling."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """An account; with no password it can sign in only by single sign-on or a reset."""
        person: Person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """An account that sets the installation up."""
        return self.create_user(email, password, **{"is_staff": True, **fields})

    def get_by_natural_key(self, username: str | None) -> Person:
        """The account with that address, in any spelling of upper and lower case."""
        return self.get(email__iexact=(username or "").strip())


class Person(AbstractBaseUser, Identified):
    """Somebody with an account. `example` marks people invented for the worked example."""

    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=200)
    example = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="core_person_email", violation_error_message=(
                "There is already an account with this e-mail address."
            )),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def get_email_field_name(cls) -> str:
        """Where the e-mail address is kept."""
        return "email"


class Membership(Dated):
    """A person's place in an organisation."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("core.Organisation", models.PROTECT, related_name="memberships")
    department = models.ForeignKey("core.Department", models.PROTECT, null=True, blank=True)
    role = models.CharField("job title", max_length=200, blank=True)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            ends_after_start("core_membership_span"),
            models.UniqueConstraint(
                fields=["person", "organisation", "start"], name="core_membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"
