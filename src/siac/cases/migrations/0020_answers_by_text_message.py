# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0019_imports_are_long_works'),
    ]

    operations = [
        migrations.AlterField(
            model_name='answerdraft',
            name='channel',
            field=models.CharField(blank=True, choices=[('email', 'Correo electrónico'), ('sms', 'Mensaje de texto (le dice dónde leerla)'), ('letter', 'Carta (se imprime y se anota el comprobante del envío)'), ('pickup', 'La retira en una oficina'), ('phone', 'Teléfono')], max_length=6),
        ),
    ]
