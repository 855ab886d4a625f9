"""What procurement lets go of with a person: their name, in plans, talks, drafts of bids and decisions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.core.rewording import Reword, reword_rows, role_alone, without
from commonweal.procurement.models import (
    AgreedTerms,
    Bid,
    Challenge,
    ChanceWish,
    Clarification,
    Competition,
    Decision,
    Evaluator,
    Extension,
    Interest,
    LowPrice,
    Moderated,
    Score,
    Subscription,
    SupportGiven,
    SupportPlan,
    TalkNote,
)
from commonweal.procurement.package import Package, Said, kept, read
from commonweal.procurement.sealing import draft_place, seal, unseal

WORDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (SupportPlan, ("gap", "steps", "money_from", "took")), (SupportGiven, ("what",)),
    (Clarification, ("asked", "answer")), (Extension, ("reason",)), (TalkNote, ("words",)),
    (AgreedTerms, ("words",)), (Bid, ("invited",)), (Evaluator, ("words", "left_why")), (Score, ("reason",)),
    (Moderated, ("reason",)), (LowPrice, ("said", "reason")), (Decision, ("chosen", "order", "reasons")),
    (Challenge, ("body", "reach", "difference", "able", "staff", "change", "reasons")),
)
ROLES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Decision, ("authority",)), (Challenge, ("decider",)), (Competition, ("contact",)),
)


def _interests(address: str) -> None:
    whole = re.compile(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])", re.IGNORECASE)
    for row in Interest.objects.filter(reach__icontains=address):
        if whole.search(row.reach):
            Interest.objects.filter(pk=row.pk).update(
                organisation="Taken out", name="", reach="", answers={}, erased_at=clock.now())


@forgets("procurement-chances")
def forget_chances(person: Person) -> None:
    """How they wished to be told goes."""
    ChanceWish.objects.filter(person=person).delete()
    if person.email:
        Subscription.objects.filter(email__iexact=person.email).delete()
        _interests(person.email)


@forgets("procurement-words")
def forget_words(person: Person) -> None:
    """Their name goes from what others wrote; who decided keeps the role alone; scores, sums and hours stay."""
    name = person.name.strip()
    if not name:
        return
    for model, fields in WORDS:
        reword_rows(model, fields, without(name))
    for model, fields in ROLES:
        reword_rows(model, fields, role_alone(name))


@forgets("procurement-drafts")
def forget_drafts(person: Person) -> None:
    """Bids that were never sent lose their name and address, sealed as they are; what was sent stands as sent.

    A draft that no key here opens is left: nobody can read it.
    """
    names = [without(one) for one in (person.name.strip(), person.email.strip()) if one]
    for bid in Bid.objects.filter(submissions=None).select_related("competition").iterator():
        place = draft_place(bid.pk)
        try:
            draft = read(unseal(bid.competition_id, place, bid.draft))
        except Refused:
            continue
        changed = draft
        for reword in names:
            changed = _without(changed, reword)
        if changed != draft:
            Bid.objects.filter(pk=bid.pk).update(draft=seal(bid.competition_id, place, kept(changed)))


def _without(draft: Package, reword: Reword) -> Package:
    contact, reach = reword(draft.contact), reword(draft.reach)
    return replace(
        draft, name=reword(draft.name), price_made_of=reword(draft.price_made_of),
        contact=contact if contact == draft.contact else "", reach=reach if reach == draft.reach else "",
        members=tuple(replace(one, name=reword(one.name), part=reword(one.part)) for one in draft.members),
        files=tuple(replace(one, name=reword(one.name)) for one in draft.files),
        answers={key: Said(reword(one.words), one.number, one.taken_over) for key, one in draft.answers.items()})
