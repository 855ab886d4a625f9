"""What the needs stage lets go of when a person is forgotten: their place as a contact, their name in lines."""

from __future__ import annotations

import re

from django.db.models import Q

from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.needs.models import ContactLine, ContactNudge, HelpRequest, Relationship, SkillOffer

SOMEBODY = "somebody who has left"


@forgets("needs-contacts")
def forget_contacts(person: Person) -> None:
    """Lines stay with whoever wrote them; the name itself is taken out wherever it is written."""
    ContactNudge.objects.filter(person=person).delete()
    Relationship.objects.filter(keeper=person).update(keeper=None)
    name = person.name.strip()
    if not name:
        return
    spelled = re.compile(re.escape(name), re.IGNORECASE)
    held = Q(with_whom__icontains=name) | Q(said__icontains=name) | Q(next_step__icontains=name)
    for line in ContactLine.objects.filter(held):
        for field, most in (("with_whom", 120), ("said", 200), ("next_step", 200)):
            setattr(line, field, spelled.sub(SOMEBODY, getattr(line, field))[:most])
        line.save()
    for row in Relationship.objects.filter(speaks_to__icontains=name):
        row.speaks_to = ""
        row.save()


@forgets("needs-skills")
def forget_skills(person: Person) -> None:
    """What they offered, asked and answered."""
    SkillOffer.objects.filter(person=person).delete()
    HelpRequest.objects.filter(Q(asker=person) | Q(helper=person)).delete()
