from django.db import migrations

MADE = """
INSERT INTO surveys_madeperson (institution_id, person_id, until)
SELECT made.institution_id, made.id, max(wave.closes_on)
FROM surveys_wave AS wave
  JOIN people_person AS drawn ON drawn.id = (wave.drawn ->> 0)::bigint
  JOIN people_person AS made
    ON made.institution_id = wave.institution_id AND made.created_at = drawn.created_at
WHERE wave.source LIKE 'Archivo «%%' AND made.erased_at IS NULL
GROUP BY made.institution_id, made.id
"""
"""The people of one list were made at one moment."""
PANEL = "UPDATE surveys_wave SET from_panel = true WHERE source = 'Panel de opinión'"


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0018_made_to_be_asked'),
    ]

    operations = [
        migrations.RunSQL([(MADE, ()), (PANEL, ())], migrations.RunSQL.noop),
    ]
