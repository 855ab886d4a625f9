"""Returns are opened when their period is over, and links to them made, sent and ended."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import person_of, record_event
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.models.invitations import hash_of, new_token
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.measures.asking import keys_for
from commonweal.measures.models import Return, ReturnLink, ReturnPlan
from commonweal.measures.models.verbs import Verb
from commonweal.measures.periods import Period, periods
from commonweal.measures.queries.own import own_return_row
from commonweal.policy.returns import return_rules

OWN = timedelta(days=1)  # a role may end any day: whoever still has it presses again
NO_LINK = "This link does not open a return. Look for a newer e-mail, or ask whoever asks you for the return."


@transaction.atomic
def open_returns(*, by: Viewer, partnership: Partnership) -> tuple[Return, ...]:
    """Open a return for every period that is over and has none; those that were opened now."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    made = []
    for plan in ReturnPlan.objects.select_for_update(of=("self",)).filter(partnership=partnership).order_by("pk"):
        there = set(plan.returns.values_list("first", flat=True))
        for period in periods(plan.begins, plan.ends, plan.every, before=clock.today()):
            if period.first not in there and not _covered(plan, period):
                made.append(_opened(by, plan, period))  # noqa: PERF401  each is there for the next to look at
    return tuple(made)


@transaction.atomic
def make_link(*, by: Viewer, to: Return, address: str = "") -> tuple[ReturnLink, str]:
    """A link to a return and the token in it; links to the same address made before stop working."""
    require(by, Permission.RECORD_EVIDENCE, to.partnership_id)
    return link_for(by, to, address)


@transaction.atomic
def link_for(
    by: Viewer, to: Return, address: str, *, beside: bool = False, within: timedelta | None = None
) -> tuple[ReturnLink, str]:
    """For whoever has been let in already; `beside` lets those made before work on, `within` ends it sooner."""
    rules = return_rules()
    last = datetime.combine(to.due + timedelta(days=rules.grace_days + 1), time(), clock.LONDON)
    if last <= clock.now():
        last = clock.now() + timedelta(days=rules.grace_days)  # it is late: whoever is asked anew still needs time
    if within:
        last = min(last, clock.now() + within)
    if not beside:
        to.links.filter(ended=None, address=address).update(ended=clock.now())
    token = new_token()
    made = ReturnLink(partnership_id=to.partnership_id, of=to, token_hash=hash_of(token), address=address,
                      expires=last, by=person_of(by))
    made.save(force_insert=True)
    record_event(by=by, verb=Verb.LINK_MADE, subject=made, partnership=to.partnership_id)
    return made, token


@transaction.atomic
def open_own_return(*, by: Viewer, to: Return) -> str:
    """For whoever acts for the organisation that owes it: a token of their own, beside any link sent before."""
    require(by, Permission.BRING_EVIDENCE, to.partnership_id)
    mine = own_return_row(by, to.partnership_id, to.pk)
    return link_for(by, mine, "", beside=True, within=OWN)[1]


@transaction.atomic
def end_links(*, by: Viewer, to: Return) -> int:
    """Every link to a return stops working at once; how many did."""
    require(by, Permission.RECORD_EVIDENCE, to.partnership_id)
    ended: int = to.links.filter(ended=None).update(ended=clock.now())
    if not ended:
        raise Refused("No link to this return works.")
    record_event(by=by, verb=Verb.LINK_ENDED, subject=to, partnership=to.partnership_id)
    return ended


def link_behind(token: str) -> ReturnLink:
    """The link of a token; the same NotFound whether there was never one, it was ended, or its time is over."""
    rows = ReturnLink.objects.select_related("of__plan__agreement", "partnership")
    found: ReturnLink | None = rows.filter(token_hash=hash_of(token)).first()
    if found is None or not found.works():
        raise NotFound(NO_LINK)
    return found


def _covered(plan: ReturnPlan, period: Period) -> bool:
    """Whether another return lies over it, from before the plan was changed."""
    found: bool = plan.returns.filter(first__lte=period.last, last__gte=period.first).exists()
    return found


def _opened(by: Viewer, plan: ReturnPlan, period: Period) -> Return:
    due = period.last + timedelta(days=return_rules().days_to_send)
    made = Return(partnership_id=plan.partnership_id, plan=plan, first=period.first, last=period.last,
                  due=due, tier=plan.tier, asked=keys_for(plan))
    made.save(force_insert=True)  # worked out, not typed: the database's own rules are enough
    record_event(by=by, verb=Verb.OPENED, subject=made, partnership=plan.partnership_id)
    return made
