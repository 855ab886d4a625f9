"""A token may have a file made for it on a day of its own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("core", "0014_councils")]

    operations = [
        migrations.AddField("programtoken", "every", models.CharField(blank=True, choices=[
            ("day", "Every day"), ("week", "Every week"), ("month", "Every month")], max_length=5)),
        migrations.AddField("programtoken", "exported_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("programtoken", "export_said", models.CharField(blank=True, max_length=300)),
    ]
