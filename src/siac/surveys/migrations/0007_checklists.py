# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARDED = ("surveys_protocolversion", "surveys_visitrevision")
GUARDS = "".join(
    f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();"
    for table in GUARDED
)
UNGUARDS = "".join(f"DROP TRIGGER {table}_guard ON {table};" for table in GUARDED)


class Migration(migrations.Migration):
    """Protocols in versions, visits and what they found."""

    dependencies = [
        ('findings', '0001_initial'),
        ('organizations', '0014_traits'),
        ('servicepoints', '0001_initial'),
        ('surveys', '0006_loading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(null=True)),
                ('kind', models.CharField(choices=[('shopper', 'Cliente incógnito'), ('audit', 'Auditoría interna'), ('own', 'Autoevaluación')], max_length=8)),
                ('channel', models.CharField(choices=[('counter', 'Presencial'), ('phone', 'Teléfono'), ('web', 'Sitio web'), ('mail', 'Correo'), ('papers', 'Documentos y registros')], max_length=8, verbose_name='canal')),
                ('due_on', models.DateField(verbose_name='plazo')),
                ('told', models.CharField(blank=True, max_length=1000, verbose_name='encargo')),
                ('assigned_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('assigned', 'Por hacer'), ('begun', 'Comenzada'), ('done', 'Enviada'), ('withdrawn', 'Retirada')], default='assigned', max_length=9)),
                ('visited_on', models.DateField(null=True, verbose_name='día de la visita')),
                ('begun_time', models.TimeField(null=True, verbose_name='desde')),
                ('ended_time', models.TimeField(null=True, verbose_name='hasta')),
                ('summary', models.CharField(blank=True, max_length=2000, verbose_name='lo principal')),
                ('saves', models.PositiveIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('score', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ('criticals', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveSmallIntegerField(default=0)),
                ('withdrawn_why', models.CharField(blank=True, max_length=200)),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assignee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('point', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicepoints.servicepoint', verbose_name='punto de atención')),
            ],
            options={
                'ordering': ('-assigned_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Protocol',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versión')),
                ('name', models.CharField(max_length=150, verbose_name='nombre')),
                ('kind', models.CharField(choices=[('shopper', 'Cliente incógnito'), ('audit', 'Auditoría interna'), ('own', 'Autoevaluación')], max_length=8, verbose_name='tipo')),
                ('intro', models.CharField(blank=True, max_length=2000, verbose_name='instrucciones')),
                ('items', models.JSONField(verbose_name='qué se mira')),
                ('is_active', models.BooleanField(default=True, verbose_name='en uso')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ProtocolVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('based_on', models.PositiveIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('protocol', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='surveys.protocol')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('protocol', '-number'),
            },
        ),
        migrations.CreateModel(
            name='VisitFact',
            fields=[
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='surveys.visit')),
                ('visited_on', models.DateField()),
                ('unit_id', models.BigIntegerField()),
                ('point_id', models.BigIntegerField(default=0)),
                ('protocol_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=8)),
                ('score', models.SmallIntegerField(null=True)),
                ('is_critical', models.BooleanField()),
            ],
        ),
        migrations.AddField(
            model_name='visit',
            name='protocol',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='surveys.protocol'),
        ),
        migrations.AddField(
            model_name='visit',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit', verbose_name='unidad'),
        ),
        migrations.CreateModel(
            name='VisitMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('mark', models.CharField(blank=True, max_length=3)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('finding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='findings.finding')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('visit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='surveys.visit')),
            ],
            options={
                'ordering': ('visit', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='VisitRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('said', models.JSONField()),
                ('score', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ('criticals', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('visit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='surveys.visit')),
            ],
            options={
                'ordering': ('visit', '-number'),
            },
        ),
        migrations.AddConstraint(
            model_name='protocol',
            constraint=models.UniqueConstraint(models.F('institution'), models.F('name'), name='surveys_protocol_name'),
        ),
        migrations.AddConstraint(
            model_name='protocolversion',
            constraint=models.UniqueConstraint(models.F('protocol'), models.F('number'), name='surveys_protocol_version'),
        ),
        migrations.AddField(
            model_name='visitfact',
            name='institution',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(models.F('institution'), models.OrderBy(models.F('assigned_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='surveys_visit_newest'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(models.F('institution'), models.F('assignee'), models.F('due_on'), condition=models.Q(('state__in', ('assigned', 'begun'))), name='surveys_visit_to_make'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(models.F('institution'), models.F('protocol'), models.F('unit'), models.F('visited_on'), condition=models.Q(('state', 'done')), name='surveys_visit_before'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revision__gte', 1), ('sent_at__isnull', False), ('state', 'done'), ('visited_on__isnull', False)), models.Q(models.Q(('state', 'done'), _negated=True), ('revision', 0), ('sent_at', None)), _connector='OR'), name='surveys_visit_sent'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 0), ('score__lte', 100)), _connector='OR'), name='surveys_visit_score'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_why', ''), _negated=True), _connector='OR'), name='surveys_visit_says_why'),
        ),
        migrations.AddConstraint(
            model_name='visitmark',
            constraint=models.UniqueConstraint(models.F('visit'), models.F('code'), name='surveys_visit_mark'),
        ),
        migrations.AddConstraint(
            model_name='visitrevision',
            constraint=models.UniqueConstraint(models.F('visit'), models.F('number'), name='surveys_visit_revision'),
        ),
        migrations.AddIndex(
            model_name='visitfact',
            index=models.Index(models.F('institution'), models.F('visited_on'), name='surveys_visit_counted'),
        ),
        migrations.RunSQL(GUARDS, UNGUARDS),
    ]
