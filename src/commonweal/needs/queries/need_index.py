"""The composite index of need for culture and sport, for every small area of England, with its band of doubt."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from commonweal.lake.whole_file import SHARED, whole_file
from commonweal.methods.composite import Composite, Recipe, alternatives, composite, sensitivity
from commonweal.needs.card import Card, Level
from commonweal.needs.content import ContentWrong, read
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import METHOD_VERSION
from commonweal.needs.queries.values import key_of

Weights = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """One part of the index."""

    key: str
    title: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class NeedIndex:
    """The index of every small area, in the order of the evidence's areas. `left_out` names cards not held."""

    domains: tuple[Domain, ...]
    cards: tuple[Card, ...]
    weights: Weights
    score: NDArray[np.float64]
    rank: NDArray[np.float64]
    decile: NDArray[np.int64]
    parts: NDArray[np.float64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    moved: float
    left_out: tuple[str, ...]


class WeightsWrong(ValueError):
    """Weights that cannot be used; the text says which and what to do."""


def domains() -> tuple[Domain, ...]:
    """The domains of the index with their weights as first given."""
    return tuple(Domain(row["key"], row["title"], row["weight"], row["why"]) for row in read("index")["domains"])


def default_weights() -> Weights:
    """The weights as first given."""
    return tuple((domain.key, domain.weight) for domain in domains())


def checked_weights(weights: Mapping[str, float] | Weights | None) -> Weights:
    """Weights for every domain, adding up to 1. Raises WeightsWrong."""
    if not weights:
        return default_weights()
    given = dict(weights)
    known = [domain.key for domain in domains()]
    strange = sorted(set(given) - set(known))
    if strange:
        raise WeightsWrong(f"There is no domain called {strange[0]!r}. The domains are {', '.join(known)}.")
    values = [float(given.get(key, 0.0)) for key in known]
    if min(values) < 0 or not sum(values) > 0 or not np.isfinite(values).all():
        raise WeightsWrong("Each weight is 0 or more, and at least one of them is more than 0.")
    return tuple((key, round(value / sum(values), 6)) for key, value in zip(known, values, strict=True))


def need_index(held: Evidence, weights: Mapping[str, float] | Weights | None = None) -> NeedIndex:
    """The index under some weights: from memory, from the store's own folder, or worked out."""
    chosen = checked_weights(weights)
    if chosen == default_weights():
        return held.once(("need-index",), lambda: _kept_or_made(held, chosen))
    last = held.memo.get(("need-index", "other weights"))  # one only: whoever asks may ask for any number of them
    if not isinstance(last, NeedIndex) or last.weights != chosen:
        last = held.memo["need-index", "other weights"] = _kept_or_made(held, chosen)
    return last


def _kept_or_made(held: Evidence, weights: Weights) -> NeedIndex:
    cards, left_out = _usable(held)
    path = held.store.root / "derived" / f"need-index-{_key(held, cards, weights)}.npz"
    arrays = _load(path)
    if arrays is None:
        arrays = _make(held, cards, weights)
        _save(path, arrays)
    return NeedIndex(
        domains=_used(cards), cards=cards, weights=weights, score=arrays["score"], rank=arrays["rank"],
        decile=arrays["decile"], parts=arrays["parts"], low=arrays["low"], high=arrays["high"],
        moved=float(arrays["moved"]), left_out=left_out,
    )


def _usable(held: Evidence) -> tuple[tuple[Card, ...], tuple[str, ...]]:
    cards = [card for card in held.cards if card.index is not None]
    there = tuple(card for card in cards if _column(held, card) is not None)
    return there, tuple(card.name for card in cards if card not in there)


def _used(cards: tuple[Card, ...]) -> tuple[Domain, ...]:
    have = {card.index.domain for card in cards if card.index}
    return tuple(domain for domain in domains() if domain.key in have)


def _column(held: Evidence, card: Card) -> NDArray[np.float64] | None:
    """A card's small-area values: the column itself, or the share its counts make."""
    if card.source.level is not Level.AREA:
        raise ContentWrong(f"The card {card.id} is in the index but is not of small areas.")
    key = key_of(card)
    if card.source.categories:
        counts = held.small.counts.get(key)
        if counts is None:
            return None
        return counts.of(card.source.categories) / np.where(counts.whole > 0, counts.whole, np.nan)
    column = held.small.columns.get(key)
    return None if column is None else column.values


def recipe(cards: tuple[Card, ...], weights: Weights) -> Recipe:
    """How the index is made from some cards under some weights."""
    used, given = _used(cards), dict(weights)
    place = {domain.key: at for at, domain in enumerate(used)}
    parts = [card.index for card in cards if card.index is not None]
    return Recipe(
        polarity=tuple(card.turn for card in cards), domain=tuple(place[part.domain] for part in parts),
        weights=tuple(part.weight for part in parts),
        domain_weights=tuple(given[domain.key] for domain in used),
    )


def _make(held: Evidence, cards: tuple[Card, ...], weights: Weights) -> dict[str, NDArray[Any]]:
    if not cards:
        nothing = np.full(len(held.geography.areas), np.nan)
        none = np.zeros(len(nothing), dtype=np.int64)
        return {"score": nothing, "rank": nothing, "decile": none, "parts": np.zeros((len(nothing), 0)),
                "low": none, "high": none, "moved": np.array(0.0)}
    columns = [column for card in cards if (column := _column(held, card)) is not None]
    values, how = np.stack(columns, axis=1), recipe(cards, weights)
    made: Composite = composite(values, how)
    band = sensitivity(values, how, alternatives(how))
    return {"score": made.score, "rank": made.rank, "decile": made.decile, "parts": made.domains,
            "low": band.low, "high": band.high, "moved": np.array(band.moved)}


def _key(held: Evidence, cards: tuple[Card, ...], weights: Weights) -> str:
    """What the index depends on: its data sets' versions, its cards, its weights and the method."""
    said = [METHOD_VERSION, repr(weights)]
    for card in cards:
        dataset, indicator = key_of(card)
        said.append(f"{card.id} {dataset} {indicator} {held.source(dataset).version} {card.index} {card.turn}")
    said.append(str(len(held.geography.areas)) + held.geography.areas[0] + held.geography.areas[-1])
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _load(path: Path) -> dict[str, NDArray[Any]] | None:
    with suppress(OSError):
        os.utime(path)  # it was asked for: what is not goes after a week
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return None


def _save(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """A store that only reads is no error."""
    with suppress(OSError), whole_file(path, lasting=False, mode=SHARED) as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
