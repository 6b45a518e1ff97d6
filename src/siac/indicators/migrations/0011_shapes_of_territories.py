# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The shapes that a body brings of its territories."""

    dependencies = [
        ('indicators', '0010_stale_results'),
        ('organizations', '0014_traits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TerritoryShapes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=200, verbose_name='fuente')),
                ('property', models.CharField(max_length=200, verbose_name='propiedad')),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('areas', models.JSONField(default=dict)),
                ('unknown', models.JSONField(default=list)),
                ('broken', models.JSONField(default=list)),
                ('loaded_at', models.DateTimeField()),
                ('institution', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organizations.institution')),
                ('loaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
