"""Every indicator card is whole, honest about its checking, and points at data the catalogue knows."""

from __future__ import annotations

import json
import string
from datetime import date
from importlib.resources import files

import jsonschema
import pytest
import yaml

from commonweal.core.figure import Unit
from commonweal.lake.catalogue import entries
from commonweal.needs import content
from commonweal.needs.assessment import Side
from commonweal.needs.card import Level, _card, card, card_files, cards, themes
from commonweal.needs.content import ContentWrong

SCHEMA = json.loads((files("commonweal.needs") / "content" / "card.schema.json").read_text(encoding="utf-8"))
FILES = card_files()
JARGON = ("utilise", "stakeholder", "cohort", "deliver ", "outcomes-based", "leverage", "holistic")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_card_keeps_the_schema(name):
    data = yaml.safe_load(FILES[name])
    jsonschema.validate({**data, "next_review": data["next_review"].isoformat()}, SCHEMA)
    assert name == f"{data['id']}.yaml"


@pytest.mark.parametrize("one", cards(), ids=lambda one: one.id)
def test_a_card_says_what_a_reader_needs(one):
    assert placeholders(one.sentence) <= {"value", "number", "place"}
    assert "place" in placeholders(one.sentence)
    assert placeholders(one.short) in ({"value"}, {"number"})
    assert one.next_review > date(2026, 1, 1)
    assert one.source.indicator or one.source.table == "use"
    assert one.people is None or one.unit in (Unit.PERCENT, Unit.MEAN_0_10)
    words = f"{one.sentence} {one.why} {' '.join(one.cannot_tell)} {one.collect.how}".lower()
    assert not [word for word in JARGON if word in words]


@pytest.mark.parametrize("one", cards(), ids=lambda one: one.id)
def test_a_cards_data_sets_are_in_the_catalogue(one):
    assert one.source.dataset in entries()


def test_nobody_claims_a_check_that_was_not_made():
    assert {one.checker for one in cards()} == {""}


def test_both_sides_of_the_assessment_have_cards():
    sides = [one.theme.side for one in cards()]
    assert sides.count(Side.CULTURE_SPORT) >= 10
    assert sides.count(Side.CONTRIBUTION) >= 20
    assert {one.theme.key for one in cards()} == {theme.key for theme in themes()}


def test_the_index_is_made_of_small_area_cards_and_every_domain_has_some():
    indexed = [one for one in cards() if one.index]
    assert {one.source.level for one in indexed} == {Level.AREA}
    assert all(one.turn for one in indexed)
    assert {one.index.domain for one in indexed} == {row["key"] for row in content.read("index")["domains"]}


def test_the_weights_of_the_index_and_of_the_rule_add_up_to_one():
    assert sum(row["weight"] for row in content.read("index")["domains"]) == pytest.approx(1)
    assert sum(content.read("choosing")["weights"].values()) == pytest.approx(1)


def test_a_card_that_is_not_there_is_said_to_be():
    with pytest.raises(LookupError, match="no indicator card called 'nonsense'"):
        card("nonsense")


@pytest.mark.parametrize(("text", "says"), [
    ("id: x\n", "is not whole"),
    ("id: [\n", "is not YAML"),
    (next(iter(FILES.values())).replace("unit:", "unit: furlongs #"), "is not whole"),
])
def test_a_broken_card_names_its_file(text, says):
    with pytest.raises(ContentWrong, match=f"broken.yaml.*{says}|{says}"):
        _card("broken.yaml", text)


def test_every_template_of_every_content_file_can_be_filled():
    for name in ("wording", "chapter", "choosing", "missed", "gaps", "provision"):
        for text in _texts(content.read(name)):
            assert all(part is None or part.isidentifier() for _, part, _, _ in string.Formatter().parse(text))
            assert "  " not in text.strip().replace("\n", " ") or name == "index"


def _texts(node):
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for each in node.values():
            yield from _texts(each)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)
