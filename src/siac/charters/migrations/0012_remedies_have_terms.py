# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


# What waits gets the clock it would have got, on the calendar that its request's clocks are pinned to, with the day
# that people were told.
_CLOCKS = """
INSERT INTO clocks_clock (institution_id, subject_type, subject_id, kind, source, label, rule_id, rule_version,
  place, time_zone, decreed, calendar_version, amount, unit, event_on, start_reason, day0, started_at, due_on,
  due_at, pauses, extension_reason, state, days_late)
SELECT w.institution_id, w.subject, w.id, w.subject, '', left(w.label, 200), '', 0,
  c.place, c.time_zone, true, c.calendar_version, w.days, 'bd', (w.since AT TIME ZONE c.time_zone)::date, '',
  (w.since AT TIME ZONE c.time_zone)::date, w.since, w.due_on,
  (w.due_on + 1)::timestamp AT TIME ZONE c.time_zone, '[]', '', 'running', 0
FROM (
  SELECT r.institution_id, 'remedy' AS subject, r.id, 'Medida: ' || r.text AS label, m.remedy_days AS days,
    b.found_at AS since, r.due_on, b.case_id
  FROM charters_remedy r JOIN charters_breach b ON b.id = r.breach_id
  JOIN charters_commitment m ON m.id = b.commitment_id WHERE r.state = 'owed'
  UNION ALL
  SELECT k.institution_id, 'claim', k.id, 'Medida pedida: ' || m.text, 10, k.filed_at, k.due_on, k.case_id
  FROM charters_claim k JOIN charters_commitment m ON m.id = k.commitment_id WHERE k.state = 'filed'
) AS w
CROSS JOIN LATERAL (
  SELECT place, time_zone, calendar_version FROM clocks_clock
  WHERE subject_type = 'case' AND subject_id = w.case_id ORDER BY id LIMIT 1
) AS c
"""
_DECIDED = """
UPDATE charters_remedy SET decided_at = settled_at, decided_by_id = settled_by_id,
  state = CASE state WHEN 'waived' THEN 'refused' ELSE state END
WHERE state IN ('waived', 'delivered')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('charters', '0011_participation'),
        ('clocks', '0009_how_promises_ended'),
        ('organizations', '0014_traits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='breach',
            options={'base_manager_name': 'ever', 'ordering': ('-pk',)},
        ),
        migrations.AlterModelManagers(
            name='breach',
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('ever', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='remedy',
            name='charters_remedy_settled_with_proof',
        ),
        migrations.RemoveIndex(
            model_name='remedy',
            name='charters_remedies_owed',
        ),
        migrations.AddField(
            model_name='breach',
            name='taken_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='remedy',
            name='decided_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='remedy',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remedy',
            name='letter',
            field=models.TextField(blank=True, max_length=5000),
        ),
        migrations.AddField(
            model_name='remedy',
            name='notice_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='remedyfact',
            name='decided_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='remedyfact',
            name='decision_days',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='remedyfact',
            name='is_refused',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='remedy',
            name='state',
            field=models.CharField(choices=[('owed', 'Por decidir'), ('decided', 'Por entregar'), ('delivered', 'Entregada'), ('refused', 'No procede'), ('undone', 'Sin efecto')], default='owed', max_length=10),
        ),
        migrations.RunSQL(_DECIDED, migrations.RunSQL.noop),
        migrations.RunSQL(_CLOCKS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(models.F('institution'), models.F('due_on'), models.F('id'), condition=models.Q(('state__in', ['owed', 'decided'])), name='charters_remedies_waiting'),
        ),
        migrations.AddIndex(
            model_name='remedyfact',
            index=models.Index(models.F('institution'), models.F('decided_on'), name='charters_remedies_decided'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state__in', ['owed', 'decided'])), models.Q(models.Q(('state__in', ['owed', 'decided']), _negated=True), ('settled_at__isnull', False), models.Q(('proof', ''), _negated=True)), _connector='OR'), name='charters_remedy_settled_with_proof'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='charters_remedy_decided_when'),
        ),
    ]
