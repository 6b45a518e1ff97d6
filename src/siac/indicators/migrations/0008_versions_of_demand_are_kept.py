# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations

FORWARD = """
CREATE TRIGGER indicators_demandbasisversion_guard BEFORE UPDATE OR DELETE ON indicators_demandbasisversion
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
"""
BACK = "DROP TRIGGER indicators_demandbasisversion_guard ON indicators_demandbasisversion;"


class Migration(migrations.Migration):
    """What versions of the demand of earlier years say is never rewritten."""

    dependencies = [("indicators", "0007_demand_plans")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
