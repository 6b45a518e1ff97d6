# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
import siac.kernel.work_states
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE TRIGGER reporting_datasetversion_guard BEFORE UPDATE OR DELETE ON reporting_datasetversion
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
"""
UNGUARD = "DROP TRIGGER reporting_datasetversion_guard ON reporting_datasetversion;"


class Migration(migrations.Migration):
    """What a body publishes, as decided in versions, and the files that are made of it."""

    dependencies = [
        ('organizations', '0014_traits'),
        ('reporting', '0001_summaries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dataset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versión')),
                ('slug', models.SlugField(max_length=80, verbose_name='dirección')),
                ('what', models.CharField(max_length=60, verbose_name='qué se publica')),
                ('by', models.CharField(blank=True, max_length=40, verbose_name='separado por')),
                ('every', models.CharField(choices=[('mes', 'Mensual'), ('trimestre', 'Trimestral'), ('anio', 'Anual')], default='mes', max_length=9, verbose_name='cada cuánto')),
                ('title', models.CharField(max_length=120, verbose_name='título')),
                ('since', models.DateField(verbose_name='desde')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'Creative Commons Atribución 4.0'), ('CC0-1.0', 'Dominio público (CC0 1.0)'), ('ODbL-1.0', 'Open Database License 1.0')], max_length=12, verbose_name='licencia')),
                ('is_published', models.BooleanField(default=True, verbose_name='publicado')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
            options={
                'ordering': ('title', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DatasetFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=100)),
                ('leased_until', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'En cola'), ('running', 'En curso'), ('done', 'Terminado'), ('failed', 'Interrumpido'), ('stopped', 'Detenido'), ('published', 'Al día')], default=siac.kernel.work_states.WorkState['WAITING'], max_length=10)),
                ('content', models.BinaryField(default=b'')),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('fields', models.JSONField(default=list)),
                ('latest', models.JSONField(default=list)),
                ('size', models.PositiveIntegerField(default=0)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('first', models.DateField(null=True)),
                ('last', models.DateField(null=True)),
                ('made_at', models.DateTimeField(null=True)),
                ('dataset', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='file', to='reporting.dataset')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
        ),
        migrations.CreateModel(
            name='DatasetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('based_on', models.PositiveIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('dataset', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reporting.dataset')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('dataset', '-number'),
            },
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.UniqueConstraint(models.F('institution'), models.F('slug'), name='reporting_dataset_slug'),
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.UniqueConstraint(models.F('institution'), models.F('what'), models.F('by'), name='reporting_dataset_once'),
        ),
        migrations.AddIndex(
            model_name='datasetfile',
            index=models.Index(models.F('institution'), models.F('id'), name='reporting_dataset_files'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.UniqueConstraint(models.F('dataset'), models.F('number'), name='reporting_dataset_version'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
