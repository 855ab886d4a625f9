"""The invented groups from four messy sources, resolved to the truth that made them."""

from __future__ import annotations

import numpy as np

from commonweal.core.viewer import ANONYMOUS
from commonweal.example.directory import messy_sources
from commonweal.lake.opening import open_bytes
from commonweal.lake.registers.linking import Linkable, link
from commonweal.lake.registers.reading import read_registers
from commonweal.methods.linkage import pair_scores
from commonweal.providers.models import Provider, Seen
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
