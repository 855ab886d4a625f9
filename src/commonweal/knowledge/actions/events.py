"""Events are planned, changed and cancelled by their host, and followed by notes, a recording and actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.knowledge.actions.booking import tell_all, use_free_places
from commonweal.knowledge.models import AgreedAction, BookingState, Gathering, GatheringState

MOST_OPEN = 20
AUDIO = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav"}


class EventVerb(models.TextChoices):
    """The deeds of events."""

    PLANNED = "gathering.planned"
    CHANGED = "gathering.changed"
    CANCELLED = "gathering.cancelled"
    NOTED = "gathering.noted"
    RECORDED = "gathering.recorded"
    AGREED = "gathering.action_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringSaid:
    """What an event is."""

    kind: str
    title: str
    about: str
    day: date
    begins: time
    ends: time
    where: str
    access: str
    contact: str
    joining: str = ""
    places: int | None = None
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Where the sound is, how many octets and how long; `about` says who speaks of what."""

    address: str
    octets: int
    minutes: int
    about: str


@transaction.atomic
def plan_gathering(
    *, by: Viewer, partnership: Partnership, said: GatheringSaid, on_the_table: tuple[str, ...] = (),
    invited: tuple[Mapping[str, str], ...] = (),
) -> Gathering:
    """An event of the organisation the person acts for."""
    require(by, Permission.DISCUSS, partnership.pk)
    if said.day < clock.today():
        raise Refused("Choose a day that is still to come.")
    row = saved(Gathering(
        partnership=partnership, host=acting_organisation(by, partnership), **_fields(said),
        on_the_table=list(on_the_table), invited=[dict(one) for one in invited],
    ))
    record_event(by=by, verb=EventVerb.PLANNED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def change_gathering(*, by: Viewer, gathering: Gathering, said: GatheringSaid) -> Gathering:
    """Put it right; whoever booked is told where the day, hours or place changed, and free places are given."""
    row = hosted(by, gathering)
    if row.state == GatheringState.CANCELLED:
        raise Refused("It is cancelled. Plan a new one.")
    taken = row.bookings.filter(state=BookingState.PLACE).count()
    if said.places is not None and said.places < taken:
        raise Refused(f"{taken} people have a place already. Give at least {taken} places.")
    before = (row.day, row.begins, row.ends, row.where)
    for name, value in _fields(said).items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    saved(row)
    record_event(by=by, verb=EventVerb.CHANGED, subject=row, partnership=row.partnership_id)
    use_free_places(row)
    if before != (row.day, row.begins, row.ends, row.where):
        tell_all(row, "changed")
    return row


@transaction.atomic
def cancel_gathering(*, by: Viewer, gathering: Gathering, because: str) -> Gathering:
    """It does not take place, for a reason that everybody who booked is told."""
    row = hosted(by, gathering)
    if not because.strip():
        raise Refused("Say why it does not take place. Everybody who booked is told.")
    row.state, row.cancelled_because, row.changed_at = GatheringState.CANCELLED, because.strip(), clock.now()
    saved(row)
    record_event(by=by, verb=EventVerb.CANCELLED, subject=row, partnership=row.partnership_id)
    tell_all(row, "cancelled")
    return row


@transaction.atomic
def write_notes(*, by: Viewer, gathering: Gathering, notes: str) -> Gathering:
    """What was said, a line each; the summary is drafted from it."""
    row = hosted(by, gathering)
    row.notes = notes.strip()
    saved(row)
    record_event(by=by, verb=EventVerb.NOTED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def add_recording(*, by: Viewer, gathering: Gathering, recording: Recording) -> Gathering:
    """Where its sound can be heard: an https address of an audio file; of a public event it joins the podcast."""
    row = hosted(by, gathering)
    ending = recording.address.partition("?")[0].rpartition(".")[2].lower()
    if not recording.address.lower().startswith("https://") or ending not in AUDIO:
        raise Refused("Give an address that begins with https:// and ends with .mp3, .m4a, .ogg or .wav.")
    row.recording, row.recording_type, row.recording_bytes = recording.address, AUDIO[ending], recording.octets
    row.recording_seconds, row.recording_about = recording.minutes * 60, recording.about.strip()
    row.recorded_at = row.recorded_at or clock.now()
    saved(row)
    record_event(by=by, verb=EventVerb.RECORDED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def agree_event_action(*, by: Viewer, gathering: Gathering, words: str, owner: UUID, due: date) -> AgreedAction:
    """What came of it: a deed with an organisation of the partnership to own it, and a day."""
    require(by, Permission.DISCUSS, gathering.partnership_id)
    here = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=gathering.partnership_id, organisation=owner)
    if not here.exists():
        raise Refused("Choose an organisation of the partnership to own the action.")
    if due < clock.today():
        raise Refused("Choose a day that is still to come.")
    list(Gathering.objects.select_for_update().filter(pk=gathering.pk))
    if gathering.actions.filter(done_on=None).count() >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} actions are open already. Finish one first: fewer get done.")
    made = saved(AgreedAction(
        partnership_id=gathering.partnership_id, gathering=gathering, words=words, owner_id=owner, due=due))
    record_event(by=by, verb=EventVerb.AGREED, subject=made, partnership=gathering.partnership_id)
    return made


def hosted(by: Viewer, gathering: Gathering) -> Gathering:
    """The event, held for a change by somebody of its host."""
    require(by, Permission.DISCUSS, gathering.partnership_id)
    row: Gathering = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if acted_for(by, row.partnership_id) != row.host_id:
        raise NotAllowed("Whoever hosts the event does this. Ask them.")
    return row


def _fields(said: GatheringSaid) -> dict[str, object]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in asdict(said).items()}
