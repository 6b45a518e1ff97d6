# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE TRIGGER indicators_indicatorversion_guard BEFORE UPDATE OR DELETE ON indicators_indicatorversion
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
CREATE TRIGGER indicators_indicatorresult_guard BEFORE UPDATE OR DELETE ON indicators_indicatorresult
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
"""
UNGUARD = """
DROP TRIGGER indicators_indicatorversion_guard ON indicators_indicatorversion;
DROP TRIGGER indicators_indicatorresult_guard ON indicators_indicatorresult;
"""


class Migration(migrations.Migration):
    """Indicators keep every save; what they said of a period is frozen with its rows."""

    dependencies = [
        ('indicators', '0004_filters_instead_of_a_kind'),
        ('organizations', '0012_absences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IndicatorResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('value', models.DecimalField(decimal_places=1, max_digits=12, null=True)),
                ('total', models.PositiveIntegerField(default=0)),
                ('met', models.PositiveIntegerField(default=0)),
                ('target', models.DecimalField(decimal_places=1, max_digits=9)),
                ('rows', models.BinaryField(default=b'')),
                ('digest', models.BinaryField(max_length=32)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('changes', models.JSONField(default=dict)),
                ('frozen_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-last', '-revision', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='IndicatorVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('based_on', models.PositiveIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('indicator', '-number'),
            },
        ),
        migrations.CreateModel(
            name='ResultNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField()),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('written_at', 'pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='indicator',
            name='indicators_target_is_percent',
        ),
        migrations.AddField(
            model_name='indicator',
            name='baseline',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=9, null=True, verbose_name='línea base'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='better',
            field=models.CharField(choices=[('higher', 'Más es mejor'), ('lower', 'Menos es mejor')], default='higher', max_length=7, verbose_name='sentido'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='frequency',
            field=models.CharField(choices=[('month', 'Mensual'), ('quarter', 'Trimestral'), ('half', 'Semestral'), ('year', 'Anual')], default='month', max_length=7, verbose_name='frecuencia'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='instrument',
            field=models.CharField(blank=True, max_length=200, verbose_name='instrumento'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='is_active',
            field=models.BooleanField(default=True, verbose_name='activo'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='near',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=9, null=True, verbose_name='cerca de la meta desde'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='since',
            field=models.DateField(blank=True, null=True, verbose_name='se mide desde'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='source',
            field=models.CharField(blank=True, max_length=200, verbose_name='fuente'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='statistic',
            field=models.CharField(choices=[('count', 'Cuántas'), ('rate', 'Por ciento'), ('stock', 'Cuántas al último día'), ('median', 'Mediana'), ('p90', 'Percentil 90'), ('mean', 'Media'), ('maximum', 'Máximo'), ('within', 'Hasta N')], default='within', max_length=8, verbose_name='qué se dice de ella'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='unit',
            field=models.CharField(blank=True, max_length=40, verbose_name='unidad de medida'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='verification',
            field=models.CharField(blank=True, max_length=300, verbose_name='medio de verificación'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='version',
            field=models.PositiveIntegerField(default=1, verbose_name='versión'),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='metric',
            field=models.CharField(blank=True, max_length=60, verbose_name='métrica'),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='target',
            field=models.DecimalField(decimal_places=1, max_digits=9, verbose_name='meta'),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='within',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='límite'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('statistic', 'within'), _negated=True), ('within__isnull', False), ('metric', ''), _connector='OR'), name='indicators_indicator_within'),
        ),
        migrations.AddField(
            model_name='indicatorresult',
            name='frozen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicatorresult',
            name='indicator',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='indicators.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorresult',
            name='institution',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution'),
        ),
        migrations.AddField(
            model_name='indicatorversion',
            name='indicator',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='indicators.indicator'),
        ),
        migrations.AddField(
            model_name='indicatorversion',
            name='saved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='resultnote',
            name='institution',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution'),
        ),
        migrations.AddField(
            model_name='resultnote',
            name='result',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='indicators.indicatorresult'),
        ),
        migrations.AddField(
            model_name='resultnote',
            name='written_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='indicatorresult',
            index=models.Index(models.F('institution'), models.OrderBy(models.F('last'), descending=True), models.F('id'), name='indicators_result_newest'),
        ),
        migrations.AddConstraint(
            model_name='indicatorresult',
            constraint=models.UniqueConstraint(models.F('indicator'), models.F('first'), models.F('last'), models.F('revision'), name='indicators_result_revision'),
        ),
        migrations.AddConstraint(
            model_name='indicatorresult',
            constraint=models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='indicators_result_period'),
        ),
        migrations.AddConstraint(
            model_name='indicatorresult',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 1), models.Q(('note', ''), _negated=True), _connector='OR'), name='indicators_result_revision_says_why'),
        ),
        migrations.AddConstraint(
            model_name='indicatorversion',
            constraint=models.UniqueConstraint(models.F('indicator'), models.F('number'), name='indicators_indicator_version'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
