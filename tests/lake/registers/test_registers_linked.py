"""Entries of several lists linked to the truth, what people said above the weights, and the same each time."""

from __future__ import annotations

import random

import pytest

from commonweal.lake.opening import open_file
from commonweal.lake.registers.linking import Linkable, link
from commonweal.lake.registers.reading import read_registers
from commonweal.methods.linkage import pair_scores

CHOIR = [
    Linkable("Larkmere Choral Society", "LK1 1AA", "Z07000001", (("GB-CHC", "1000001"),)),
    Linkable("LARKMERE CHORAL SOC", "LK1 1AA", "Z07000001"),
    Linkable("The Larkmere Choral Society Ltd", "", "Z07000001"),
    Linkable("Larkmere Chorall Society", "LK1 1AA", "Z07000001"),
]
OTHERS = [
    Linkable("Larkmere Chess Club", "LK1 1AA", "Z07000001"),
    Linkable("Larkmere Tennis Club", "LK1 1AA", "Z07000001"),
    Linkable("Larkmere Choral Society", "ZZ9 9ZZ", "Z07000002", (("GB-CHC", "1000002"),)),
]


def test_four_spellings_are_one_and_neighbours_are_not():
    groups = link([*CHOIR, *OTHERS]).groups
    assert len(set(groups[:4])) == 1
    assert len(set(groups)) == 4


def test_each_merge_says_what_agreed_and_by_how_much():
    merge = link([*CHOIR, *OTHERS]).joined[0]
    assert len(merge.levels) == len(merge.weights) == 5
    assert merge.chance >= 0.95


def test_what_people_said_stands_above_the_weights():
    assert len(set(link(CHOIR, apart=[(0, 1)]).groups)) >= 2
    assert len(set(link([CHOIR[0], OTHERS[0]], same=[(0, 1)]).groups)) == 1


@pytest.mark.parametrize("apart", [{"scope": ("a", "b")}, {"world": ("real", "example")}])
def test_two_partnerships_lists_never_meet_nor_invented_with_real(apart):
    (name, values), = apart.items()
    entries = [Linkable("Larkmere Choral Society", "LK1 1AA", **{name: one}) for one in values]
    assert len(set(link(entries).groups)) == 2
    if name == "scope":  # not even through a register that both may know
        assert len(set(link([*entries, Linkable("Larkmere Choral Society", "LK1 1AA")]).groups)) == 2


def test_nothing_and_one_are_no_trouble():
    assert len(link([]).groups) == 0
    assert len(link(CHOIR[:1]).groups) == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_real_charities_spelt_badly_are_found_again(published, seed):
    """Labelled: real charities, each listed again as people write them; precision first."""
    rng = random.Random(seed)
    entries = read_registers(open_file(published / "06_third_sector_funding" / "ukcat_sample.csv.gz")).entries
    rows, truth = [], []
    for place, one in enumerate(entries):
        district = one.postcode.split(" ")[0]
        rows.append(Linkable(one.name, one.postcode, district, one.numbers))
        truth.append(place)
        if rng.random() < 0.4 and one.postcode:
            spelt = rng.choice([str.upper, str.title, lambda name: name.replace("SOCIETY", "SOC"), _mistyped(rng)])
            rows.append(Linkable(spelt(one.name), one.postcode if rng.random() < 0.7 else "", district))
            truth.append(place)
    found = link(rows)
    precision, recall = pair_scores(found.groups, truth)
    print(f"precision {precision:.4f}, recall {recall:.4f}, for a person {len(found.undecided)}")
    assert precision >= 0.985
    assert recall >= 0.93
    assert (link(rows).groups == found.groups).all()


def _mistyped(rng: random.Random):
    def spell(name: str) -> str:
        at = rng.randrange(1, max(len(name) - 1, 2))
        return name[:at] + name[at + 1:]

    return spell
