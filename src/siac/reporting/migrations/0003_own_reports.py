# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE TRIGGER reporting_ownreportversion_guard BEFORE UPDATE OR DELETE ON reporting_ownreportversion
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
"""
UNGUARD = "DROP TRIGGER reporting_ownreportversion_guard ON reporting_ownreportversion;"


class Migration(migrations.Migration):
    """The reports that a body puts together itself, in versions."""

    dependencies = [
        ('organizations', '0014_traits'),
        ('reporting', '0002_open_data'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versión')),
                ('title', models.CharField(max_length=120, verbose_name='título')),
                ('intro', models.TextField(blank=True, verbose_name='presentación')),
                ('every', models.CharField(choices=[('mes', 'Mensual'), ('trimestre', 'Trimestral'), ('anio', 'Anual')], default='mes', max_length=9, verbose_name='período')),
                ('sections', models.JSONField(default=list, verbose_name='secciones')),
                ('is_active', models.BooleanField(default=True, verbose_name='en uso')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
            options={
                'ordering': ('title', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='OwnReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('based_on', models.PositiveIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reporting.ownreport')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('report', '-number'),
            },
        ),
        migrations.AddConstraint(
            model_name='ownreport',
            constraint=models.UniqueConstraint(models.F('institution'), models.F('title'), name='reporting_own_title'),
        ),
        migrations.AddConstraint(
            model_name='ownreportversion',
            constraint=models.UniqueConstraint(models.F('report'), models.F('number'), name='reporting_own_version'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
