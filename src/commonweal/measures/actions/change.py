"""A change of people before and after is worked out and kept with an agreement; their scores are let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import person_of, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.measures.instrument_packs import instruments_here
from commonweal.measures.models import KeptChange
from commonweal.measures.models.performance_verbs import PerformanceVerb
from commonweal.measures.pages.change import change_told
from commonweal.methods.change import LEAST_MEAN
from commonweal.options.models import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSaid:
    """Scores in pairs, one person each; what they are of, between which days, and how people came to be there."""

    instrument: str
    pairs: tuple[tuple[float, float], ...]
    first: date
    last: date
    began: int | None = None
    chosen: str = ""
    licence: str = ""


@transaction.atomic
def keep_change(*, by: Viewer, agreement: Agreement, said: ChangeSaid) -> KeptChange:
    """Keep what the scores say, in sums. Of fewer than five people not even how many fared better is kept."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    found = instruments_here().find(said.instrument)
    if found is None:
        raise Refused("Choose what was measured from the list.")
    if found.licensed and not said.licence.strip():
        raise Refused("This scale is used under a licence. Give the number of yours, or who holds it.")
    if said.last > clock.today():
        raise Refused("The last day is in the future. Keep the change once everybody has been asked again.")
    told = change_told(found, said.pairs, began=said.began, chosen=said.chosen)
    few = len(said.pairs) < LEAST_MEAN
    made = saved(KeptChange(
        partnership_id=agreement.partnership_id, agreement=agreement, instrument=found.key, title=found.title,
        unit=found.unit, first=said.first, last=said.last, people=len(said.pairs), began=said.began,
        chosen=said.chosen, licence=said.licence.strip(), answer=told.answer, counts="" if few else told.counts,
        rows=[[one.says, one.mean, one.lower, one.upper] for one in told.rows], claim=told.claim,
        cannot=list(told.cannot), method=told.method, by=person_of(by)))
    record_event(by=by, verb=PerformanceVerb.CHANGE_KEPT, subject=made, partnership=made.partnership_id)
    return made
