import commonweal.core.clock
import commonweal.core.ids
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('knowledge', '0001_common_language')]

    initial = True

    dependencies = [
        ('core', '0001_workspace'),
        ('core', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalLanguageRule',
            fields=[
                ('id', models.UUIDField(db_index=True, default=commonweal.core.ids.uuid7, editable=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('rule', models.CharField(choices=[('all', 'Every organisation with a sign-off seat'), ('two_thirds', 'Two in three of the organisations with a sign-off seat'), ('majority', 'More than half of the organisations with a sign-off seat')], default='all', max_length=12)),
                ('reason', models.CharField(max_length=500)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='core.partnership')),
            ],
            options={
                'verbose_name': 'historical language rule',
                'verbose_name_plural': 'historical language rules',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTerm',
            fields=[
                ('id', models.UUIDField(db_index=True, default=commonweal.core.ids.uuid7, editable=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('slug', models.SlugField(max_length=80)),
                ('title', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('brought', 'Brought in, not proposed yet'), ('proposed', 'Waiting for signatures'), ('disputed', 'Disputed'), ('agreed', 'Agreed'), ('retired', 'No longer used')], default='proposed', max_length=12)),
                ('concept', models.CharField(blank=True, max_length=400, verbose_name='address of the concept')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='core.partnership')),
            ],
            options={
                'verbose_name': 'historical term',
                'verbose_name_plural': 'historical terms',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('slug', models.SlugField(max_length=80)),
                ('title', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('brought', 'Brought in, not proposed yet'), ('proposed', 'Waiting for signatures'), ('disputed', 'Disputed'), ('agreed', 'Agreed'), ('retired', 'No longer used')], default='proposed', max_length=12)),
                ('concept', models.CharField(blank=True, max_length=400, verbose_name='address of the concept')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'slug'), name='knowledge_term_once', violation_error_message='The partnership already has this word.')],
            },
        ),
        migrations.CreateModel(
            name='TermVersion',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('label', models.CharField(max_length=120)),
                ('plain', models.TextField(max_length=1000)),
                ('also', models.JSONField(blank=True, default=list)),
                ('words', models.JSONField(blank=True, default=list)),
                ('broader', models.JSONField(blank=True, default=list)),
                ('related', models.JSONField(blank=True, default=list)),
                ('links', models.JSONField(blank=True, default=list)),
                ('source', models.CharField(blank=True, max_length=500)),
                ('retires', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('written_at', models.DateTimeField(default=commonweal.core.clock.now)),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='knowledge.term')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('identity', 'number'), name='knowledge_termversion_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='knowledge_termversion_from_1')],
            },
        ),
        migrations.CreateModel(
            name='TermSignature',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('signed_at', models.DateTimeField(default=commonweal.core.clock.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='knowledge.termversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'organisation'), name='knowledge_signature_once', violation_error_message='Your organisation has already signed this version.')],
            },
        ),
        migrations.CreateModel(
            name='TermComment',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('comment', 'Comment'), ('objection', 'Objection')], default='comment', max_length=10)),
                ('body', models.TextField(blank=True, max_length=2000)),
                ('said_at', models.DateTimeField(default=commonweal.core.clock.now)),
                ('taken_back', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='knowledge.termversion')),
            ],
            options={
                'indexes': [models.Index(fields=['version', 'said_at'], name='knowledge_comment_by_version')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('rule', models.CharField(choices=[('all', 'Every organisation with a sign-off seat'), ('two_thirds', 'Two in three of the organisations with a sign-off seat'), ('majority', 'More than half of the organisations with a sign-off seat')], max_length=12)),
                ('seats', models.PositiveSmallIntegerField()),
                ('agreed_at', models.DateTimeField(default=commonweal.core.clock.now)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='knowledge.termversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WordImport',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('title', models.CharField(max_length=300)),
                ('found', models.JSONField()),
                ('notes', models.JSONField(blank=True, default=list)),
                ('confirmed', models.DateTimeField(blank=True, null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LanguageRule',
            fields=[
                ('id', models.UUIDField(default=commonweal.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created', models.DateTimeField(default=commonweal.core.clock.now, editable=False)),
                ('rule', models.CharField(choices=[('all', 'Every organisation with a sign-off seat'), ('two_thirds', 'Two in three of the organisations with a sign-off seat'), ('majority', 'More than half of the organisations with a sign-off seat')], default='all', max_length=12)),
                ('reason', models.CharField(max_length=500)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='knowledge_rule_once')],
            },
        ),
    ]
