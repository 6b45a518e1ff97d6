# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All the tables at once, for a database that begins now; an older one takes the steps it replaces."""

    replaces = [('notices', '0001_initial'), ('notices', '0002_practice_bodies_send_nothing'), ('notices', '0003_channels_are_registered'), ('notices', '0004_text_messages')]

    initial = True

    dependencies = [
        ('organizations', '0001_squashed_0011_units_in_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('kind', models.CharField(max_length=60)),
                ('recipient', models.CharField(max_length=60)),
                ('channel', models.CharField(max_length=10)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('context', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('pending', 'pending'), ('sending', 'sending'), ('sent', 'sent'), ('failed', 'failed'), ('uncertain', 'uncertain'), ('cancelled', 'cancelled'), ('shown', 'shown'), ('withheld', 'withheld')], max_length=10)),
                ('message_id', models.CharField(max_length=120, unique=True)),
                ('legal_effect_on', models.DateField(null=True)),
                ('created_at', models.DateTimeField()),
                ('open_since', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('bounced_at', models.DateTimeField(null=True)),
                ('bounce', models.CharField(blank=True, max_length=500)),
                ('erased_at', models.DateTimeField(null=True)),
                ('subject_line', models.CharField(blank=True, max_length=250)),
                ('body', models.TextField(blank=True)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('proof', models.CharField(blank=True, max_length=200)),
                ('cost', models.PositiveIntegerField(null=True)),
                ('currency', models.CharField(blank=True, db_default='', default='', max_length=3)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('given_id', models.CharField(blank=True, db_default='', default='', max_length=100)),
                ('parts', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['institution', '-created_at', '-id'], name='notices_newest'), models.Index(fields=['institution', 'state', '-created_at', '-id'], name='notices_by_state'), models.Index(fields=['institution', 'subject_type', 'subject_id'], name='notices_of_subject'), models.Index(condition=models.Q(('state__in', ['pending', 'sending'])), fields=['due_at'], name='notices_due'), models.Index(condition=models.Q(('channel', 'sms')), fields=['created_at', 'institution'], name='notices_texts')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='notices.notice')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('server_answer', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='ChannelSwitch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10)),
                ('is_on', models.BooleanField()),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('institution', 'channel'), name='notices_one_switch_per_channel')],
            },
        ),
    ]
