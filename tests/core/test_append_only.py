"""What is agreed is superseded, never edited: the model refuses, and so does the database itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import create_partnership
from commonweal.core.errors import Immutable
from commonweal.core.models import Event, OrganisationKind, Tombstone, TombstoneReason, Version, Versioned
from commonweal.core.purpose import Purpose
from commonweal.core.triggers import append_only_models, guard
from commonweal.core.viewer import ANONYMOUS, SYSTEM


def raw_update(table: str, column: str) -> None:
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {quote(table)} SET {quote(column)} = {quote(column)}")


@pytest.mark.django_db
def test_every_append_only_table_is_guarded():
    assert {Event, Tombstone} <= set(append_only_models())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT event_object_table FROM information_schema.triggers")
        guarded = {row[0] for row in cursor.fetchall()}
    assert {model._meta.db_table for model in append_only_models()} <= guarded


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Event, Tombstone])
def test_the_database_refuses_to_change_a_row(model):
    create_organisation(by=SYSTEM, name="Somebody", kind=OrganisationKind.TRUST)
    event = Event.objects.get()
    Tombstone(subject_type="x", subject_id=event.pk, reason=TombstoneReason.ASKED).save()
    with pytest.raises(DatabaseError, match="append-only"):
        raw_update(model._meta.db_table, "subject_type")


@pytest.mark.django_db
def test_the_model_refuses_before_the_database_does():
    create_organisation(by=SYSTEM, name="Somebody", kind=OrganisationKind.TRUST)
    event = Event.objects.get()
    event.verb = "something.else"
    for deed in (
        event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(verb="x"),
        lambda: Event.objects.bulk_update([event], ["verb"]),
    ):
        with pytest.raises(Immutable):
            deed()
    assert Event.objects.get().verb != "something.else"


@pytest.fixture
def agreed(transactional_db) -> Iterator[tuple[type[models.Model], type[models.Model]]]:
    """An identity and its versions, as a stage would make them, in tables of their own."""

    class Wish(Versioned):
        class Meta:
            app_label = "core"

    class WishVersion(Version):
        identity = models.ForeignKey(Wish, models.PROTECT, related_name="versions")
        words = models.TextField()

        class Meta(Version.Meta):
            abstract = False
            app_label = "core"

    with connection.schema_editor() as editor:
        editor.create_model(Wish)
        editor.create_model(WishVersion)
    guard(connection, WishVersion._meta.db_table)
    yield Wish, WishVersion
    with connection.schema_editor() as editor:
        editor.delete_model(WishVersion)
        editor.delete_model(Wish)
    for name in ("wish", "wishversion"):
        del apps.all_models["core"][name]
    apps.clear_cache()


def test_versions_are_numbered_fixed_and_superseded(agreed):
    wish_model, version_model = agreed
    partnership = create_partnership(by=SYSTEM, name="Somewhere together")
    wish = wish_model(partnership=partnership)
    wish.save()
    for words in ("more swimming", "more swimming for girls"):
        version_model(partnership=partnership, identity=wish, number=wish.next_number(), words=words).save()
    assert list(wish.versions.order_by("number").values_list("number", "words")) == [
        (1, "more swimming"), (2, "more swimming for girls")
    ]
    assert [one.number for one in version_model.objects.latest_each()] == [2]
    first = wish.versions.get(number=1)
    first.words = "fewer"
    with pytest.raises(Immutable):
        first.save()
    with pytest.raises(DatabaseError, match="append-only"):
        raw_update(version_model._meta.db_table, "words")
    with pytest.raises(IntegrityError), transaction.atomic():
        version_model(partnership=partnership, identity=wish, number=2, words="again").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        version_model(partnership=partnership, identity=wish, number=0, words="nought").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        version_model(partnership=None, identity=wish, number=3, words="nobody's").save()
    assert not version_model.objects.visible_to(ANONYMOUS, Purpose.PLANNING).exists()
