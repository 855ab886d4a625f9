"""The theory of change is drawn step by step, links get their evidence, a university is asked to review one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, OrganisationKind, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.personal_text import personal_in
from commonweal.policy.evidence_levels import design_levels
from commonweal.priorities.models import (
    LinkEvidence,
    LinkEvidenceKind,
    LinkReview,
    LinkReviewAnswer,
    Outcome,
    OutcomeState,
    ReviewVerdict,
    StepKind,
    TheoryLink,
    TheoryStep,
)

MOST = 24


class Verb(models.TextChoices):
    """The deeds of the theory of change."""

    STEP = "theory.step_added"
    LINK = "theory.link_added"
    STEP_CHANGED = "theory.step_changed"
    LINK_CHANGED = "theory.link_changed"
    STEP_REMOVED = "theory.step_removed"
    LINK_REMOVED = "theory.link_removed"
    EVIDENCE = "theory.evidence_added"
    ASKED = "theory.review_asked"
    ANSWERED = "theory.review_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSaid:
    """What a piece of evidence says of a link, and the facts its step follows from."""

    kind: LinkEvidenceKind
    speaks_for: bool
    design: str
    says: str
    source: str
    year: int
    address: str = ""


@transaction.atomic
def add_step(
    *, by: Viewer, partnership: Partnership, kind: StepKind, title: str, outcome: UUID | None = None
) -> TheoryStep:
    """A step: what is done, what comes of it at once, or what is different."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    list(Partnership.objects.select_for_update().filter(pk=partnership.pk))
    standing = TheoryStep.objects.filter(partnership=partnership, removed=False)
    if standing.count() >= MOST:
        raise Refused(f"There are {MOST} steps already. A picture of more is read by nobody: remove one first.")
    known = Outcome.objects.filter(partnership=partnership, state=OutcomeState.STANDS)
    written = known.filter(pk=outcome).first() if outcome else None
    if outcome is not None and written is None:
        raise NotFound("That outcome is not there any more. Choose another.")
    if written is not None and kind is not StepKind.OUTCOME:
        raise Refused("Only a step that says what is different can be one of the outcomes.")
    named = (title.strip() or (written.title if written else ""))[:80]
    if standing.filter(title__iexact=named).exists():
        raise Refused("There is a step of this name already.")
    made = saved(TheoryStep(partnership=partnership, kind=kind, title=named, outcome=written))
    record_event(by=by, verb=Verb.STEP, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def add_link(*, by: Viewer, partnership: Partnership, before: UUID, after: UUID, why: str) -> TheoryLink:
    """That one step leads to another; never in a circle."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    list(Partnership.objects.select_for_update().filter(pk=partnership.pk))
    steps = {one.pk: one for one in TheoryStep.objects.filter(partnership=partnership, removed=False)}
    if before not in steps or after not in steps:
        raise NotFound("One of these steps is not there any more. Choose again.")
    circle = _way(partnership, after, before)
    if circle:
        names = " leads to ".join(steps[one].title for one in circle)
        raise Refused(f"That would be a circle: {names}. A theory of change runs one way. Leave one of these out.")
    made = saved(TheoryLink(
        partnership=partnership, before=steps[before], after=steps[after], why=why.strip()
    ))
    record_event(by=by, verb=Verb.LINK, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def change_step(*, by: Viewer, step: TheoryStep, title: str) -> TheoryStep:
    """Say a step in other words; its links and their evidence stay, and so does what it was called."""
    require(by, Permission.RECORD_EVIDENCE, step.partnership_id)
    held: TheoryStep = TheoryStep.objects.select_for_update().get(pk=step.pk)
    named = title.strip()[:80]
    standing = TheoryStep.objects.filter(partnership=held.partnership_id, removed=False)
    if held.removed:
        raise Refused("This step was taken away meanwhile. Add it again if it belongs there.")
    if not named:
        raise Refused("Say what the step is, in a few words.")
    if standing.exclude(pk=held.pk).filter(title__iexact=named).exists():
        raise Refused("There is a step of this name already.")
    held.title = named
    saved(held)
    record_event(by=by, verb=Verb.STEP_CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def change_link(*, by: Viewer, link: TheoryLink, why: str) -> TheoryLink:
    """Say anew why one step should lead to the other; its evidence stays."""
    require(by, Permission.RECORD_EVIDENCE, link.partnership_id)
    held: TheoryLink = TheoryLink.objects.select_for_update().get(pk=link.pk)
    if held.removed:
        raise Refused("This link was taken away meanwhile. Add it again if it belongs there.")
    if not why.strip():
        raise Refused("Say why the one should lead to the other.")
    held.why = why.strip()
    saved(held)
    record_event(by=by, verb=Verb.LINK_CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def remove_step(*, by: Viewer, step: TheoryStep) -> None:
    """Take a step away with its links; what was held stays in its history."""
    require(by, Permission.RECORD_EVIDENCE, step.partnership_id)
    held: TheoryStep = TheoryStep.objects.select_for_update().get(pk=step.pk)
    if held.removed:
        return
    for link in TheoryLink.objects.filter(models.Q(before=held) | models.Q(after=held), removed=False):
        remove_link(by=by, link=link)
    held.removed = True
    saved(held)
    record_event(by=by, verb=Verb.STEP_REMOVED, subject=held, partnership=held.partnership_id)


@transaction.atomic
def remove_link(*, by: Viewer, link: TheoryLink) -> None:
    """Take a link away; its evidence is kept."""
    require(by, Permission.RECORD_EVIDENCE, link.partnership_id)
    held: TheoryLink = TheoryLink.objects.select_for_update().get(pk=link.pk)
    if held.removed:
        return
    held.removed = True
    saved(held)
    record_event(by=by, verb=Verb.LINK_REMOVED, subject=held, partnership=held.partnership_id)


@transaction.atomic
def add_evidence(*, by: Viewer, link: TheoryLink, said: EvidenceSaid) -> LinkEvidence:
    """What a link rests on, or what speaks against it; another explanation always speaks against."""
    require(by, Permission.RECORD_EVIDENCE, link.partnership_id)
    if said.design not in {one.key for one in design_levels()}:
        raise Refused("Choose from the list how it was found out.")
    if not 1900 <= said.year <= clock.today().year:
        raise Refused(f"The year must be from 1900 to {clock.today().year}.")
    if personal_in(said.says):
        raise Refused("The text seems to name a person, or how to reach one. Take that out: partners read it.")
    speaks_for = said.speaks_for and said.kind is not LinkEvidenceKind.RIVAL
    made = saved(LinkEvidence(
        partnership_id=link.partnership_id, link=link, kind=said.kind, speaks_for=speaks_for, design=said.design,
        says=said.says.strip(), source=said.source.strip(), address=said.address, year=said.year,
        entered_by=acting_person(by),
    ))
    record_event(by=by, verb=Verb.EVIDENCE, subject=made, partnership=link.partnership_id)
    return made


@transaction.atomic
def ask_review(*, by: Viewer, link: TheoryLink, organisation: UUID, question: str) -> LinkReview:
    """Ask a university that has a seat to look at a link."""
    require(by, Permission.RECORD_EVIDENCE, link.partnership_id)
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=link.partnership_id, organisation=organisation, organisation__kind=OrganisationKind.UNIVERSITY
    )
    if not seats.exists():
        raise Refused("Only a university with a seat in the partnership can be asked. Invite one first.")
    asked = LinkReview.objects.filter(link=link, organisation=organisation, answer=None)
    if asked.exists():
        raise Refused("It has been asked already, and has not answered yet.")
    made = saved(LinkReview(
        partnership_id=link.partnership_id, link=link, organisation=Organisation.objects.get(pk=organisation),
        question=question.strip(), asked_by=acting_person(by),
    ))
    record_event(by=by, verb=Verb.ASKED, subject=made, partnership=link.partnership_id)
    return made


@transaction.atomic
def answer_review(*, by: Viewer, review: LinkReview, verdict: ReviewVerdict, words: str) -> LinkReviewAnswer:
    """The university's answer, kept as it was given."""
    require(by, Permission.DISCUSS, review.partnership_id)
    if acted_for(by, review.partnership_id) != review.organisation_id:
        raise NotAllowed("Only people of the university that was asked answer.")
    if LinkReviewAnswer.objects.filter(review=review).exists():
        raise Refused("This review is answered already.")
    made = saved(LinkReviewAnswer(
        partnership_id=review.partnership_id, review=review, verdict=verdict, words=words.strip(),
        answered_by=acting_person(by),
    ))
    record_event(by=by, verb=Verb.ANSWERED, subject=made, partnership=review.partnership_id)
    return made


def _way(partnership: Partnership, start: UUID, end: UUID) -> tuple[UUID, ...]:
    """The steps by which `start` already leads to `end`; nothing where it does not."""
    leads: dict[UUID, list[UUID]] = defaultdict(list)
    for before, after in TheoryLink.objects.filter(partnership=partnership, removed=False).values_list(
        "before", "after"
    ):
        leads[before].append(after)
    ways: list[tuple[UUID, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        for step in leads[way[-1]]:
            if step not in seen:
                seen.add(step)
                ways.append((*way, step))
    return ()
