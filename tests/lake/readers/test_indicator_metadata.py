"""Definitions and polarity of indicators from Fingertips' JSON."""

from __future__ import annotations

import json

import pytest

from commonweal.lake.readers.indicator_metadata import is_metadata, read_metadata

FILE = "05_participation_health/fingertipsnext_indicators.json"
ONE = {"indicatorID": 93015, "indicatorName": "Physically inactive in adults aged 19 years and over",
       "indicatorDefinition": "<p>The percentage of adults&nbsp;who\r\nare inactive</p>",
       "polarity": "Low is good", "unitLabel": "%", "valueType": "Proportion"}


@pytest.mark.real_data
def test_the_published_list(open_published):
    opened = open_published(FILE)
    assert is_metadata(opened)
    (table,) = read_metadata(opened)
    rows = {row["publisher_id"]: row for row in table.rows.to_pylist()}
    assert (len(rows), table.rejected) == (35, ())
    assert rows["93015"]["indicator"] == "percentage-of-physically-inactive-adults"
    assert rows["90362"]["indicator"] == "healthy-life-expectancy-at-birth"
    assert {row["polarity"] for row in rows.values()} == {"High is good", "Low is good", "No judgement"}
    assert rows["41101"]["unit"] == "percent"
    assert not any("<" in row["definition"] or "&" in row["definition"][:200] for row in rows.values())


def test_markup_is_taken_off_and_the_nameless_stay_out(made_csv):
    opened = made_csv(json.dumps([ONE, {**ONE, "indicatorName": None}]), name="made.json")
    (table,) = read_metadata(opened)
    (row,) = table.rows.to_pylist()
    assert row["definition"] == "The percentage of adults who are inactive"
    assert [one.row for one in table.rejected] == [2]


@pytest.mark.parametrize("document", [[], {}, [{"indicatorID": 1}], [1], {"indicators": [ONE]}])
def test_other_json_is_not_claimed(made_csv, document):
    assert not is_metadata(made_csv(json.dumps(document), name="made.json"))


def test_a_table_is_not_claimed(made_csv):
    assert not is_metadata(made_csv([["indicatorID", "indicatorName"], [1, "a"]]))
