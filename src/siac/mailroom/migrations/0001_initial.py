# SPDX-License-Identifier: EUPL-1.2
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of papers are those that `cases` made: nothing is done to them."""

    initial = True

    dependencies = [
        ('cases', '0023_papers_have_their_own_context'),
        ('organizations', '0011_units_in_versions'),
        ('people', '0003_who_wants_no_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.CreateModel(
                name='IncomingPaper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField()),
                    ('number', models.PositiveIntegerField()),
                    ('received_at', models.DateTimeField(verbose_name='recibido')),
                    ('registered_at', models.DateTimeField()),
                    ('type', models.CharField(choices=[('letter', 'Carta'), ('form', 'Formulario o solicitud'), ('official', 'Oficio de otro organismo'), ('ruling', 'Notificación o resolución'), ('invoice', 'Factura o boleta'), ('parcel', 'Encomienda o sobre cerrado'), ('other', 'Otro')], max_length=10, verbose_name='tipo de documento')),
                    ('reference', models.CharField(blank=True, max_length=60, verbose_name='número propio')),
                    ('dated_on', models.DateField(null=True, verbose_name='fecha del documento')),
                    ('pages', models.PositiveSmallIntegerField(null=True, verbose_name='hojas')),
                    ('annexes', models.CharField(blank=True, max_length=200, verbose_name='anexos')),
                    ('summary', models.CharField(max_length=500, verbose_name='materia')),
                    ('state', models.CharField(choices=[('registered', 'Registrado'), ('sent', 'Enviado a la unidad'), ('filed', 'Ingresado como solicitud'), ('returned', 'Devuelto')], default='registered', max_length=10)),
                    ('reason', models.CharField(blank=True, max_length=300)),
                    ('unfiled', models.CharField(blank=True, max_length=40)),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('idempotency_key', models.CharField(max_length=64, null=True)),
                    ('idempotency_print', models.BinaryField(max_length=32, null=True)),
                    ('search', django.contrib.postgres.search.SearchVectorField(null=True)),
                    ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='cases.case')),
                    ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                    ('registered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sender', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                    ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit')),
                ],
                options={
                    'db_table': 'cases_incomingpaper',
                    'indexes': [models.Index(models.F('institution'), models.OrderBy(models.F('id'), descending=True), name='cases_paper_newest'), models.Index(models.F('institution'), models.F('state'), models.OrderBy(models.F('id'), descending=True), name='cases_paper_state'), models.Index(models.F('institution'), models.F('unit'), models.OrderBy(models.F('id'), descending=True), name='cases_paper_unit'), models.Index(models.F('institution'), models.F('sender'), condition=models.Q(('sender__isnull', False)), name='cases_paper_sender'), django.contrib.postgres.indexes.GinIndex(models.F('search'), fastupdate=False, name='cases_paper_search')],
                    'constraints': [models.UniqueConstraint(models.F('institution'), models.F('year'), models.F('number'), name='cases_paper_number'), models.UniqueConstraint(models.F('institution'), models.F('idempotency_key'), condition=models.Q(('idempotency_key__isnull', False)), name='cases_paper_idempotency'), models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('state', 'filed')), models.Q(models.Q(('state', 'filed'), _negated=True), ('case__isnull', True)), _connector='OR'), name='cases_paper_filed_has_case'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='cases_paper_returned_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('unit__isnull', False), _connector='OR'), name='cases_paper_sent_somewhere')],
                },
            ),
            migrations.CreateModel(
                name='PaperCounter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField()),
                    ('last', models.PositiveIntegerField(default=0)),
                    ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ],
                options={
                    'db_table': 'cases_papercounter',
                    'constraints': [models.UniqueConstraint(models.F('institution'), models.F('year'), name='cases_paper_counter')],
                },
            ),
        ]),
    ]
