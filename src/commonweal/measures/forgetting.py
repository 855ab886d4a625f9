"""What the measures stage lets go of with a person: their name as contact, and as who said a return."""

from __future__ import annotations

from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.measures.models import ReturnLink, ReturnPlan, SpokenReturn


@forgets("measures-returns")
def forget_returns(person: Person) -> None:
    """Names and addresses go; the answers, which name nobody, stay."""
    if person.email:
        ReturnPlan.objects.filter(contact_email__iexact=person.email).update(
            contact_name="", contact_email="", contact_phone="")
        ReturnLink.objects.filter(address__iexact=person.email).update(address="")
    name = person.name.strip()
    if name:
        ReturnPlan.objects.filter(contact_name__iexact=name).update(contact_name="", contact_phone="")
        SpokenReturn.objects.filter(said_by__iexact=name).update(said_by="Somebody who has left")
