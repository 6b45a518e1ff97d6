# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

M0005 = import_module("siac.organizations.migrations.0005_public_texts_in_versions")
M0011 = import_module("siac.organizations.migrations.0011_units_in_versions")


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('organizations', '0001_initial'), ('organizations', '0002_invitations'), ('organizations', '0003_successors_of_units'), ('organizations', '0004_start_marks'), ('organizations', '0005_public_texts_in_versions'), ('organizations', '0006_register_of_processing_activities'), ('organizations', '0007_roles_with_a_last_day'), ('organizations', '0008_sheets_of_units_and_people'), ('organizations', '0009_practice_bodies'), ('organizations', '0010_sheets_and_practice_bodies_are_long_works'), ('organizations', '0011_units_in_versions')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]{1,39}$', 'Use minúsculas, números y guiones; empiece por una letra.')], verbose_name='dirección en el portal')),
                ('name', models.CharField(max_length=200, verbose_name='nombre')),
                ('short_name', models.CharField(max_length=40, verbose_name='nombre corto o sigla')),
                ('jurisdiction', models.CharField(choices=[('CL', 'Chile'), ('PE', 'Perú'), ('ES', 'España')], max_length=2, verbose_name='país')),
                ('time_zone', models.CharField(max_length=40, verbose_name='zona horaria')),
                ('place', models.CharField(max_length=60, verbose_name='lugar para el calendario')),
                ('office_closes_at', models.TimeField(blank=True, null=True, verbose_name='cierre de la oficina')),
                ('official_code', models.CharField(blank=True, max_length=40, verbose_name='código oficial')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='correo de contacto')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='teléfono')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='dirección')),
                ('brand_colour', models.CharField(default='#0b4f6c', max_length=7, verbose_name='color')),
                ('is_demo', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('config_version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('practice_of', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practice_bodies', to='organizations.institution')),
            ],
            options={
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('practice_of'), condition=models.Q(('is_active', True), ('practice_of__isnull', False)), name='organizations_one_practice_body'), models.CheckConstraint(condition=models.Q(('practice_of', models.F('id')), _negated=True), name='organizations_practice_of_another')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='organizations.institution')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organizations.unit', verbose_name='depende de')),
                ('code', models.SlugField(max_length=40, verbose_name='código')),
                ('name', models.CharField(max_length=150, verbose_name='nombre')),
                ('sort_key', models.CharField(editable=False, max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='correo')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='lugar para el calendario')),
                ('is_active', models.BooleanField(default=True, verbose_name='activa')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit', verbose_name='la reemplaza')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versión')),
            ],
            options={
                'ordering': ('sort_key', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('code'), name='organizations_unit_code'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='organizations_unit_not_own_parent'), models.CheckConstraint(condition=models.Q(('successor', models.F('id')), _negated=True), name='organizations_unit_not_own_successor')],
            },
        ),
        migrations.CreateModel(
            name='TextVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('privacy', 'Aviso de privacidad'), ('accessibility', 'Declaración de accesibilidad')], max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('sections', models.JSONField()),
                ('saved_at', models.DateTimeField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-number',),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('subject'), models.F('number'), name='organizations_text_version_number')],
            },
        ),
        migrations.CreateModel(
            name='PracticeRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'En cola'), ('running', 'En curso'), ('done', 'Terminado'), ('failed', 'Interrumpido'), ('stopped', 'Detenido')], default='waiting', max_length=10)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('trouble', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('practice', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practice_run', to='organizations.institution')),
                ('ended_at', models.DateTimeField(null=True)),
                ('begun_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=100)),
                ('leased_until', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(models.F('institution'), condition=models.Q(('state__in', ['waiting', 'running'])), name='organizations_one_practice_run')],
            },
        ),
        migrations.CreateModel(
            name='ProcessingActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='actividad')),
                ('purpose', models.TextField(max_length=2000, verbose_name='fines')),
                ('basis', models.TextField(max_length=2000, verbose_name='base legal')),
                ('subjects', models.TextField(max_length=2000, verbose_name='de quiénes son los datos')),
                ('data', models.TextField(max_length=2000, verbose_name='qué datos')),
                ('recipients', models.TextField(max_length=2000, verbose_name='a quiénes se comunican')),
                ('transfers', models.TextField(blank=True, max_length=2000, verbose_name='transferencias a otros países')),
                ('retention', models.TextField(max_length=2000, verbose_name='cuándo se borran')),
                ('security', models.TextField(max_length=2000, verbose_name='medidas de seguridad')),
                ('responsible', models.CharField(max_length=200, verbose_name='quién responde de ella')),
                ('is_active', models.BooleanField(default=True, verbose_name='se hace hoy')),
                ('version', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('name'), name='organizations_processing_activity_name')],
            },
        ),
        migrations.CreateModel(
            name='StaffSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('tables', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('waiting', 'en cola'), ('running', 'cargando'), ('done', 'cargada'), ('failed', 'interrumpida'), ('stopped', 'detenida'), ('ready', 'por confirmar')], default='ready', max_length=10)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('outcome', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
                ('ended_at', models.DateTimeField(null=True)),
                ('begun_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=100)),
                ('leased_until', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(models.F('institution'), models.F('id'), name='organizations_sheet_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ('done', 'failed', 'stopped'))), models.Q(models.Q(('state__in', ('done', 'failed', 'stopped')), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='organizations_sheet_finished')],
            },
        ),
        migrations.CreateModel(
            name='StartMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('marked_at', models.DateTimeField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('marked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('institution', 'code'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('code'), name='organizations_start_mark')],
            },
        ),
        migrations.CreateModel(
            name='TextPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_day', models.DateField()),
                ('drawn', models.JSONField(default=list)),
                ('published_at', models.DateTimeField()),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='organizations.textversion')),
            ],
            options={
                'ordering': ('from_day', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organizations.institution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organizations.unit')),
                ('role', models.CharField(choices=[('front_desk', 'front_desk'), ('unit_officer', 'unit_officer'), ('head_of_unit', 'head_of_unit'), ('quality_manager', 'quality_manager'), ('authority', 'authority'), ('committee_member', 'committee_member'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='rol')),
                ('until', models.DateField(blank=True, null=True, verbose_name='hasta')),
            ],
            options={
                'ordering': ('institution', 'user', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('institution'), models.F('unit'), models.F('role'), name='organizations_membership_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=150)),
                ('role', models.CharField(choices=[('front_desk', 'front_desk'), ('unit_officer', 'unit_officer'), ('head_of_unit', 'head_of_unit'), ('quality_manager', 'quality_manager'), ('authority', 'authority'), ('committee_member', 'committee_member'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.unit')),
                ('until', models.DateField(null=True)),
            ],
            options={
                'ordering': ('institution', 'name', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('email'), models.F('role'), models.F('unit'), condition=models.Q(('accepted_at', None)), name='organizations_invited_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='UnitVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('based_on', models.PositiveIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='organizations.unit')),
            ],
            options={
                'ordering': ('unit', '-number'),
                'constraints': [models.UniqueConstraint(models.F('unit'), models.F('number'), name='organizations_unit_version')],
            },
        ),
        migrations.RunSQL(M0005.GUARD, M0005.UNGUARD),
        migrations.RunSQL(M0011.GUARD, M0011.UNGUARD),
    ]
