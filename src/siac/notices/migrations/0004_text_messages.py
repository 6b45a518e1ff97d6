# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_channels_are_registered'),
        ('organizations', '0010_sheets_and_practice_bodies_are_long_works'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChannelSwitch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10)),
                ('is_on', models.BooleanField()),
            ],
        ),
        migrations.AddField(
            model_name='notice',
            name='cost',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='currency',
            field=models.CharField(blank=True, db_default='', default='', max_length=3),
        ),
        migrations.AddField(
            model_name='notice',
            name='delivered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='given_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddField(
            model_name='notice',
            name='parts',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('channel', 'sms')), fields=['created_at', 'institution'], name='notices_texts'),
        ),
        migrations.AddField(
            model_name='channelswitch',
            name='institution',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution'),
        ),
        migrations.AddConstraint(
            model_name='channelswitch',
            constraint=models.UniqueConstraint(fields=('institution', 'channel'), name='notices_one_switch_per_channel'),
        ),
    ]
