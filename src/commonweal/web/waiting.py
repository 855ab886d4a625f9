"""What waits for somebody among the files they brought and the work they asked for."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.models import JobState, UploadState
from commonweal.core.permissions import Permission
from commonweal.core.queries.complaints import complaints_for
from commonweal.core.queries.information import information_requests
from commonweal.core.queries.jobs import jobs_for
from commonweal.core.queries.sharing import AgreementCard, Standing, agreements_for
from commonweal.core.queries.uploads import UploadCard, uploads_for
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits

SAID = {
    UploadState.MAPPING: ("Say what the columns of {name} are", "Waits for you", "blue"),
    UploadState.SET_ASIDE: ("See why {name} could not be read", "Not read", "red"),
}


@waits("files")
def files_and_work(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Files to map or mend, and work of one's own that failed."""
    if not viewer.may(Permission.VIEW_JOBS, partnership):
        return ()
    uploads = uploads_for(viewer, partnership)
    settled = {card.job for card in uploads}
    files = tuple(_file(card) for card in uploads if card.state in SAID and card.mine and not card.put_away)
    failed = tuple(
        Waiting(f"{job.message}", reverse("web:job", args=[job.id]), "Did not work", "red")
        for job in jobs_for(viewer)
        if job.state is JobState.FAILED and job.mine and job.partnership == partnership and job.id not in settled
    )
    return files + failed


@waits("acting")
def for_whom(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """The choice that comes before any deed, for people of several organisations."""
    if viewer.organisation_in(partnership) or not viewer.organisations_in(partnership):
        return ()
    href = reverse("web:acting", args=[partnership])
    hint = "Before you write or sign anything."
    return (Waiting("Say for whom you act", href, "Waits for you", "blue", hint, urgent=True),)


@waits("requests")
def requests(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Complaints and requests for information that are open, for those who answer them."""
    if partnership not in viewer.partnerships(Permission.MANAGE_PARTNERSHIP):
        return ()
    if viewer.organisation_in(partnership) is None or not viewer.may(Permission.MANAGE_PARTNERSHIP, partnership):
        return ()   # who acts for several is asked first for which, and that waits by itself
    complaints = tuple(
        Waiting(f"Complaint {one.row.reference}", reverse("web:complaint", args=[one.row.pk]), *_due(one.late),
                f"{one.standing}.", urgent=one.late, private=True)
        for one in complaints_for(viewer, partnership) if not one.row.settled
    )
    asked = tuple(
        Waiting("Request for information", reverse("web:information-request", args=[partnership, one.row.pk]),
                *_due(one.late), f"{one.standing}.", urgent=one.late, private=True)
        for one in information_requests(viewer, partnership) if not one.row.answered
    )
    return complaints + asked


def _due(late: bool) -> tuple[str, str]:
    return ("Late", "red") if late else ("Waits for you", "blue")


@waits("sharing")
def agreements(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Agreements that wait for the signature of the viewer's organisation, and reviews that are due."""
    found = agreements_for(viewer, partnership)
    to_sign = tuple(_to_sign(one, partnership) for one in found if one.waits_for_me)
    due = tuple(
        Waiting(f"Look again at: {one.title}", reverse("web:agreement", args=[partnership, one.id]), "Review due",
                "yellow", f"It was to be looked at on {one.review:%-d %B %Y}.")
        for one in found if one.standing is Standing.IN_FORCE and one.review <= clock.today()
    )
    return to_sign + due


def _to_sign(card: AgreementCard, partnership: UUID) -> Waiting:
    """What comes first: the advice where the data asks for it, else the signature."""
    verb, page, status = (
        ("Record advice", "web:impact-advise", "Before signing") if card.advice_first
        else ("Sign", "web:agreement", "To sign")
    )
    return Waiting(f"{verb}: {card.title}", reverse(page, args=[partnership, card.id]), status, "blue",
                   f"From {card.giver} to {card.taker}.", urgent=True)


def _file(card: UploadCard) -> Waiting:
    title, status, tone = SAID[card.state]
    href = reverse("web:upload", args=[card.partnership, card.id])
    return Waiting(title.format(name=card.name), href, status, tone, card.outcome.sentence)
