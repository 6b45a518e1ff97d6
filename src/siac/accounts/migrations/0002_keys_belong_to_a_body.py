# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# A key of somebody who works in one body belongs to it. One that opened several is revoked: nobody can say whose it was.
FILL = """
UPDATE accounts_apitoken AS t SET institution_id = one.body
FROM (SELECT user_id, min(institution_id) AS body FROM organizations_membership
      GROUP BY user_id HAVING count(DISTINCT institution_id) = 1) AS one
WHERE one.user_id = t.user_id;
UPDATE accounts_apitoken SET revoked_at = now() WHERE institution_id IS NULL AND revoked_at IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    """The key of a program opens one body only."""

    dependencies = [("accounts", "0001_initial"), ("organizations", "0001_initial")]

    operations = [
        migrations.AddField(
            "apitoken",
            "institution",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.institution",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "apitoken",
            models.CheckConstraint(
                condition=Q(("institution__isnull", False), ("revoked_at__isnull", False), _connector="OR"),
                name="accounts_token_of_a_body",
            ),
        ),
    ]
