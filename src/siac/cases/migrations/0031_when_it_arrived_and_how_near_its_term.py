# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """Facts tell the hour of arrival and how far from its term a request was answered; a job fills them."""

    dependencies = [("cases", "0030_first_contact_of_earlier_registers")]
    operations = [
        migrations.AddField("casefact", "term_margin", models.IntegerField(null=True)),
        migrations.AddField("casefact", "arrived", models.SmallIntegerField(null=True)),
    ]
