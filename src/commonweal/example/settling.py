"""What Larkmere has settled: invitations, an agreement that ended, help, a step closed, polls, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.actions.invitations import accept_as_new, invite
from commonweal.core.actions.people import add_member
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.sharing import (
    Described,
    Terms,
    describe_data,
    end_agreement,
    sign_agreement,
    write_agreement,
)
from commonweal.core.actions.steps import close_step
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership, Person
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.geography import land
from commonweal.needs.actions.briefing import say_poll
from commonweal.needs.actions.keeping import keep_assessment
from commonweal.needs.actions.skills import answer_help, ask_for_help
from commonweal.needs.models import EvidenceItem, Reply, SkillOffer
from commonweal.needs.pages.loading import NoData, NotAPlace, assessment_for
from commonweal.needs.queries.agreed import with_agreed
from commonweal.needs.queries.skills import About
from commonweal.needs.views.briefings import made_now
from commonweal.policy.elections import ordinary_polling_day

if TYPE_CHECKING:
    from commonweal.example.world import World

OFFICER = "officer@larkmere.example"


def build_settling(world: World, _rng: np.random.Generator) -> None:
    """The lines of settling.yaml, and the district's page for members from the figures of today."""
    said = yaml.safe_load(files("commonweal.example").joinpath("settling.yaml").read_text("utf-8"))
    for line in said["invited"]:
        _invited(world, line)
    _ended(world, said["ended"])
    _helped(world, said["help"])
    for line in said["closed"]:
        with _days_ago(line["days"]):
            close_step(by=viewer_of(world.people[line["who"]]), partnership=_here(world), step=line["step"],
                       reason=line["reason"])
    _polls(world, said["polls"])
    _briefed(world)
    _kept(world, said["kept"])


def _here(world: World) -> Partnership:
    assert world.partnership is not None
    return world.partnership


def _days_ago(days: int) -> AbstractContextManager[None]:
    return clock.fixed(clock.now() - timedelta(days=days))


def _invited(world: World, line: Mapping[str, Any]) -> None:
    with _days_ago(line["days"]):
        _, token = invite(
            by=viewer_of(world.people[line["who"]]), partnership=_here(world), address=line["email"],
            organisation=world.organisations[line["organisation"]], role=Role(line["role"]),
        )
    if "accepted" in line:
        with _days_ago(line["accepted"]):
            person = accept_as_new(token=token, name=line["name"], password=None)
            if "also" in line:
                _also(world, person, line["also"])


def _also(world: World, person: Person, line: Mapping[str, str]) -> None:
    """Somebody has a second hat: they say for whom they act before they do."""
    body = world.organisations[line["organisation"]]
    add_member(by=SYSTEM, person=person, organisation=body, job=line["job"], start=clock.today())
    give_role(by=SYSTEM, partnership=_here(world), person=person, organisation=body, role=Role(line["role"]),
              start=clock.today())


def _ended(world: World, line: Mapping[str, Any]) -> None:
    """The health board shared waiting times with the council, and ended it."""
    giver, taker = world.people[line["from"]], world.people[line["to"]]
    with _days_ago(line["written"]):
        today, fields = clock.today(), tuple({"name": name} for name in line["fields"])
        held = describe_data(by=viewer_of(giver), partnership=_here(world),
                             described=Described(title=line["data"], fields=fields))
        agreement = write_agreement(
            by=viewer_of(giver), partnership=_here(world), title=line["title"], giver=held.organisation_id,
            taker=world.organisations["council"].pk, terms=Terms(
                sets={held.pk: line["fields"]}, purposes=(Purpose.ASSESSMENT,), why=line["why"],
                giver_role="controller", taker_role="controller", start=today, end=today + timedelta(days=365),
                review=today + timedelta(days=180), retention="Until the winter plan is agreed, then deleted",
                contact="The data protection officer of either",
            ),
        ).identity
    with _days_ago(line["signed"]):
        for person in (giver, taker):
            sign_agreement(by=viewer_of(person), agreement=agreement, number=1)
    with _days_ago(line["ended"]):
        end_agreement(by=viewer_of(giver), agreement=agreement, reason=line["reason"])


def _helped(world: World, line: Mapping[str, Any]) -> None:
    """Somebody asks whoever offers a skill to read a survey with them, and gets a yes."""
    helper = world.people[line["of"]]
    offer = SkillOffer.objects.filter(partnership=_here(world), person=helper).order_by("pk").first()
    item = EvidenceItem.objects.filter(partnership=_here(world), kind="survey").exclude(placed=None).first()
    if offer is None or item is None:
        return
    with _days_ago(line["days"]):
        asked = ask_for_help(by=viewer_of(world.people[line["who"]]), offer=offer, about=About(item=item.pk))
    with _days_ago(line["answered"]):
        answer_help(by=viewer_of(helper), request=asked, reply=Reply(line["reply"]), words=line["words"])


def _polls(world: World, lines: Sequence[Mapping[str, Any]]) -> None:
    """Each council says whether it held the last ordinary election, and holds the next."""
    year = clock.today().year
    following = year if clock.today() <= ordinary_polling_day(year) else year + 1
    for line in lines:
        council = world.organisations[line["council"]].pk
        say_poll(by=viewer_of(world.people[line["who"]]), partnership=_here(world), council=council,
                 day=ordinary_polling_day(following + line["years"]), answer=(line["held"], None))


def _kept(world: World, line: Mapping[str, Any]) -> None:
    """The assessment as it went to a meeting; left out where the example's figures are not there."""
    viewer = viewer_of(world.people[line["who"]])
    view = partnership_for(viewer, _here(world).pk)
    with _days_ago(line["days"]), suppress(NoData, NotAPlace):
        made = with_agreed(viewer, view, assessment_for(viewer, land().main.code))
        keep_assessment(by=viewer, partnership=_here(world), assessment=made, code=land().main.code,
                        reason=line["reason"])


def _briefed(world: World) -> None:
    """One page on the district; left out where the example's figures are not there."""
    viewer = viewer_of(world.people[OFFICER])
    try:
        made_now(viewer, partnership_for(viewer, _here(world).pk), code=land().main.code)
    except Refused:
        return
