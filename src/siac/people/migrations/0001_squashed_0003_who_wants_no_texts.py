# SPDX-License-Identifier: EUPL-1.2
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('people', '0001_initial'), ('people', '0002_terms_version'), ('people', '0003_who_wants_no_texts')]

    initial = True

    dependencies = [
        ('organizations', '0001_squashed_0011_units_in_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('kind', models.CharField(choices=[('natural', 'natural'), ('legal', 'legal')], max_length=10)),
                ('is_internal', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(null=True)),
                ('texts_refused_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['natural', 'legal'])), name='people_person_kind')],
            },
        ),
        migrations.CreateModel(
            name='Characteristics',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='characteristics', serialize=False, to='people.person')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('age_band', models.CharField(blank=True, choices=[('under_14', 'Menos de 14'), ('14_17', '14 a 17'), ('18_29', '18 a 29'), ('30_44', '30 a 44'), ('45_59', '45 a 59'), ('60_74', '60 a 74'), ('75_more', '75 o más')], max_length=10, verbose_name='edad')),
                ('sex', models.CharField(blank=True, choices=[('female', 'Mujer'), ('male', 'Hombre'), ('other', 'Otro')], max_length=10, verbose_name='sexo')),
                ('commune', models.CharField(blank=True, max_length=20, verbose_name='comuna, distrito o municipio')),
                ('nationality_group', models.CharField(blank=True, choices=[('national', 'Del país'), ('foreign', 'De otro país')], max_length=10, verbose_name='nacionalidad')),
                ('disability', models.CharField(blank=True, choices=[('yes', 'Sí'), ('no', 'No')], max_length=3, verbose_name='discapacidad')),
                ('indigenous_people', models.CharField(blank=True, max_length=40, verbose_name='pueblo originario')),
            ],
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='identity', serialize=False, to='people.person')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('sealed', models.BinaryField()),
                ('tokens', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('terms_version', models.PositiveSmallIntegerField(db_default=1, default=1)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['tokens'], name='people_identity_tokens'), models.Index(models.F('terms_version'), models.F('person'), name='people_identity_terms')],
            },
        ),
    ]
