# SPDX-License-Identifier: EUPL-1.2

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_prepared_files_name_their_cases'),
        ('organizations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='erasurerun',
            name='cases_erasure_one_open',
        ),
        migrations.AddField(
            model_name='erasurerun',
            name='failure',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='suggestionmodel',
            name='digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='erasurerun',
            name='state',
            field=models.CharField(choices=[('proposed', 'Propuesto, por aprobar'), ('running', 'Borrando'), ('done', 'Terminado'), ('discarded', 'Descartado'), ('failed', 'Interrumpido: falta una parte')], default='proposed', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='erasurerun',
            constraint=models.UniqueConstraint(models.F('institution'), condition=models.Q(('state__in', ('proposed', 'running', 'failed'))), name='cases_erasure_one_open'),
        ),
    ]
