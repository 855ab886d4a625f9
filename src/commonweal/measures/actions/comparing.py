"""Set providers beside each other, each drawn in by how little it can tell; each reads its own first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np
from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import in_turn, person_of, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import ANONYMOUS, Viewer, require
from commonweal.measures.models import Comparison, ComparisonLine, ComparisonReply, Return, ReturnPlan, ReturnState
from commonweal.measures.models.performance_verbs import PerformanceVerb
from commonweal.measures.performance_content import content, performance_rules
from commonweal.methods.shrinkage import shrunk
from commonweal.policy.returns import return_rules

OWN_ONLY = "You act for one of the providers. You see your own line, and the middle of all."


@dataclass(frozen=True, slots=True)
class Counted:
    """What one provider's returns say: who, how many said yes, of how many who answered."""

    name: str
    provider: Organisation | None
    yes: int
    answered: int


@transaction.atomic
def compare_providers(*, by: Viewer, partnership: Partnership, what: str, first: date, last: date) -> Comparison:
    """Set them beside each other over the returns that lie between two days; refused where too few can be."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if what not in content()["compared"]:
        raise Refused("Choose what is compared from the list.")
    if provides_in(by, partnership.pk):
        raise NotAllowed(OWN_ONLY)
    if last < first:
        raise Refused("The last day is before the first.")
    in_turn(partnership)
    every = counted(partnership, what, first, last)
    enough = [one for one in every if one.answered >= performance_rules().least_answers]
    least = return_rules().least_compared
    if len(enough) < least:
        raise Refused(f"{len(enough)} providers have {performance_rules().least_answers} answers or more in these "
                      f"returns. Nobody is compared below {least}.")
    same = Comparison.objects.filter(partnership=partnership, what=what, first=first, last=last,
                                     made_at__date=clock.today()).first()
    return same or _made(by, partnership, (what, first, last), enough, len(every) - len(enough))


@transaction.atomic
def reply_to_comparison(*, by: Viewer, line: ComparisonLine, words: str) -> ComparisonReply:
    """What a provider says of its own line; those who asked read it beside theirs, at once."""
    require(by, Permission.VIEW_PARTNERSHIP, line.partnership_id)
    if line.provider_id is None or by.organisation_in(line.partnership_id) != line.provider_id:
        raise NotFound("There is no such comparison, or none that you may reply to.")
    return _replied(by, line, words)


@transaction.atomic
def reply_by_link(*, line: ComparisonLine, words: str) -> ComparisonReply:
    """The same from a provider without an account, who was let in by the link to its own line."""
    return _replied(ANONYMOUS, line, words)


def _replied(by: Viewer, line: ComparisonLine, words: str) -> ComparisonReply:
    if not words.strip():
        raise Refused("Write what should be read beside the number.")
    made = saved(ComparisonReply(partnership_id=line.partnership_id, line=line, words=words.strip(),
                                 by=person_of(by)))
    record_event(by=by, verb=PerformanceVerb.REPLIED, subject=line, partnership=line.partnership_id)
    return made


def provides_in(viewer: Viewer, partnership: UUID) -> frozenset[UUID]:
    """The organisations a viewer has a role for that deliver under some agreement here."""
    mine = Organisation.objects.filter(pk__in=viewer.organisations_in(partnership))
    rows = ReturnPlan.objects.filter(partnership=partnership).values_list("provider_id", "provider_name")
    ids, names = {one for one, _ in rows}, {name for _, name in rows}
    return frozenset(one.pk for one in mine if one.pk in ids or one.name in names)


def counted(partnership: Partnership, what: str, first: date, last: date) -> tuple[Counted, ...]:
    """Every provider with an answer, added up over its agreements and periods."""
    rows = Return.objects.filter(partnership=partnership, state=ReturnState.SENT, first__gte=first, last__lte=last)
    found: dict[str, Counted] = {}
    seats = {one.organisation.name: one.organisation for one in PartnershipOrganisation.objects.on(
        clock.today()).filter(partnership=partnership).select_related("organisation")}
    for row in rows.select_related("plan__provider").prefetch_related("answers").order_by("first", "pk"):
        answers = {one.question: one.value for one in row.answers.all()}
        yes, base = answers.get(what), answers.get("answered")
        if isinstance(yes, int) and isinstance(base, int) and base >= max(yes, 1):
            provider = row.plan.provider or seats.get(row.plan.provider_name)
            key = str(provider.pk) if provider else row.plan.provider_name
            held = found.get(key, Counted(row.plan.provider_name, provider, 0, 0))
            found[key] = Counted(held.name, held.provider, held.yes + yes, held.answered + base)
    return tuple(sorted(found.values(), key=lambda one: one.name))


def _made(
    by: Viewer, partnership: Partnership, asked: tuple[str, date, date], lines: list[Counted], left_out: int
) -> Comparison:
    what, first, last = asked
    drawn = shrunk([one.yes / one.answered for one in lines], _variances(lines))
    made = saved(Comparison(
        partnership=partnership, what=what, first=first, last=last, middle=drawn.middle, between=drawn.between,
        left_out=left_out, made_by=person_of(by),
        opens=clock.today() + timedelta(days=return_rules().seen_within)))
    for one, value, low, high in zip(lines, drawn.value, drawn.lower, drawn.upper, strict=True):
        saved(ComparisonLine(
            partnership=partnership, comparison=made, provider=one.provider, name=one.name, yes=one.yes,
            answered=one.answered, value=float(value), lower=max(float(low), 0.0), upper=min(float(high), 1.0)))
    record_event(by=by, verb=PerformanceVerb.COMPARED, subject=made, partnership=partnership.pk)
    return made


def _variances(lines: Iterable[Counted]) -> np.ndarray:
    """Of each share, from (x+2)/(n+4): above 0 where all or none say yes too (Agresti and Coull 1998)."""
    share = np.array([(one.yes + 2) / (one.answered + 4) for one in lines])
    return np.asarray(share * (1 - share) / np.array([one.answered + 4 for one in lines]))
