"""A year of 1.2 million invented visits, as the few thousand numbers kept of it, and what the sites cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from numpy.typing import NDArray

from commonweal.core import clock
from commonweal.core.actions.uploads import Brought, Outcome, record_upload, settle_upload
from commonweal.core.ids import uuid7
from commonweal.core.models import UploadState
from commonweal.core.viewer import viewer_of
from commonweal.example.geography import land
from commonweal.lake import engine
from commonweal.lake.visits.layout import quoted
from commonweal.lake.visits.report import Finding, IntakeReport, Trouble
from commonweal.lake.visits.store import Dictionary
from commonweal.lake.visits.summary import Summary, SummaryStore, months_of, summarise
from commonweal.needs.actions.visits import Times, bring_visits, place_results, say_costs, settle_visits
from commonweal.needs.queries.benefit import benefit_for
from commonweal.needs.queries.visit_store import visit_store

if TYPE_CHECKING:
    from commonweal.example.world import World

Whole = NDArray[np.int64]
FAR = "Z01999999"  # a home outside the place
SPREAD = 64        # more months than two years have


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a system: the home (number in `codes`, -1 not known), tenth and age of each."""

    codes: tuple[str, ...]
    home: Whole
    tenth: Whole
    age: Whole


@cache
def content() -> dict[str, Any]:
    """The invented sites and their story."""
    loaded: dict[str, Any] = yaml.safe_load(files("commonweal.example").joinpath("visits.yaml").read_text("utf-8"))
    return loaded


def build_visits(world: World, rng: np.random.Generator) -> None:
    """The trust has brought its last whole year, said what its sites cost, and shows the results to partners."""
    assert world.partnership is not None
    said, by = content(), viewer_of(world.people[content()["who"]])
    today = clock.today()
    year = today.year - (1 if today.month >= 4 else 2)
    summary = year_summary(rng, cards_of(rng), year)
    brought = Brought(said["file"], summary.visits * 70, f"{year:064d}")
    upload = record_upload(by=by, partnership=world.partnership, brought=brought, upload_id=uuid7())
    file = bring_visits(by=by, partnership=world.partnership, title=said["system"], upload=upload)
    file.columns = said["columns"]
    file.mapping = {one["meaning"]: one["name"] for one in said["columns"] if one["meaning"]}
    SummaryStore(visit_store(file.system)).keep(summary)
    settle_visits(by=by, file=file, report=report_of(summary))
    settle_upload(by=by, upload=upload, state=UploadState.READ, outcome=Outcome("Read."))
    costs = {one["name"]: (Decimal(one["gross"]), Decimal(one["income"])) for one in said["sites"]}
    system = file.system_id
    areas = {one["name"]: _area_in(one["ward"]) for one in said["sites"]}
    say_costs(
        by=by, system=system, partnership=world.partnership, year=year, source=said["source"], costs=costs,
        areas=areas, taking_part=Times(**said["taking_part"]),
    )
    place_results(by=by, system=system, partnership=world.partnership, show=True)
    benefit_for(viewer_of(world.people[said["looked"]]), world.partnership.pk, system)  # the first release


def _area_in(ward: str) -> str:
    """The small area of a ward where most people live."""
    country = land()
    at = next(areas for _, name, areas in country.wards if name == ward)
    return country.codes[max(at.tolist(), key=lambda one: country.people[one])]


def cards_of(rng: np.random.Generator) -> Cards:
    """Cards held more in better-off areas."""
    said, country = content(), land()
    here = country.main.areas
    codes = tuple(country.codes[at] for at in here)
    worse = np.argsort(np.argsort(-country.hardship, kind="stable"), kind="stable")
    tenth = (10 * worse // len(worse) + 1)[here]
    weight = country.people[here] * np.exp(said["lean"] * (tenth - 5.5))
    home = rng.choice(len(codes), said["members"], p=weight / weight.sum())
    lot = rng.random(said["members"])
    own_tenth = tenth[home]
    home = np.where(lot < said["no_home"], -1, np.where(lot > 1 - said["elsewhere"], len(codes), home))
    age = rng.choice(10, said["members"], p=[0.03, 0.1, 0.1, 0.12, 0.16, 0.15, 0.12, 0.1, 0.07, 0.05])
    return Cards((*codes, FAR), home, own_tenth, age)


def year_summary(rng: np.random.Generator, cards: Cards, year: int) -> Summary:
    """The summary of a year of visits drawn one by one, by the same sums as any export's."""
    said = content()
    rate = rng.gamma(said["shape"], 1.0, len(cards.home))
    by_card = rng.multinomial(round(said["visits"] * (1 - said["no_card"])), rate / rate.sum())
    table = _rollup(rng, cards, by_card, year)
    words = Dictionary(site=tuple(one["name"] for one in said["sites"]), area=cards.codes)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rollup.parquet"
        pq.write_table(table, path, compression="lz4")
        view = engine.view(Path(folder).name, f"SELECT * FROM read_parquet({quoted(path)})")  # noqa: S608 - our own columns and paths, values bound
        return summarise(view, words, year, held=(*months_of(year - 1), *months_of(year)))


def report_of(summary: Summary) -> IntakeReport:
    """The receipt of the export, in numbers that agree with the visits."""
    found = tuple(
        Finding(Trouble(one["trouble"]), one["column"], one["rows"], one["rows"], tuple(one["seen"]))
        for one in content()["troubles"]
    )
    no_card = summary.visits - summary.known_visits
    placed = sum(visits for _, area, _, visits, _, _ in summary.flows if area)
    homes = Finding(Trouble.NO_POSTCODE, "Home postcode", summary.visits - placed, summary.visits - placed)
    cards = Finding(Trouble.NO_MEMBER, "Member No", no_card, no_card)
    future = found[0].rows
    return IntakeReport(
        content()["file"], f"{summary.year:064d}", summary.visits + future, summary.visits, summary.visits,
        tuple(f"{month // 100}-{month % 100:02d}" for month in summary.months), summary.known_visits, placed,
        summary.members, placed, placed, ("Full name",), (*found, cards, homes),
    )


def _rollup(rng: np.random.Generator, cards: Cards, by_card: Whole, year: int) -> pa.Table:
    """Visits by card, site and month; visits without a card; and for those who came before, one visit then."""
    said, months = content(), np.array(months_of(year))
    shares = [one["share"] for one in said["sites"]]
    usual = rng.choice(len(shares), len(by_card), p=shares)
    card = np.repeat(np.arange(len(by_card)), by_card)
    site = np.where(rng.random(len(card)) < 0.85, usual[card], rng.choice(len(shares), len(card), p=shares))
    month = rng.integers(0, 12, len(card))
    key, visits = np.unique((card * SPREAD + month) * len(shares) + site, return_counts=True)
    site, card, month = key % len(shares), key // len(shares) // SPREAD, key // len(shares) % SPREAD
    price = said["price"] * (2 / 3 + cards.tenth[card] / 30)
    none = np.full(12 * len(shares), -1)
    casual = rng.multinomial(said["visits"] - int(by_card.sum()), np.repeat(shares, 12) / 12)
    earlier = np.flatnonzero((by_card > 0) & (rng.random(len(by_card)) < said["before"]) | (by_card == 0))
    columns = {
        "member": (card, none, earlier), "site": (site, np.repeat(np.arange(len(shares)), 12), usual[earlier]),
        "month": (months[month], np.tile(months, len(shares)), np.full(len(earlier), months_of(year - 1)[6])),
        "area": (cards.home[card], none, cards.home[earlier]),
        "decile": (cards.tenth[card], none, cards.tenth[earlier]),
        "age": (cards.age[card], none, cards.age[earlier]), "grp": (card * 0, none, earlier * 0),
        "visits": (visits, casual, np.ones(len(earlier), np.int64)),
        "pence": ((visits * price).astype(np.int64), casual * said["price"], earlier * 0),
    }
    return pa.table({name: _column(np.concatenate(parts)) for name, parts in columns.items()})


def _column(values: Whole) -> pa.Array:
    return pa.array(values.astype(np.int64), mask=values < 0)
