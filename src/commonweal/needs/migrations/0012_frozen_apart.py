from typing import Any
from uuid import UUID

import django.db.models.deletion
from django.db import migrations, models

import commonweal.core.clock
import commonweal.core.ids


def move(apps: Any, schema_editor: Any) -> None:
    """Each copy to its own row, word for word so that its digest still proves it, with its short form beside it."""
    from commonweal.core import clock
    from commonweal.needs.evidence_grade import LETTERS, grade_of
    from commonweal.needs.frozen_evidence import pieces_of, short_of
    from commonweal.needs.queries.evidence_items import design_of
    from commonweal.needs.queries.survival import key_of

    held, today = apps.get_model("needs", "EvidenceItem").objects, clock.today()
    frozen = apps.get_model("needs", "FrozenEvidence").objects
    for version in apps.get_model("needs", "NeedVersion").objects.exclude(frozen="").order_by("id").iterator(20):
        items, _ = pieces_of(version.frozen)
        rows = held.in_bulk([UUID(item["id"]) for item in items]).values()
        letter = {str(row.pk): LETTERS.index(grade_of(design_of(row), today=today).grade) for row in rows}
        frozen.create(partnership_id=version.partnership_id, version_id=version.pk, whole=version.frozen,
                      short=short_of(items, shared=key_of, letter=letter))


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_pooled_numbers'),
        ('needs', '0011_step_ticks'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='evidenceitem',
            index=models.Index(condition=~models.Q(place_code=''), fields=['partnership', 'place_code'], name='needs_evidence_where'),
        ),
        migrations.AddIndex(
            model_name='needevidence',
            index=models.Index(fields=['need', 'perspective', 'id', 'item'], name='needs_held_paged'),
        ),
        migrations.CreateModel(
            name='FrozenEvidence',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('whole', models.TextField()),
                ('short', models.TextField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stood', to='needs.needversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name='needversion', name='frozen'),
    ]
