# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What a phase ended with is the first act on it that is known.
_KNOWN = """
INSERT INTO processes_phaseact (run_id, phase, kind, words, at, by_id)
SELECT run_id, phase, CASE ending WHEN 'skipped' THEN 'skipped' ELSE 'closed' END, words, ended_at, ended_by_id
FROM processes_phaseend WHERE ending <> '' AND ended_by_id IS NOT NULL ORDER BY id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PhaseAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(max_length=40)),
                ('kind', models.CharField(choices=[('closed', 'Se cerró'), ('skipped', 'Se omitió'), ('reopened', 'Se volvió a abrir')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='processes.processrun')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.RunSQL(_KNOWN, migrations.RunSQL.noop),
    ]
