"""The invented groups from four messy sources, resolved to the truth that made them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.world import signed_in

from commonweal.core.models import Partnership, Person
from commonweal.core.viewer import ANONYMOUS
from commonweal.example.directory import messy_sources
from commonweal.lake.opening import open_bytes
from commonweal.lake.registers.linking import Linkable, link
from commonweal.lake.registers.reading import read_registers
from commonweal.methods.linkage import pair_scores
from commonweal.providers.models import Adviser, Provider, Seen
from commonweal.providers.queries.directory import Asked, find_providers


def test_four_messy_sources_resolve_to_the_truth():
    entries, truth = [], []
    for seed in (1, 2, 3):
        for source in messy_sources(np.random.default_rng(seed)):
            found = read_registers(open_bytes(source.file, source.content))
            assert len(found.entries) == len(source.truth)
            entries += [
                Linkable(one.name, one.postcode, "Z07000001", one.numbers, one.web,
                         "" if source.public else "own", str(seed)) for one in found.entries
            ]
            truth += [f"{seed} {name}" for name in source.truth]
    of = np.array([one.world for one in entries])
    for seed in ("1", "2", "3"):
        mine = [one for one, world in zip(entries, of, strict=True) if world == seed]
        linked = link(mine)
        precision, recall = pair_scores(linked.groups, np.array(truth)[of == seed])
        print(f"{len(mine)} rows: precision {precision:.3f}, recall {recall:.3f}", len(linked.undecided), "asked")
        assert precision == 1
        assert recall >= 0.9


def test_the_example_lists_who_is_public_and_only_counts_the_rest(example_records):
    rows = Provider.objects.filter(example=True, merged_into=None)
    assert 55 <= rows.count() <= 75
    assert rows.filter(visibility=Seen.COUNTED).exists()
    found = find_providers(ANONYMOUS, Asked(example=True))
    assert found.total == rows.filter(visibility=Seen.PUBLIC).count()
    assert any(one.name == "Larkmere Leisure and Culture Trust" for one in found.rows)
    assert not find_providers(ANONYMOUS, Asked()).rows  # invented ones never stand among real ones


@pytest.mark.parametrize(("who", "path", "keys"), [
    ("officer", "organisations?does=sport", ("organisations",)), ("officer", "who-could?does=sport", ("could",)),
    ("officer", "people-who-could-help", ()), ("officer", "support", ("plans",)),
    ("officer", "events", ()), ("officer", "joint-workshops", ()), ("officer", "together", ("opportunities",)),
    ("chief", "chances", ()),
])
def test_the_example_is_given_as_data_without_names_of_people(example_records, who, path, keys):
    person = Person.objects.get(email__startswith=f"{who}@")
    partnership = Partnership.objects.get(end=None)
    answer = signed_in(person).get(f"/api/partnerships/{partnership.pk}/{path}")
    found = answer.json()
    assert answer.status_code == 200, found
    assert found
    assert all(found[key] for key in keys)
    names = {name for model in (Person, Adviser) for name in model.objects.values_list("name", flat=True) if name}
    assert not names & set(_values(found))  # none is a value of its own; what people wrote themselves is theirs


def _values(found):
    if isinstance(found, dict | list):
        return [each for one in (found.values() if isinstance(found, dict) else found) for each in _values(one)]
    return [found]
