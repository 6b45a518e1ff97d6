# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations

TABLES = ("journal_journalentry", "journal_checkpoint", "journal_sealedhead")
FORWARD = (
    """
CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The journal only grows: % on % is forbidden', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
    + "".join(
        f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION journal_append_only();\n"
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only();\n"
        for table in TABLES
    )
)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_truncate ON {table};\n" for table in TABLES
    )
    + "DROP FUNCTION journal_append_only();"
)


class Migration(migrations.Migration):
    """Entries and checkpoints are never changed, deleted or truncated."""

    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
