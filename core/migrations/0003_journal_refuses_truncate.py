"""TRUNCATE passes row triggers by: the append-only tables refuse it too, unless a session says it empties a test."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION reseau_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('reseau.may_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION '% is append-only: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER core_journalevent_never_emptied BEFORE TRUNCATE ON core_journalevent
    FOR EACH STATEMENT EXECUTE FUNCTION reseau_never_emptied();
"""
ALLOW = """
DROP TRIGGER core_journalevent_never_emptied ON core_journalevent;
DROP FUNCTION reseau_never_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_claims_are_counted")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
