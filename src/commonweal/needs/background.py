"""The long work of the needs stage: e-mails about contacts that lapsed, surveys, visits, the country's map."""

from __future__ import annotations

from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.stores import stores
from commonweal.lake.tiles import NoShapes
from commonweal.needs.actions.nudges import nudge_all, nudge_week
from commonweal.needs.queries.country import draw_tiles
from commonweal.needs.survey_reading import look_at_survey, read_survey
from commonweal.needs.visit_reading import look_at_visits, take_visits

NUDGE = "contacts.nudge"
LOOK_SURVEY = "survey.look"
READ_SURVEY = "survey.read"
LOOK_VISITS = "visits.look"
TAKE_VISITS = "visits.take"
DRAW_COUNTRY = "country.draw"
NO_SHAPES = "No boundary of a small area is held. Pull the boundaries (LSOA 2021), then open the page again."

job_kind(LOOK_SURVEY)(look_at_survey)
job_kind(READ_SURVEY)(read_survey)
job_kind(LOOK_VISITS)(look_at_visits)
job_kind(TAKE_VISITS)(take_visits)


@job_kind(NUDGE)
def nudge(handle: Handle) -> str:
    """Send this week's; run again it sends only what is left."""
    week = nudge_week(clock.now())
    if week is None:
        return "It was too early in the day. The next week's e-mails go later."
    handle.progress(0, "Looking for contacts that have lapsed")
    sent, failed = nudge_all(week)
    if failed:
        raise Refused(f"{failed} could not be sent, {sent} were. Mend the mail settings, then try again.")
    return "1 reminder sent." if sent == 1 else f"{sent} reminders sent."


@job_kind(DRAW_COUNTRY)
def draw_country(handle: Handle) -> str:
    """Draw every small area of the store that the page shows; run again it finds what is drawn already."""
    store = next((one for one in stores().both if one.exists), None)
    if store is None:
        return "There is no data to draw."
    try:
        draw_tiles(store, handle.progress)
    except NoShapes as nothing:
        raise Refused(NO_SHAPES) from nothing
    return "The map of every small area is drawn."
