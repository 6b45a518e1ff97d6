# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('charters', '0001_initial'), ('charters', '0002_editions_say_who_saved_them')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed_0022_indexes_of_lists'),
        ('indicators', '0001_initial'),
        ('organizations', '0001_squashed_0011_units_in_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charters', to='organizations.institution')),
                ('code', models.SlugField(max_length=40, verbose_name='código')),
                ('title', models.CharField(max_length=150, verbose_name='título')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit', verbose_name='unidad responsable')),
            ],
            options={
                'ordering': ('title', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('code'), name='charters_charter_code')],
            },
        ),
        migrations.CreateModel(
            name='CharterEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('charter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='charters.charter')),
                ('number', models.PositiveSmallIntegerField(verbose_name='edición')),
                ('valid_from', models.DateField(verbose_name='vigente desde')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='vigente hasta')),
                ('approved_by', models.CharField(blank=True, max_length=150, verbose_name='acto que la aprueba')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('saved_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('charter', '-number'),
                'constraints': [models.UniqueConstraint(models.F('charter'), models.F('number'), name='charters_edition_number'), models.UniqueConstraint(models.F('charter'), condition=models.Q(('valid_to', None)), name='charters_one_open_edition')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='charters.charteredition')),
                ('code', models.SlugField(max_length=40, verbose_name='código')),
                ('text', models.CharField(max_length=300, verbose_name='compromiso')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.casekind', verbose_name='tipo de solicitud')),
                ('days', models.PositiveSmallIntegerField(verbose_name='días hábiles')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='indicators.indicator', verbose_name='indicador')),
                ('remedy', models.CharField(max_length=300, verbose_name='medida de subsanación')),
                ('remedy_days', models.PositiveSmallIntegerField(default=10, verbose_name='días hábiles para entregarla')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='orden')),
            ],
            options={
                'ordering': ('edition', 'position', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('edition'), models.F('code'), name='charters_commitment_code')],
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='charters.commitment')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('clock_id', models.BigIntegerField()),
                ('due_on', models.DateField()),
                ('found_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-pk',),
                'indexes': [models.Index(models.F('institution'), models.F('commitment'), models.OrderBy(models.F('id'), descending=True), name='charters_breach_newest')],
                'constraints': [models.UniqueConstraint(models.F('clock_id'), name='charters_breach_once'), models.UniqueConstraint(models.F('case'), models.F('commitment'), name='charters_promise_broken_once')],
            },
        ),
        migrations.CreateModel(
            name='Remedy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('breach', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='remedy', to='charters.breach')),
                ('text', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('owed', 'Pendiente'), ('delivered', 'Entregada'), ('waived', 'Sin efecto')], default='owed', max_length=10)),
                ('due_on', models.DateField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proof', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ('due_on', 'pk'),
                'indexes': [models.Index(models.F('institution'), models.F('due_on'), models.F('id'), condition=models.Q(('state', 'owed')), name='charters_remedies_owed')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'owed')), models.Q(models.Q(('state', 'owed'), _negated=True), ('settled_at__isnull', False), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='charters_remedy_settled_with_proof')],
            },
        ),
    ]
