"""What the agreements stage lets go of with a person: their entry as somebody to ring."""

from __future__ import annotations

from commonweal.agreements.models import AgreementContact
from commonweal.core.forgetting import forgets
from commonweal.core.models import Person


@forgets("agreements-contacts")
def forget_contacts(person: Person) -> None:
    """Every line with their address or their name goes."""
    if person.email:
        AgreementContact.objects.filter(email__iexact=person.email).delete()
    if person.name.strip():
        AgreementContact.objects.filter(name__iexact=person.name.strip()).delete()
