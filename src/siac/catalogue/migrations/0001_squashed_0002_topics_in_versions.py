# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

M0002 = import_module("siac.catalogue.migrations.0002_topics_in_versions")


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('catalogue', '0001_initial'), ('catalogue', '0002_topics_in_versions')]

    initial = True

    dependencies = [
        ('organizations', '0001_squashed_0011_units_in_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='código')),
                ('name', models.CharField(max_length=120, verbose_name='nombre')),
                ('sort_key', models.CharField(editable=False, max_length=200)),
                ('approver', models.CharField(blank=True, choices=[('head_of_unit', 'Jefatura de la unidad'), ('quality_manager', 'Encargada de calidad'), ('authority', 'Autoridad')], max_length=20, verbose_name='quién aprueba la respuesta')),
                ('is_active', models.BooleanField(default=True, verbose_name='activo')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='organizations.institution')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='catalogue.topic', verbose_name='tema general')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit', verbose_name='unidad que responde')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versión')),
            ],
            options={
                'ordering': ('sort_key', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('code'), name='catalogue_topic_code')],
            },
        ),
        migrations.CreateModel(
            name='TopicVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('based_on', models.PositiveIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='catalogue.topic')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('topic', '-number'),
                'constraints': [models.UniqueConstraint(models.F('topic'), models.F('number'), name='catalogue_topic_version')],
            },
        ),
        migrations.RunSQL(M0002.GUARD, M0002.UNGUARD),
    ]
