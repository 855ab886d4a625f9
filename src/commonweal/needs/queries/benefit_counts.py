"""The true counts of people behind who-benefits, by every characteristic that is shown; never shown themselves."""

from __future__ import annotations

from collections import Counter

import numpy as np

from commonweal.lake.visits.summary import NOT_KNOWN, Summary
from commonweal.lake.visits.words import age_band
from commonweal.lake.visits.words import words as column_words
from commonweal.needs.content import read
from commonweal.needs.queries.benefit_place import BenefitPlace

TENTHS = range(1, 11)
Row = tuple[str, int, float]  # label, people who came, people who live there


def inside_of(land: BenefitPlace | None) -> frozenset[str]:
    """The small areas of the place; none where it is not known."""
    return land.codes if land else frozenset()


def homes(summary: Summary, inside: frozenset[str]) -> tuple[int, int, int]:
    """People whose home is in the place, elsewhere, and not known."""
    here = sum(people for area, _, people, _ in summary.people if area in inside)
    nowhere = sum(people for area, _, people, _ in summary.people if not area)
    return here, summary.members - here - nowhere, nowhere


def tenth_rows(summary: Summary, land: BenefitPlace) -> list[Row]:
    """By the tenth of deprivation of their small area, the worst off first."""
    inside, deciles, came = land.codes, land.tenths, Counter[int]()
    for area, _, people, _ in summary.people:
        if area in inside:
            came[deciles.get(area, 0)] += people
    live = land.by_tenth()
    return [(str(one), came[one], float(live[one - 1])) for one in TENTHS if live[one - 1] > 0]


def age_rows(summary: Summary, land: BenefitPlace) -> tuple[list[Row], int]:
    """By band of age, and how many there are whose age is not known; no rows where nobody's is."""
    came = Counter[int]()
    for area, age, people, _ in summary.people:
        if area in land.codes:
            came[age] += people
    if not any(count for age, count in came.items() if age >= 0):
        return [], came[-1]
    ages = land.ages
    edges = (*column_words().age_bands, len(ages))
    rows = [(age_band(at), came[at], sum(ages[edges[at] : edges[at + 1]])) for at in range(len(edges) - 1)]
    return [row for row in rows if row[2] > 0], came[-1]


def ward_rows(summary: Summary, land: BenefitPlace) -> list[Row]:
    """By ward, in the order of their codes."""
    ward = {one.code: one.ward for one in land.areas}
    names = {one.ward: one.ward_name for one in land.areas}
    live = dict.fromkeys(ward.values(), 0.0)
    for one in land.areas:
        live[one.ward] += one.people
    came = Counter[str]()
    for area, _, people, _ in summary.people:
        if area in ward:
            came[ward[area]] += people
    return [(names[code], came[code], live[code]) for code in sorted(live) if code and live[code] > 0]


def band_rows(summary: Summary) -> list[tuple[str, int, float]]:
    """By how often they came: the band, people, and their visits."""
    each, people = (np.array([one[at] for one in summary.histogram], np.float64) for at in (0, 1))
    found = []
    for one in read("benefit")["bands"]:
        there = (each >= one["from"]) & (each <= one.get("to", np.inf))
        found.append((str(one["words"]), int(people[there].sum()), float(each[there] @ people[there])))
    return found


def people_tables(summary: Summary, land: BenefitPlace | None) -> dict[str, dict[str, int]]:
    """Every table of people that a page of this year may show, by its name and labels."""
    here = zip(("here", "elsewhere", "nowhere"), homes(summary, inside_of(land)), strict=True)
    found = {"homes": dict(here), "bands": {label: count for label, count, _ in band_rows(summary)}
             if summary.histogram else {}, "sites": {str(site): int(count) for site, count in summary.sites}}
    if summary.movement:
        moved = zip(read("benefit")["moved"], summary.movement, strict=True)
        found["moved"] = {label: count for label, count in moved if count != NOT_KNOWN}
    if land is not None:
        for name, rows in (("tenths", tenth_rows(summary, land)), ("ages", age_rows(summary, land)[0]),
                           ("wards", ward_rows(summary, land))):
            together = Counter[str]()
            for label, count, _ in rows:
                together[label] += count
            if together:
                found[name] = dict(together)
    return found
