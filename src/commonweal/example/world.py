"""The worked example's records: one function a stage, each with its own seed stream, calling only actions."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from commonweal.core.actions.organisations import add_department, create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place, create_partnership
from commonweal.core.actions.people import add_member, add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.models import Organisation, OrganisationKind, Partnership, Person
from commonweal.core.permissions import Role
from commonweal.core.search.indexing import rebuild
from commonweal.core.stores import stores
from commonweal.core.viewer import SYSTEM
from commonweal.example.advisers import build_advisers
from commonweal.example.advocates import build_advocates
from commonweal.example.agreement import build_ranking
from commonweal.example.ambitions import build_ambitions
from commonweal.example.area_tables import DISTRICT_YEAR
from commonweal.example.awarded import build_awarded
from commonweal.example.awards import build_awards
from commonweal.example.before import build_before
from commonweal.example.bids import build_bids
from commonweal.example.capacity import build_capacity
from commonweal.example.challenges import build_challenges
from commonweal.example.changes import build_changes
from commonweal.example.commissions import build_commissions
from commonweal.example.contacts import build_contacts
from commonweal.example.directory import build_directory
from commonweal.example.events import build_events
from commonweal.example.evidence import build_evidence
from commonweal.example.examining import build_examining
from commonweal.example.for_groups import build_for_groups
from commonweal.example.funding import build_funding
from commonweal.example.geography import land, stream
from commonweal.example.guidance import build_guidance
from commonweal.example.joining import build_joining
from commonweal.example.joint import build_joint
from commonweal.example.linking import build_linking
from commonweal.example.market import build_market
from commonweal.example.missed import build_missed
from commonweal.example.money import build_money
from commonweal.example.networks import build_networks
from commonweal.example.options import build_options
from commonweal.example.origins import build_origins
from commonweal.example.outcomes import build_outcomes
from commonweal.example.performance import build_performance
from commonweal.example.pipeline import build_pipeline
from commonweal.example.pooling import build_pooling
from commonweal.example.priorities import build_priorities
from commonweal.example.protection import build_protection
from commonweal.example.readying import example_exists
from commonweal.example.relationship import build_relationship
from commonweal.example.releasing import build_releasing
from commonweal.example.returns import build_returns
from commonweal.example.review import build_review
from commonweal.example.services import build_services
from commonweal.example.settling import build_settling
from commonweal.example.sharing import build_sharing
from commonweal.example.store import build_store
from commonweal.example.support import build_support
from commonweal.example.survey import build_survey
from commonweal.example.teams import build_teams
from commonweal.example.terms import build_terms
from commonweal.example.trades import build_trades
from commonweal.example.using import build_using
from commonweal.example.visits import build_visits
from commonweal.example.words import build_words

BEGAN = date(2024, 4, 1)


@dataclass
class World:
    """What the stages so far have made, by the keys of people.yaml."""

    passwords: dict[str, str]
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    partnership: Partnership | None = None


@lru_cache(maxsize=1)
def cast() -> dict[str, Any]:
    """The invented organisations and people."""
    loaded: dict[str, Any] = yaml.safe_load(files("commonweal.example").joinpath("people.yaml").read_text("utf-8"))
    return loaded


def build_partners(world: World, _rng: np.random.Generator) -> None:
    """Organisations, departments, the voluntary groups, and the partnership with its place."""
    world.partnership = create_partnership(by=SYSTEM, name=cast()["partnership"], invented=True, start=BEGAN)
    for one in cast()["organisations"]:
        made = create_organisation(by=SYSTEM, name=one["name"], kind=OrganisationKind(one["kind"]), example=True)
        world.organisations[one["key"]] = made
        for name in one.get("departments", ()):
            add_department(by=SYSTEM, organisation=made, name=name)
        add_organisation(
            by=SYSTEM, partnership=world.partnership, organisation=made, signs_off=one["signs_off"], start=BEGAN
        )
    for name in cast()["groups"]:
        create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.THIRD_SECTOR, example=True)
    main = land().main
    add_place(
        by=SYSTEM, partnership=world.partnership, kind="district", code=main.code, vintage=DISTRICT_YEAR,
        name=main.name, start=BEGAN,
    )


def build_people(world: World, _rng: np.random.Generator) -> None:
    """People with an account, their organisation and their role."""
    assert world.partnership is not None
    for one in cast()["people"]:
        person = add_person(
            by=SYSTEM, email=one["email"], name=one["name"], password=world.passwords[one["email"]], example=True
        )
        organisation = world.organisations[one["organisation"]]
        add_member(by=SYSTEM, person=person, organisation=organisation, job=one["job"], start=BEGAN)
        give_role(
            by=SYSTEM, partnership=world.partnership, person=person, organisation=organisation,
            role=Role(one["role"]), start=BEGAN,
        )
        world.people[one["email"]] = person


STAGES: tuple[tuple[str, Callable[[World, np.random.Generator], None]], ...] = (
    ("partners", build_partners),
    ("people", build_people),
    ("capacity", build_capacity),
    ("words", build_words),
    ("evidence", build_evidence),
    ("ranking", build_ranking),
    ("joining", build_joining),
    ("contacts", build_contacts),
    ("missed", build_missed),
    ("survey", build_survey),
    ("sharing", build_sharing),
    ("ambitions", build_ambitions),
    ("visits", build_visits),
    ("priorities", build_priorities),
    ("relationship", build_relationship),
    ("events", build_events),
    ("directory", build_directory),
    ("money", build_money),
    ("outcomes", build_outcomes),
    ("commissions", build_commissions),
    ("services", build_services),
    ("advocates", build_advocates),
    ("guidance", build_guidance),
    ("options", build_options),
    ("funding", build_funding),
    ("pooling", build_pooling),
    ("for-groups", build_for_groups),
    ("advisers", build_advisers),
    ("pipeline", build_pipeline),
    ("teams", build_teams),
    ("support", build_support),
    ("returns", build_returns),
    ("terms", build_terms),
    ("performance", build_performance),
    ("changes", build_changes),
    ("awards", build_awards),
    ("review", build_review),
    ("releasing", build_releasing),
    ("market", build_market),
    ("examining", build_examining),
    ("challenges", build_challenges),
    ("bids", build_bids),
    ("awarded", build_awarded),
    ("trades", build_trades),
    ("joint", build_joint),
    ("settling", build_settling),
    ("before", build_before),
    ("networks", build_networks),
    ("protection", build_protection),
    ("origins", build_origins),
    ("linking", build_linking),
    ("using", build_using),
)


def build_example(passwords: dict[str, str]) -> None:
    """The store and, once, the records of the worked example."""
    build_store(stores().example)
    build_records(passwords)


def build_records(passwords: dict[str, str], tell: Callable[[int, int], None] = lambda done, whole: None) -> None:
    """The records of the worked example, once; `tell` hears how many of all stages are done."""
    from django.db import transaction

    if example_exists():
        return
    world = World(passwords)
    with transaction.atomic():
        for done, (name, build) in enumerate(STAGES):
            tell(done, len(STAGES) + 1)
            build(world, stream(name))
        tell(len(STAGES), len(STAGES) + 1)
        rebuild()


def passwords_in(folder: Path) -> dict[str, str]:
    """The example accounts' random passwords: made once, kept for the owner of the folder alone."""
    path = folder / "example-accounts.json"
    if not path.exists():
        made = {one["email"]: secrets.token_urlsafe(9) for one in cast()["people"]}
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file, indent=1)
    kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    return kept
