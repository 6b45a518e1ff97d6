from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('charters', '0013_overrides_of_a_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='charter',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='periodresult',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
