"""The invented partners join up: what each department commissions, who is in it, and whose time is paid for."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core.actions.departments import change_department, place_members
from commonweal.core.actions.neighbourhoods import Budget, add_neighbourhood, set_budget
from commonweal.core.actions.paid_time import Time, record_paid_time
from commonweal.core.models import Department, Membership, PartnershipPlace
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.core.wards import wards_in

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_joining(world: World, _rng: np.random.Generator) -> None:
    """Departments and paid time, as joining.yaml has them."""
    assert world.partnership is not None
    said: dict[str, Any] = yaml.safe_load(
        files("commonweal.example").joinpath("joining.yaml").read_text("utf-8")
    )
    for one in said["departments"]:
        held = Department.objects.get(organisation=world.organisations[one["organisation"]], name=one["name"])
        change_department(by=SYSTEM, department=held, name=one["name"], commissions=one["commissions"])
    for one in said["members"]:
        member = Membership.objects.get(person=world.people[one["email"]])
        held = Department.objects.get(organisation=member.organisation, name=one["department"])
        place_members(by=SYSTEM, organisation=member.organisation, placed={member.pk: held.pk})
    for one in said["paid_time"]:
        record_paid_time(
            by=viewer_of(world.people[one["by"]]), partnership=world.partnership,
            organisation=world.organisations[one["organisation"]], payer=world.organisations[one["payer"]],
            time=Time(one["purpose"], Decimal(one["hours"]), Decimal(one["rate"]), one["first"], one["last"]),
        )
    _mark_out(world, said["neighbourhoods"])


def _mark_out(world: World, said: list[dict[str, Any]]) -> None:
    """Two neighbourhoods of the invented district, where its wards are loaded."""
    place = PartnershipPlace.objects.get(partnership=world.partnership)
    by = viewer_of(world.people["officer@larkmere.example"])
    codes = {ward.name: ward.code for ward in wards_in(place)}
    for one in said if codes else ():
        made = add_neighbourhood(
            by=by, place=place, name=one["name"], wards=[codes[ward] for ward in one["wards"]],
            speaker=world.organisations[one["speaker"]] if one["speaker"] else None,
        )
        for year, (pounds, decided) in one["budgets"].items():
            set_budget(by=SYSTEM, neighbourhood=made, budget=Budget(year, Decimal(pounds), decided))
