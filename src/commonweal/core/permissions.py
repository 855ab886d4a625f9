"""What may be done, and which role may do it: roles are lists of permissions, nothing more."""

from __future__ import annotations

from enum import StrEnum, auto
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable

HINTS = Path(__file__).parent / "content" / "roles.yaml"


class Permission(StrEnum):
    """One thing that a person may do."""

    CREATE_ORGANISATION = auto()
    CREATE_PARTNERSHIP = auto()
    EDIT_ORGANISATION = auto()
    ERASE_PERSON = auto()
    MANAGE_PARTNERSHIP = auto()   # members, organisations, places, roles
    VIEW_PARTNERSHIP = auto()     # the partnership's home
    VIEW_EVIDENCE = auto()        # evidence and needs before they are published
    VIEW_JOBS = auto()            # background work of the partnership
    UPLOAD = auto()               # bring a file
    LOAD_PUBLISHED = auto()       # let a published file into the store that everyone uses
    RECORD_EVIDENCE = auto()      # write needs, statements, findings
    BRING_EVIDENCE = auto()       # bring evidence of one's own organisation, and see that
    STATE_AMBITION = auto()       # say what one wants for the place, and what evidence says of it
    SELF_ASSESS = auto()          # say what holds one's own organisation back, plan, and show it
    DISCUSS = auto()              # comment on what the partners discuss
    AGREE = auto()                # sign off for one's organisation
    DECIDE = auto()               # take a decision on a date
    CERTIFY = auto()              # confirm that what is returned or paid is right


class Role(models.TextChoices):
    """What a person is in one partnership, between two dates."""

    ADMIN = "admin", "Member organisation administrator"
    ANALYST = "analyst", "Analyst"
    CONTRIBUTOR = "contributor", "Contributor"
    ELECTED_MEMBER = "elected_member", "Elected member"
    PROVIDER = "provider", "Provider"
    OBSERVER = "observer", "Observer"
    CERTIFIER = "certifier", "Certifier"


_SEE = (Permission.VIEW_PARTNERSHIP, Permission.VIEW_EVIDENCE)
_WORK = (
    *_SEE, Permission.VIEW_JOBS, Permission.RECORD_EVIDENCE, Permission.BRING_EVIDENCE, Permission.STATE_AMBITION,
    Permission.DISCUSS, Permission.SELF_ASSESS,
)

ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset({
        *_WORK, Permission.UPLOAD, Permission.MANAGE_PARTNERSHIP, Permission.AGREE,
        Permission.EDIT_ORGANISATION,
    }),
    Role.ANALYST: frozenset({*_WORK, Permission.UPLOAD}),
    Role.CONTRIBUTOR: frozenset(_WORK),
    Role.ELECTED_MEMBER: frozenset({
        *_SEE, Permission.DECIDE, Permission.STATE_AMBITION, Permission.DISCUSS, Permission.SELF_ASSESS,
    }),
    Role.PROVIDER: frozenset({
        Permission.VIEW_PARTNERSHIP, Permission.BRING_EVIDENCE, Permission.DISCUSS, Permission.SELF_ASSESS,
    }),
    Role.OBSERVER: frozenset(_SEE),
    Role.CERTIFIER: frozenset({*_SEE, Permission.CERTIFY}),
}

# What only looks is allowed by any role held there; a deed by a role for the organisation it is done for.
SEEING: frozenset[Permission] = frozenset({
    Permission.VIEW_PARTNERSHIP, Permission.VIEW_EVIDENCE, Permission.VIEW_JOBS,
})

# Staff of the installation set it up; being staff shows nobody a partnership's work.
STAFF: frozenset[Permission] = frozenset({
    Permission.CREATE_ORGANISATION, Permission.CREATE_PARTNERSHIP, Permission.EDIT_ORGANISATION,
    Permission.ERASE_PERSON, Permission.MANAGE_PARTNERSHIP, Permission.LOAD_PUBLISHED,
})


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that any of the roles allows."""
    return frozenset().union(*(ROLES[Role(role)] for role in roles))


@lru_cache(maxsize=1)
def role_hints() -> dict[Role, str]:
    """What each role does, in words for whoever gives it."""
    said = yaml.safe_load(HINTS.read_text(encoding="utf-8"))
    return {Role(key): words for key, words in said.items()}
