"""A file that could not be read is put away by whoever brought it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0010_requests")]

    operations = [
        migrations.AddField(
            model_name="upload", name="put_away", field=models.DateTimeField(blank=True, null=True),
        ),
    ]
