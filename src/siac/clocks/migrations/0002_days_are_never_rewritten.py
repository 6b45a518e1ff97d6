# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations

FORWARD = """
CREATE FUNCTION clocks_layerday_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'days of a calendar are revoked, never deleted' USING ERRCODE = 'P0001';
  END IF;
  IF (NEW.layer_id, NEW.date, NEW.kind, NEW.version_from, NEW.added_at)
     IS DISTINCT FROM (OLD.layer_id, OLD.date, OLD.kind, OLD.version_from, OLD.added_at)
     OR OLD.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'days of a calendar are revoked, never rewritten' USING ERRCODE = 'P0001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER clocks_layerday_guard BEFORE UPDATE OR DELETE ON clocks_layerday
  FOR EACH ROW EXECUTE FUNCTION clocks_layerday_guard();
"""
BACKWARD = """
DROP TRIGGER clocks_layerday_guard ON clocks_layerday;
DROP FUNCTION clocks_layerday_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
