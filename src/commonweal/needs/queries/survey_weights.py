"""A survey's weights from what is published of the place, with everything joined or left out said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pyarrow as pa

from commonweal.lake.surveys.groups import ages_in, band
from commonweal.lake.surveys.words import DEMOGRAPHICS, Use
from commonweal.methods.arrays import MethodError, Reals
from commonweal.methods.survey import Heard, heard
from commonweal.methods.weighting import Margin, rake
from commonweal.needs.content import read
from commonweal.needs.queries.survey_population import BandsOverlap, Land, MakeUp, make_up

NOT_SAID = "Not said"
OTHERS = "Other groups"


@dataclass(frozen=True, slots=True)
class Unheard:
    """Groups of a characteristic from which too few answered: how many of how many, with what share of people."""

    use: Use
    groups: int
    every: int
    share: float


@dataclass(frozen=True, slots=True)
class Weighted:
    """The weights (all 1 where nothing could be weighted by), by what, and what is to be said of them.

    `groups` is each answer's group by every characteristic, None where it is not known. `said` is what a reader
    must know before the results, the gravest first; `also` is what was done in passing. Shares by a characteristic
    that stands in `unheard` are of the groups that were heard alone.
    """

    weights: Reals
    by: tuple[MakeUp, ...]
    heard: tuple[Heard, ...]
    said: tuple[str, ...]
    groups: Mapping[Use, tuple[str | None, ...]]
    also: tuple[str, ...] = ()
    unheard: tuple[Unheard, ...] = ()


@dataclass
class _Fit:
    """One characteristic as it is fitted: the groups of answers and of people, and what was joined."""

    make_up: MakeUp
    groups: list[str | None]
    people: dict[str, float]
    also: list[str] = field(default_factory=list)
    unheard: Unheard | None = None


def weigh(table: pa.Table, land: Land | None) -> Weighted:
    """Weights for every row of the answers. Nothing is refused: what cannot be weighted by is said."""
    held = [use for use in DEMOGRAPHICS if use.value in table.column_names]
    groups = {use: tuple(table.column(use.value).to_pylist()) for use in held}
    said: list[str] = []
    fits = [fit for use, values in groups.items() if land and (fit := _fit(use, list(values), land, said))]
    if not fits:
        why = _say("no_column") if not groups else _say("no_place") if land is None else ""
        if why:
            said.append(_say("unweighted", why=why))
        return Weighted(np.ones(table.num_rows), (), (), tuple(said), groups)
    unheard = tuple(fit.unheard for fit in fits if fit.unheard)
    said = [*(unheard_words(one) for one in unheard), *said]
    also = tuple(line for fit in fits for line in fit.also)
    lines = tuple(line for fit in fits for line in heard(_margin(fit, not_said=False)))
    try:
        weights, more, passing = _raked(table.num_rows, fits)
    except MethodError as error:
        why = _say("unweighted", why=str(error))
        return Weighted(np.ones(table.num_rows), (), lines, (why, *said), groups, also, unheard)
    by = tuple(fit.make_up for fit in fits)
    return Weighted(weights, by, lines, (*said, *more), groups, (*also, *passing), unheard)


def _raked(rows: int, fits: list[_Fit]) -> tuple[Reals, tuple[str, ...], tuple[str, ...]]:
    """The weights, the groups they leave far from their share (the farthest first), and what else was done."""
    rule = read("survey")
    found = rake(np.ones(rows), [_margin(fit, not_said=True) for fit in fits], cap=rule["cap"])
    also = (_say("capped", count=f"{found.held:,}", cap=rule["cap"]),) if found.held else ()
    told = {_margin(fit, not_said=False).name: _told(fit) for fit in fits}
    misses = [(one.margin, one.group, one.reached / told[one.margin], one.target / told[one.margin])
              for one in found.missed if one.group != NOT_SAID]
    far = [one for one in misses if abs(one[2] - one[3]) >= rule["far"] / 100]
    said = tuple(
        _say("missed", by=by, group=group, reached=f"{reached:.0%}", target=f"{target:.0%}")
        for by, group, reached, target in sorted(far, key=lambda one: -abs(one[2] - one[3]))
    )
    return found.weights, said, also


def _told(fit: _Fit) -> float:
    """The share of answers whose group is known: shares of people are said among these."""
    return 1 - sum(one is None for one in fit.groups) / len(fit.groups)


def unheard_words(one: Unheard) -> str:
    """Who was not heard, and of whom shares are therefore."""
    return _say(
        "unheard_areas" if one.use is Use.AREA else "unheard", by=read("survey")["titles"][one.use.value].lower(),
        n=one.groups, every=one.every, heard=one.every - one.groups, share=f"{one.share:.0%}",
    )


def _fit(use: Use, values: list[str | None], land: Land, said: list[str]) -> _Fit | None:
    title = read("survey")["titles"][use.value].lower()
    try:
        known = make_up(land, use, {one for one in values if one is not None})
    except BandsOverlap as error:
        said.append(_say("overlap", by=title, one=error.one, other=error.other))
        return None
    if known is None:
        said.append(_say("no_figures", by=title))
        return None
    values = [one if one in known.people else None for one in values]
    fit = _Fit(known, values, dict(known.people))
    (_join_ages if use is Use.AGE else _join_others)(fit)
    if len(fit.people) < 2:
        said.append(_say("one_group", by=title))
        return None
    unknown = sum(one is None for one in fit.groups)
    if unknown:
        few = unknown < read("survey")["fewest"]
        fit.also.append(_say("not_said", count="A few" if few else f"{unknown:,}", by=title))
    return fit


def _join_ages(fit: _Fit) -> None:
    """Bands with too few answers go to the band above, the last to the one below; each is called by its ages.

    A band takes in the ages below it that are in no band, as `make_up` counts its people.
    """
    fewest = read("survey")["fewest"]
    order = sorted(fit.people, key=ages_in)
    for before, one in pairwise(order):
        first, (start, last) = ages_in(before)[1] + 1, ages_in(one)
        if first < start:
            _move(fit, (one,), _band(first, last))
    while len(fit.people) > 1:
        order = sorted(fit.people, key=ages_in)
        fit.people = {one: fit.people[one] for one in order}
        thin = next((one for one in order if _answers(fit, one) < fewest), None)
        if thin is None:
            return
        at = min(order.index(thin), len(order) - 2)
        pair = order[at], order[at + 1]
        whole = _band(ages_in(pair[0])[0], ages_in(pair[1])[1])
        fit.also.append(_say("joined", group=thin, into=pair[0] if thin == pair[1] else pair[1], whole=whole))
        _move(fit, pair, whole)


def _band(first: int, last: int) -> str:
    return band(first, last) or f"{first} to {last}"


def _join_others(fit: _Fit) -> None:
    """Groups with too few answers become one; if that is still nobody, its people are left out."""
    fewest = read("survey")["fewest"]
    for one in [one for one, people in fit.people.items() if not people]:
        _forget(fit, one)
    thin = tuple(one for one in fit.people if _answers(fit, one) < fewest)
    if not thin:
        return
    names = ", ".join(f"“{one}”" for one in thin)
    if sum(_answers(fit, one) for one in thin) < fewest:
        every, share = len(fit.people), sum(fit.people[one] for one in thin) / sum(fit.people.values())
        fit.unheard = Unheard(fit.make_up.use, len(thin), every, share)
        fit.also.append(_say("left_out", groups=names))
        for one in thin:
            _forget(fit, one)
    elif len(thin) > 1:
        fit.also.append(_say("joined_others", groups=names))
        _move(fit, thin, OTHERS)


def _forget(fit: _Fit, group: str) -> None:
    del fit.people[group]
    fit.groups = [None if one == group else one for one in fit.groups]


def _answers(fit: _Fit, group: str) -> int:
    return sum(one == group for one in fit.groups)


def _move(fit: _Fit, groups: tuple[str, ...], into: str) -> None:
    people = sum(fit.people.pop(one) for one in groups)
    fit.people[into] = fit.people.get(into, 0.0) + people
    fit.groups = [into if one in groups else one for one in fit.groups]


def _margin(fit: _Fit, *, not_said: bool) -> Margin:
    """As shares; those who did not say stand for their own share, so that nothing moves them."""
    labels = tuple(fit.people)
    place = {group: at for at, group in enumerate(labels)}
    unknown = sum(one is None for one in fit.groups)
    shares = np.array([fit.people[one] for one in labels]) / sum(fit.people.values())
    title = read("survey")["titles"][fit.make_up.use.value].lower()
    if not not_said or not unknown:
        return Margin(title, np.array([place.get(one or "", -1) for one in fit.groups]), shares, labels)
    own = unknown / len(fit.groups)
    groups = np.array([place.get(one, len(labels)) if one else len(labels) for one in fit.groups])
    return Margin(title, groups, np.append(shares * (1 - own), own), (*labels, NOT_SAID))


def _say(key: str, **values: object) -> str:
    return str(read("survey")["words"][key]).format(**values)
