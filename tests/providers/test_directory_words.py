"""The directory's index finds beginnings of words, follows every change, and is filled anew if it lacks any."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from commonweal.providers.models import Provider, Seen
from commonweal.providers.word_index import index_directory, with_words

SAID = {"Choir": "choir gb-chc-1000001 1000001 singing o'clock café", "Club": "bowls club sport choral"}


@pytest.fixture
def rows(db):
    return {name: Provider.objects.create(name=name, search=said, visibility=Seen.PUBLIC)
            for name, said in SAID.items()}


def found(*words):
    return {row.name for row in with_words(Provider.objects.all(), words)}


@pytest.mark.parametrize(("words", "names"), [
    (("cho",), {"Choir", "Club"}), (("choir",), {"Choir"}), (("gb-chc-1000001",), {"Choir"}),
    (("1000001",), {"Choir"}),
    (("o'clock",), {"Choir"}), (("café",), {"Choir"}), (("choral", "bowls"), {"Club"}),
    (("choir", "bowls"), set()),
    (("oir",), set()), (('" OR body:*',), set()), (("%_",), set()), ((), {"Choir", "Club"}), (("NEAR(",), set()),
])  # fmt: skip
def test_beginnings_of_words(rows, words, names):
    assert found(*words) == names


def test_it_follows_what_is_written_over_and_deleted(rows):
    one = rows["Choir"]
    one.search = "dance"
    Provider.objects.bulk_create([one], update_conflicts=True, unique_fields=["id"], update_fields=["search"])
    assert (found("choir"), found("dance")) == (set(), {"Choir"})
    Provider.objects.filter(pk=one.pk).update(search="drama")
    assert (found("dance"), found("drama")) == (set(), {"Choir"})
    one.delete()
    assert found("drama") == set()


def test_it_is_filled_anew_where_it_lacks_any(rows):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM providers_words")
    connection.check_constraints()  # PostgreSQL builds no index while checks of the rows still wait
    index_directory(app_config=apps.get_app_config("providers"), using="default")
    assert found("bowls") == {"Club"}
