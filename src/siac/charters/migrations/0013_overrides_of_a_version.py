# SPDX-License-Identifier: EUPL-1.2
"""What the authority promises all the same holds for the promise as it was read then."""

import django.db.models.deletion
from django.db import migrations, models


def say_version(apps, schema_editor):
    """Say of each that its promise stands as it was read: nothing tells otherwise."""
    for row in apps.get_model("charters", "GapOverride").objects.select_related("commitment"):
        row.version = row.commitment.version
        row.save(update_fields=["version"])


class Migration(migrations.Migration):

    dependencies = [
        ('charters', '0012_remedies_have_terms'),
    ]

    operations = [
        migrations.AlterField(
            model_name='gapoverride',
            name='commitment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='charters.commitment'),
        ),
        migrations.AddField(
            model_name='gapoverride',
            name='version',
            field=models.PositiveIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.RunPython(say_version, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='gapoverride',
            constraint=models.UniqueConstraint(models.F('commitment'), models.F('version'), name='charters_override_once'),
        ),
    ]
