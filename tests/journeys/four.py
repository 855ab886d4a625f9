"""Four people of four organisations, an onlooker and a stranger, put into a served copy by actions."""

from __future__ import annotations

import json
import sys

PASSWORD = "a-long-enough-Sentence-7"
PLACE = ("district", "Z07000001", "Larkmere")
TOGETHER, ELSEWHERE = "Larkmere partners for need", "Thornmarsh partners"
# key: organisation, its kind, the person, their role
PEOPLE = {
    "council": ("Lark Harbour Council", "district", "Ana Moss", "admin"),
    "trust": ("Harbour Leisure Trust", "trust", "Ben Idle", "admin"),
    "health": ("Harbour Health Board", "health", "Cara Venn", "admin"),
    "voluntary": ("Harbour Voluntary Action", "infrastructure", "Dot Pryce", "admin"),
    "observer": ("Lark Harbour Council", "district", "Eli Watch", "observer"),
    "stranger": ("Thornmarsh Council", "district", "Fay Elsewhere", "admin"),
}


def email(key: str) -> str:
    """Where somebody is written to."""
    return f"{key}@journey.example"


def settle() -> dict[str, str]:
    """Two partnerships of the invented place; the ids they have."""
    from commonweal.core.actions.organisations import create_organisation
    from commonweal.core.actions.partnerships import add_organisation, add_place, create_partnership
    from commonweal.core.actions.people import add_member, add_person
    from commonweal.core.actions.roles import give_role
    from commonweal.core.models import Organisation, OrganisationKind
    from commonweal.core.permissions import Role
    from commonweal.core.viewer import SYSTEM

    found = {name: create_partnership(by=SYSTEM, name=name, invented=True) for name in (TOGETHER, ELSEWHERE)}
    kind, code, place = PLACE
    for key, (organisation, sort, name, role) in PEOPLE.items():
        partnership = found[ELSEWHERE if key == "stranger" else TOGETHER]
        made = Organisation.objects.filter(name=organisation).first()
        if made is None:
            made = create_organisation(by=SYSTEM, name=organisation, kind=OrganisationKind(sort), example=True)
            add_organisation(by=SYSTEM, partnership=partnership, organisation=made, signs_off=True)
        person = add_person(by=SYSTEM, email=email(key), name=name, password=PASSWORD, example=True)
        add_member(by=SYSTEM, person=person, organisation=made, job="Officer")
        give_role(by=SYSTEM, partnership=partnership, person=person, organisation=made, role=Role(role))
    for partnership in found.values():
        add_place(by=SYSTEM, partnership=partnership, kind=kind, code=code, vintage=2024, name=place)
    return {name: str(one.pk) for name, one in found.items()}


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(settle()))
