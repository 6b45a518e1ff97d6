# SPDX-License-Identifier: EUPL-1.2
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('mailbox', '0001_initial'), ('mailbox', '0002_relaying_senders'), ('mailbox', '0003_probe_results'), ('mailbox', '0004_checked_senders')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed_0022_indexes_of_lists'),
        ('organizations', '0001_squashed_0011_units_in_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('name', models.CharField(max_length=80, verbose_name='nombre')),
                ('address', models.EmailField(max_length=254, verbose_name='dirección de correo')),
                ('host', models.CharField(max_length=200, verbose_name='servidor IMAP')),
                ('port', models.PositiveIntegerField(default=993, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(65535)], verbose_name='puerto')),
                ('security', models.CharField(choices=[('tls', 'TLS desde el inicio (puerto 993)'), ('starttls', 'STARTTLS (puerto 143)'), ('none', 'Sin cifrar, solo un servidor en esta misma máquina')], default='tls', max_length=8, verbose_name='conexión')),
                ('username', models.CharField(max_length=200, verbose_name='usuario')),
                ('password', models.BinaryField()),
                ('folder', models.CharField(default='INBOX', max_length=200, verbose_name='carpeta')),
                ('done_folder', models.CharField(blank=True, max_length=200, verbose_name='carpeta para lo ya recibido')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.casekind', verbose_name='tipo de solicitud')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.unit', verbose_name='unidad que la recibe')),
                ('since', models.DateField(verbose_name='recibir los correos llegados desde')),
                ('is_active', models.BooleanField(default=True, verbose_name='activa')),
                ('uid_validity', models.BigIntegerField(null=True)),
                ('last_uid', models.BigIntegerField(default=0)),
                ('last_success_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=40)),
                ('last_error_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('next_fetch_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('relaying_senders', models.TextField(blank=True, max_length=2000, verbose_name='formularios que escriben por las personas')),
                ('probe_asked_at', models.DateTimeField(null=True)),
                ('probe_messages', models.PositiveBigIntegerField(null=True)),
                ('probe_trouble', models.CharField(blank=True, max_length=40)),
                ('probed_at', models.DateTimeField(null=True)),
                ('checking_server', models.CharField(blank=True, max_length=200, verbose_name='servidor que comprueba quién escribe')),
            ],
            options={
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('host'), models.F('username'), models.F('folder'), name='mailbox_once'), models.CheckConstraint(condition=models.Q(('port__gte', 1), ('port__lte', 65535)), name='mailbox_port_in_range')],
            },
        ),
        migrations.CreateModel(
            name='IncomingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('mailbox', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='mailbox.mailbox')),
                ('message_key', models.CharField(max_length=290)),
                ('message_id', models.CharField(blank=True, max_length=250)),
                ('content_digest', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64)),
                ('sender', models.BinaryField(default=bytes)),
                ('sender_token', models.BinaryField(default=bytes, max_length=16)),
                ('subject', models.CharField(blank=True, max_length=250)),
                ('received_at', models.DateTimeField()),
                ('fetched_at', models.DateTimeField()),
                ('size', models.BigIntegerField()),
                ('is_cut', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('new', 'Por procesar'), ('filed', 'Ingresado como solicitud'), ('added', 'Agregado a una solicitud'), ('review', 'Por revisar'), ('spam', 'No deseado'), ('loop', 'Automático'), ('left', 'Dejado sin ingresar')], default='new', max_length=6)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('notice_id', models.BigIntegerField(null=True)),
                ('left_out', models.JSONField(default=list)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(models.F('institution'), models.F('state'), models.OrderBy(models.F('id'), descending=True), name='mailbox_mail_state'), models.Index(models.F('institution'), models.OrderBy(models.F('id'), descending=True), name='mailbox_mail_newest'), models.Index(models.F('institution'), models.F('sender_token'), models.F('received_at'), name='mailbox_mail_sender'), models.Index(models.F('institution'), models.F('message_id'), condition=models.Q(('message_id', ''), _negated=True), name='mailbox_mail_id'), models.Index(models.F('case'), models.F('received_at'), condition=models.Q(('case__isnull', False)), name='mailbox_mail_case'), models.Index(models.F('id'), condition=models.Q(('state', 'new')), name='mailbox_mail_new'), models.Index(models.F('settled_at'), condition=models.Q(('erased_at__isnull', True)), name='mailbox_mail_age')],
                'constraints': [models.UniqueConstraint(models.F('mailbox'), models.F('message_key'), name='mailbox_mail_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('filed', 'added')), _negated=True), ('case__isnull', False), _connector='OR'), name='mailbox_mail_has_case')],
            },
        ),
        migrations.CreateModel(
            name='BlockedSender',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
                ('token', models.BinaryField(max_length=16)),
                ('address', models.BinaryField()),
                ('blocked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('blocked_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(models.F('institution'), models.F('token'), name='mailbox_blocked_once')],
            },
        ),
    ]
