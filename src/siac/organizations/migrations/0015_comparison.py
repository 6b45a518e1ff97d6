from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0014_traits'),
    ]

    operations = [
        migrations.AddField(
            model_name='institution',
            name='is_compared',
            field=models.BooleanField(db_default=False, default=False, verbose_name='se compara en público con otros organismos'),
        ),
    ]
