"""The European Standard Population as public health bodies in England use it."""

from itertools import pairwise

from commonweal.policy.standard_populations import standard_population


def test_esp2013_is_whole():
    found = standard_population()
    assert sum(group.people for group in found.groups) == 100_000
    assert len(found.groups) == 19
    assert all(later.age_from == earlier.age_to + 1 for earlier, later in pairwise(found.groups))
    assert (found.groups[0].age_from, found.groups[-1].age_to) == (0, 120)
    assert found.source
