# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the book are those that `cases` made: nothing is done to them."""

    initial = True

    dependencies = [
        ('cases', '0024_the_book_has_its_own_context'),
        ('organizations', '0011_units_in_versions'),
        ('servicepoints', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.CreateModel(
                name='BookCounter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first', models.PositiveIntegerField()),
                    ('last', models.PositiveIntegerField()),
                    ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                    ('service_point', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicepoints.servicepoint')),
                ],
                options={
                    'db_table': 'cases_bookcounter',
                },
            ),
            migrations.CreateModel(
                name='BookSheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('written_at', models.DateTimeField()),
                    ('event_on', models.DateField(null=True)),
                    ('event_time', models.TimeField(null=True)),
                    ('reply', models.CharField(blank=True, choices=[('email', 'Correo electrónico'), ('phone', 'Teléfono'), ('letter', 'Dirección postal'), ('in_person', 'La recoge en la oficina')], max_length=10)),
                    ('copy_given', models.BooleanField(default=False)),
                    ('void_reason', models.CharField(blank=True, max_length=300)),
                    ('registered_at', models.DateTimeField()),
                    ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='book_sheet', to='cases.case')),
                    ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                    ('registered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('service_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='servicepoints.servicepoint')),
                ],
                options={
                    'db_table': 'cases_booksheet',
                    'ordering': ('-pk',),
                    'indexes': [models.Index(models.F('institution'), models.OrderBy(models.F('id'), descending=True), name='cases_sheet_newest')],
                    'constraints': [models.UniqueConstraint(models.F('institution'), models.F('service_point'), models.F('number'), name='cases_sheet_number'), models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('event_on__isnull', False), ('void_reason', '')), models.Q(('case__isnull', True), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='cases_sheet_case_or_void')],
                },
            ),
        ]),
    ]
