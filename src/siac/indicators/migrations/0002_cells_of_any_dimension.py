# SPDX-License-Identifier: EUPL-1.2
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Cells by any dimension, of days, months and years, take the place of those by unit and kind.

    What was computed is left out: a job counts it anew from the facts of the cases.
    """

    dependencies = [("indicators", "0001_initial"), ("organizations", "0012_absences")]

    operations = [
        migrations.DeleteModel("MetricCell"),
        migrations.DeleteModel("DirtyDay"),
        migrations.DeleteModel("CubeState"),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=60, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='CubeState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=40)),
                ('computed_at', models.DateTimeField()),
                ('built_at', models.DateTimeField(null=True)),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('source'), name='indicators_cube_state')],
            },
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grain', models.CharField(choices=[('d', 'día'), ('m', 'mes'), ('y', 'año')], max_length=1)),
                ('family', models.CharField(max_length=60)),
                ('member', models.CharField(max_length=80)),
                ('period', models.DateField()),
                ('n', models.IntegerField()),
                ('total', models.BigIntegerField()),
                ('vals', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), null=True, size=None)),
                ('cum', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), null=True, size=None)),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
                ('measure', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='indicators.measure')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('measure'), models.F('grain'), models.F('family'), models.F('member'), models.F('period'), name='indicators_cell_key')],
            },
        ),
    ]
