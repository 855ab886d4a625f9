"""A survey's weights from what is published of the place, with everything joined or left out said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from commonweal.lake.surveys.groups import ages_in
from commonweal.lake.surveys.words import DEMOGRAPHICS, Use
from commonweal.methods.arrays import MethodError, Reals
from commonweal.methods.survey import Heard, heard
from commonweal.methods.weighting import Margin, rake
from commonweal.needs.content import read
from commonweal.needs.queries.survey_population import BandsOverlap, Land, MakeUp, make_up

NOT_SAID = "Not said"
OTHERS = "Other groups"


@dataclass(frozen=True, slots=True)
class Weighted:
    """The weights (all 1 where nothing could be weighted by), by what, and what is to be said of them.

    `groups` is each answer's group by every characteristic, None where it is not known.
    """

    weights: Reals
    by: tuple[MakeUp, ...]
    heard: tuple[Heard, ...]
    said: tuple[str, ...]
    groups: Mapping[Use, tuple[str | None, ...]]


@dataclass
class _Fit:
    """One characteristic as it is fitted: the groups of answers and of people, and what was joined."""

    make_up: MakeUp
    groups: list[str | None]
    people: dict[str, float]
    said: list[str] = field(default_factory=list)


def weigh(table: pa.Table, land: Land | None) -> Weighted:
    """Weights for every row of the answers. Nothing is refused: what cannot be weighted by is said."""
    held = [use for use in DEMOGRAPHICS if use.value in table.column_names]
    groups = {use: tuple(table.column(use.value).to_pylist()) for use in held}
    said: list[str] = []
    fits: list[_Fit] = []
    for use, values in groups.items():
        fit = _fit(use, list(values), land, said) if land else None
        if fit is not None:
            fits.append(fit)
            said += fit.said
    if not fits:
        why = _say("no_column") if not groups else _say("no_place") if land is None else ""
        if why:
            said.append(_say("unweighted", why=why))
        return Weighted(np.ones(table.num_rows), (), (), tuple(said), groups)
    lines = tuple(line for fit in fits for line in heard(_margin(fit, not_said=False)))
    try:
        weights, more = _raked(table.num_rows, fits)
    except MethodError as error:
        why = _say("unweighted", why=str(error))
        return Weighted(np.ones(table.num_rows), (), lines, (why,), groups)
    return Weighted(weights, tuple(fit.make_up for fit in fits), lines, (*said, *more), groups)


def _raked(rows: int, fits: list[_Fit]) -> tuple[Reals, tuple[str, ...]]:
    rule = read("survey")
    found = rake(np.ones(rows), [_margin(fit, not_said=True) for fit in fits], cap=rule["cap"])
    said = [_say("capped", count=f"{found.held:,}", cap=rule["cap"])] if found.held else []
    said += [
        _say("missed", by=one.margin, group=one.group, reached=f"{one.reached:.0%}", target=f"{one.target:.0%}")
        for one in found.missed if one.group != NOT_SAID
    ]
    return found.weights, tuple(said)


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
        fit.said.append(_say("not_said", count="A few" if few else f"{unknown:,}", by=title))
    return fit


def _join_ages(fit: _Fit) -> None:
    """Bands with too few answers go to the band above, the last to the one below."""
    fewest = read("survey")["fewest"]
    while len(fit.people) > 1:
        order = sorted(fit.people, key=ages_in)
        thin = next((one for one in order if _answers(fit, one) < fewest), None)
        if thin is None:
            return
        at = order.index(thin)
        into = order[at + 1] if at + 1 < len(order) else order[at - 1]
        fit.said.append(_say("joined", group=thin, into=into))
        _move(fit, (thin,), into)


def _join_others(fit: _Fit) -> None:
    """Groups with too few answers become one; if that is still nobody, its people are left out."""
    fewest = read("survey")["fewest"]
    thin = tuple(one for one, people in fit.people.items() if people and _answers(fit, one) < fewest)
    for one in [one for one, people in fit.people.items() if not people]:
        _forget(fit, one)
    if not thin:
        return
    names = ", ".join(f"“{one}”" for one in thin)
    if sum(_answers(fit, one) for one in thin) < fewest:
        fit.said.append(_say("left_out", groups=names))
        for one in thin:
            _forget(fit, one)
    elif len(thin) > 1:
        fit.said.append(_say("joined_others", groups=names))
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
