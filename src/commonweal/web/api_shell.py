"""The shell's part of the data interface: places and data sets."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema

from commonweal.core.errors import NotFound
from commonweal.core.queries.datasets import DatasetCard, Which, dataset_for, datasets_for
from commonweal.core.queries.places import NoPlace, look_up
from commonweal.core.viewer import viewer_from

router = Router()


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class PlaceOut(Schema):
    """A place."""

    code: str
    name: str
    kind: str
    vintage: int
    note: str


class DatasetOut(Schema):
    """A data set as it stands here."""

    which: Which
    dataset: str
    title: str
    publisher: str
    licence: str
    attribution: str
    address: str
    vintage: str
    published: str
    version: str
    read_at: datetime
    edition: str
    rows: int
    kept_out: int


class KeptOutOut(Schema):
    """A row that did not go in, and why."""

    sheet: str
    row: int
    column: str
    reason: str


class DatasetFull(DatasetOut):
    """A data set with its tables and the first rows kept out."""

    tables: dict[str, int]
    rows_kept_out: list[KeptOutOut]


@router.get("/places", response={200: PlaceOut, 404: Refusal}, summary="Find a place by name, postcode or code")
def place(request: HttpRequest, q: str = Query(..., min_length=1, max_length=100)) -> PlaceOut:
    """One place; an abolished one gives its successor and says why; a miss names the nearest."""
    answer = look_up(viewer_from(request), q)
    if isinstance(answer, NoPlace):
        raise NotFound(answer.sentence)
    return PlaceOut(code=answer.code, name=answer.name, kind=answer.kind, vintage=answer.vintage, note=answer.note)


@router.get("/datasets", response=list[DatasetOut], summary="Every data set loaded here")
def datasets(request: HttpRequest, which: Which = Which.PUBLISHED) -> list[DatasetOut]:
    """Whose each is, how fresh, how many rows."""
    return [_out(card) for card in datasets_for(viewer_from(request), which).held]


@router.get("/datasets/{which}/{dataset}", response={200: DatasetFull, 404: Refusal}, summary="One data set")
def one_dataset(request: HttpRequest, which: Which, dataset: str) -> DatasetFull:
    """Its tables, and what was kept out."""
    view = dataset_for(viewer_from(request), which, dataset)
    kept_out = [KeptOutOut.from_orm(row) for row in view.kept_out]
    return DatasetFull(**_out(view.card).dict(), tables=dict(view.tables), rows_kept_out=kept_out)


def _out(card: DatasetCard) -> DatasetOut:
    return DatasetOut.from_orm(card)
