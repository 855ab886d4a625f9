"""The sixty invented groups as four messy sources list them, taken into the directory; a test knows the truth."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.area_tables import postcodes
from commonweal.example.geography import land
from commonweal.lake.opening import open_bytes
from commonweal.lake.registers.reading import read_registers
from commonweal.providers.actions.importing import take_register
from commonweal.providers.actions.profile import Line, Told, choose_visibility, keep_profile
from commonweal.providers.models import Seen

if TYPE_CHECKING:
    from commonweal.example.world import World


@dataclass(frozen=True, slots=True)
class Source:
    """One source as it is brought, and the group that each of its rows truly is, in order of its rows."""

    file: str
    content: bytes
    public: bool
    truth: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One group as it truly is."""

    name: str
    postcode: str
    number: str


def build_directory(world: World, rng: np.random.Generator) -> None:
    """Each source through the same door as any file; then those who speak for themselves."""
    assert world.partnership is not None
    content = _content()
    for source in messy_sources(rng):
        found = read_registers(open_bytes(source.file, source.content))
        take_register(
            by=SYSTEM, found=found, partnership=world.partnership, public=source.public, example=True,
            places=lambda codes: dict.fromkeys(codes, land().main.code),
        )
    for one in content["speak"]:
        by = viewer_of(world.people[one["who"]])
        lines = tuple(Line(kind, text) for kind, texts in one["lines"].items() for text in texts)
        told = Told(one["about"], one["people"], one["hours"], None, "", one["room"], one["wants"], lines)
        keep_profile(by=by, partnership=world.partnership, told=told)
        choose_visibility(by=by, partnership=world.partnership, seen=Seen(one["seen"]))


def messy_sources(rng: np.random.Generator) -> tuple[Source, ...]:
    """The register, the grants, the council's list and the clubs; each group stands in at least one of them."""
    codes = postcodes().rows.column("postcode").to_pylist()
    groups = [
        Group(name, str(codes[int(at)]), f"99{place:05d}") for place, (name, at) in enumerate(
            zip(_groups(), rng.choice(len(codes), len(_groups()), replace=False), strict=True))
    ]
    inside = rng.random((len(groups), 4)) < np.array([0.6, 0.5, 0.6, 0.5])
    inside[~inside.any(axis=1), 2] = True
    chosen = [[group for group, there in zip(groups, column, strict=True) if there] for column in inside.T]
    return (_register(chosen[0]), _grants(chosen[1], rng), _ours(chosen[2], rng), _clubs(chosen[3], rng))


def _register(groups: list[Group]) -> Source:
    rows = [(f"GB-CHC-{one.number}", one.number, one.name.upper(), one.postcode, "2001-04-01", one.name)
            for one in groups]
    header = ("org_id", "reg_number", "name", "postcode", "date_registered", "activities")
    return Source("register.csv", _csv(header, rows), True, tuple(one.name for one in groups))


def _grants(groups: list[Group], rng: np.random.Generator) -> Source:
    grants = []
    for place, one in enumerate(groups):
        who: dict[str, Any] = {"id": f"360G-larkmere-{place}", "name": _spelt(one.name, rng)}
        if rng.random() < 0.4:
            who["charityNumber"] = one.number
        if rng.random() < 0.8:
            who["postalCode"] = one.postcode
        grants.append({"id": f"360G-larkmere-{place}", "title": "Small grant", "awardDate": "2025-09-01",
                       "recipientOrganization": [who],
                       "beneficiaryLocation": [{"geoCode": land().main.code, "name": land().main.name}]})
    return Source("grants.json", json.dumps({"grants": grants}).encode(), True, tuple(one.name for one in groups))


def _ours(groups: list[Group], rng: np.random.Generator) -> Source:
    """As a council keeps it: slips of the pen, and the postcode often in the column of the town."""
    rows = []
    for one in groups:
        swapped = rng.random() < 0.5
        rows.append((_mistyped(_spelt(one.name, rng), rng), f"Larkmere {one.postcode}" if swapped else "Larkmere",
                     "" if swapped else one.postcode))
    return Source("ours.csv", _csv(("Group", "Town", "Postcode"), rows), False, tuple(one.name for one in groups))


def _clubs(groups: list[Group], rng: np.random.Generator) -> Source:
    rows = [(_spelt(one.name, rng), "Sport", "Larkmere", one.postcode) for one in groups]
    return Source("clubs.csv", _csv(("name", "category", "address", "postcode"), rows), True,
                  tuple(one.name for one in groups))


def _spelt(name: str, rng: np.random.Generator) -> str:
    forms = (name, name.upper(), f"The {name}", f"{name} Ltd", f"{name} CIO", name.replace("'", ""),
             name.replace("Society", "Soc.").replace("Football Club", "FC"))
    return forms[int(rng.integers(len(forms)))]


def _mistyped(name: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(2, len(name) - 2))
    return name[:at] + name[at + 1:] if rng.random() < 0.3 else name


def _csv(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def _groups() -> list[str]:
    loaded = yaml.safe_load(files("commonweal.example").joinpath("people.yaml").read_text("utf-8"))
    return [str(one) for one in loaded["groups"]]


def _content() -> dict[str, Any]:
    text = files("commonweal.example").joinpath("directory.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
