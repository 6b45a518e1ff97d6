# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

M0002 = import_module("siac.clocks.migrations.0002_days_are_never_rewritten")
M0003 = import_module("siac.clocks.migrations.0003_own_rules")


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('clocks', '0001_initial'), ('clocks', '0002_days_are_never_rewritten'), ('clocks', '0003_own_rules'), ('clocks', '0004_calendars_say_what_they_answer_for'), ('clocks', '0005_place_of_a_body_or_unit_changes'), ('clocks', '0006_changes_are_long_works')]

    initial = True

    dependencies = [
        ('organizations', '0001_squashed_0011_units_in_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarLayer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calendar_layers', to='organizations.institution')),
                ('unit', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='calendar_layer', to='organizations.unit')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='código')),
                ('name', models.CharField(max_length=120, verbose_name='nombre')),
                ('country', models.CharField(max_length=2, verbose_name='país')),
                ('kind', models.CharField(choices=[('country', 'País'), ('region', 'Región o comunidad'), ('commune', 'Comuna'), ('municipality', 'Municipio'), ('institution', 'Institución'), ('unit', 'Unidad')], max_length=12, verbose_name='tipo')),
                ('covers_from', models.DateField(blank=True, null=True, verbose_name='cubre desde')),
                ('covers_to', models.DateField(blank=True, null=True, verbose_name='cubre hasta')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versión')),
                ('created_at', models.DateTimeField()),
                ('confirmed_to', models.DateField(blank=True, null=True, verbose_name='confirmado hasta')),
                ('whole_from', models.DateField(blank=True, null=True, verbose_name='completo desde')),
                ('whole_why', models.CharField(blank=True, max_length=300, verbose_name='por qué')),
            ],
            options={
                'ordering': ('code',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('covers_from__isnull', True), ('covers_to__isnull', True)), ('covers_from__lte', models.F('covers_to')), _connector='OR'), name='clocks_layer_coverage'), models.CheckConstraint(condition=models.Q(models.Q(('institution__isnull', False), ('kind', 'institution'), ('unit__isnull', True)), models.Q(('institution__isnull', False), ('kind', 'unit'), ('unit__isnull', False)), models.Q(models.Q(('kind__in', ['institution', 'unit']), _negated=True), ('institution__isnull', True), ('unit__isnull', True)), _connector='OR'), name='clocks_layer_owner'), models.UniqueConstraint(models.F('institution'), condition=models.Q(('kind', 'institution')), name='clocks_layer_own')],
            },
        ),
        migrations.CreateModel(
            name='CalendarChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('layer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='clocks.calendarlayer')),
                ('action', models.CharField(choices=[('added', 'Días agregados'), ('revoked', 'Días anulados'), ('place', 'Otro lugar')], max_length=8)),
                ('days', models.JSONField()),
                ('name', models.CharField(max_length=120)),
                ('reason', models.CharField(max_length=300)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'por empezar'), ('running', 'en curso'), ('done', 'terminado'), ('failed', 'interrumpido'), ('stopped', 'detenido')], default='waiting', max_length=10)),
                ('total', models.PositiveIntegerField(default=0)),
                ('moved', models.PositiveIntegerField(default=0)),
                ('left', models.PositiveIntegerField(default=0)),
                ('position', models.BigIntegerField(default=0)),
                ('place_from', models.CharField(blank=True, max_length=60)),
                ('place_to', models.CharField(blank=True, max_length=60)),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('done', models.PositiveIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('begun_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=100)),
                ('leased_until', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action', 'place'), ('layer', None), models.Q(('place_to', ''), _negated=True)), models.Q(models.Q(('action', 'place'), _negated=True), ('layer__isnull', False), ('place_to', '')), _connector='OR'), name='clocks_change_of_what'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('done', 'failed', 'stopped'))), models.Q(models.Q(('state__in', ('done', 'failed', 'stopped')), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='clocks_change_finished')],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('subject_type', models.CharField(max_length=30)),
                ('subject_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=20)),
                ('source', models.CharField(blank=True, max_length=60)),
                ('label', models.CharField(max_length=200)),
                ('rule_id', models.CharField(blank=True, max_length=60)),
                ('rule_version', models.PositiveSmallIntegerField(default=0)),
                ('place', models.CharField(max_length=60)),
                ('office', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ('time_zone', models.CharField(max_length=40)),
                ('decreed', models.BooleanField(default=True)),
                ('calendar_version', models.CharField(max_length=200)),
                ('amount', models.PositiveSmallIntegerField()),
                ('unit', models.CharField(max_length=2)),
                ('event_on', models.DateField()),
                ('start_reason', models.CharField(blank=True, max_length=250)),
                ('day0', models.DateField()),
                ('started_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('due_at', models.DateTimeField()),
                ('pauses', models.JSONField(default=list)),
                ('paused_on', models.DateField(null=True)),
                ('extended_amount', models.PositiveSmallIntegerField(null=True)),
                ('extended_at', models.DateTimeField(null=True)),
                ('extension_reason', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('running', 'en curso'), ('paused', 'detenido'), ('met', 'cumplido'), ('missed', 'incumplido'), ('cancelled', 'sin efecto')], default='running', max_length=9)),
                ('ended_at', models.DateTimeField(null=True)),
                ('days_late', models.SmallIntegerField(default=0)),
                ('missed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('due_at', 'pk'),
                'indexes': [models.Index(models.F('institution'), models.F('subject_type'), models.F('subject_id'), name='clocks_clock_subject'), models.Index(models.F('institution'), models.F('due_on'), models.F('id'), condition=models.Q(('state', 'running')), name='clocks_clock_running'), models.Index(models.F('due_at'), condition=models.Q(('missed_at__isnull', True), ('state', 'running')), name='clocks_clock_unannounced'), models.Index(models.F('institution'), models.F('missed_at'), condition=models.Q(('missed_at__isnull', False)), name='clocks_clock_missed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('unit__in', ['bd', 'cd', 'm', 'h'])), name='clocks_clock_unit'), models.CheckConstraint(condition=models.Q(models.Q(('paused_on__isnull', False), ('state', 'paused')), models.Q(models.Q(('state', 'paused'), _negated=True), ('paused_on__isnull', True)), _connector='OR'), name='clocks_clock_paused'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['running', 'paused'])), models.Q(('ended_at__isnull', False), ('state__in', ['met', 'missed', 'cancelled'])), _connector='OR'), name='clocks_clock_ended')],
            },
        ),
        migrations.CreateModel(
            name='ClockMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='clocks.calendarchange')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('clock_id', models.BigIntegerField()),
                ('subject_type', models.CharField(max_length=30)),
                ('subject_id', models.BigIntegerField()),
                ('label', models.CharField(max_length=200)),
                ('due_from', models.DateField()),
                ('due_to', models.DateField(null=True)),
            ],
            options={
                'ordering': ('due_from', 'pk'),
                'indexes': [models.Index(models.F('change'), models.F('institution'), models.F('due_from'), models.F('id'), name='clocks_move_list')],
                'constraints': [models.UniqueConstraint(models.F('change'), models.F('clock_id'), name='clocks_move_once')],
            },
        ),
        migrations.CreateModel(
            name='LayerDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='clocks.calendarlayer')),
                ('date', models.DateField(verbose_name='fecha')),
                ('name', models.CharField(max_length=120, verbose_name='nombre')),
                ('kind', models.CharField(choices=[('holiday', 'Feriado o festivo'), ('decreed', 'Día no laborable decretado'), ('closure', 'Cierre de la institución'), ('optional_working', 'Día señalado que sí es hábil')], max_length=20, verbose_name='tipo')),
                ('basis', models.CharField(default='verified', max_length=16, verbose_name='respaldo')),
                ('source', models.CharField(max_length=200, verbose_name='norma o fuente')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motivo')),
                ('version_from', models.PositiveIntegerField()),
                ('version_to', models.PositiveIntegerField(blank=True, null=True)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('added_at', models.DateTimeField()),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_reason', models.CharField(blank=True, max_length=300, verbose_name='motivo de la anulación')),
            ],
            options={
                'ordering': ('date', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('layer'), models.F('date'), condition=models.Q(('revoked_at__isnull', True)), name='clocks_day_once'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('version_to__isnull', True)), models.Q(('revoked_at__isnull', False), ('version_to__gt', models.F('version_from'))), _connector='OR'), name='clocks_day_revoked')],
            },
        ),
        migrations.CreateModel(
            name='OwnRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=24, verbose_name='código')),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120, verbose_name='nombre')),
                ('document', models.CharField(max_length=200, verbose_name='documento que la fija')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='dirección del documento')),
                ('base_rule', models.CharField(blank=True, max_length=40, verbose_name='norma de la que depende')),
                ('base_version', models.PositiveIntegerField(default=0)),
                ('amount', models.PositiveSmallIntegerField(verbose_name='plazo')),
                ('unit', models.CharField(choices=[('bd', 'días hábiles'), ('cd', 'días corridos'), ('m', 'meses')], max_length=2, verbose_name='se cuenta en')),
                ('extended', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='plazo ya ampliado')),
                ('waits', models.BooleanField(default=True, verbose_name='se detiene mientras se espera a la persona')),
                ('shifts', models.BooleanField(default=True, verbose_name='fuera de horario cuenta desde el día hábil siguiente')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='rige desde')),
                ('saved_at', models.DateTimeField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_rules', to='organizations.institution')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('institution', 'code', 'version'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('code'), models.F('version'), name='clocks_own_rule_version'), models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('extended', None), ('extended__gt', models.F('amount')), _connector='OR')), name='clocks_own_rule_lengths'), models.CheckConstraint(condition=models.Q(models.Q(('valid_from', None), ('version', 1)), models.Q(('valid_from__isnull', False), ('version__gt', 1)), _connector='OR'), name='clocks_own_rule_from'), models.CheckConstraint(condition=models.Q(models.Q(('base_rule', ''), ('base_version', 0)), models.Q(models.Q(('base_rule', ''), _negated=True), ('base_version__gt', 0)), _connector='OR'), name='clocks_own_rule_base')],
            },
        ),
        migrations.RunSQL(M0002.FORWARD, M0002.BACKWARD),
        migrations.RunSQL(M0003.FORWARD, M0003.BACKWARD),
    ]
