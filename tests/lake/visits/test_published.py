"""LibrariesWest's hidden cells stay as wide as their publisher made them."""

import csv
from collections import defaultdict

import pytest

from commonweal.lake.pull import pull_folder
from commonweal.lake.store import Store
from commonweal.lake.visits.published import members_by_area

FILE = "membership_members.csv"


@pytest.mark.real_data
def test_members_of_an_area_are_what_is_shown_and_one_to_four_for_each_hidden_cell(published, tmp_path):
    source = published / "08_usage_monitoring" / "librarieswest" / FILE
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / FILE).write_bytes(source.read_bytes())
    store = Store(tmp_path / "store")
    pull_folder(store, tmp_path / "in")
    cells = defaultdict(list)
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["lsoa_code"]:
                cells[row["lsoa_code"]].append(row["users"].strip())
    found = {one.area_code: one for one in members_by_area(store)}
    assert set(found) == set(cells)
    for code, users in cells.items():
        shown, hidden = sum(int(one) for one in users if one != "*"), users.count("*")
        assert found[code].hidden_cells == hidden
        assert (found[code].members.least, found[code].members.most) == (shown + hidden, shown + 4 * hidden)
