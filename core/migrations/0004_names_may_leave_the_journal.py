"""The journal keeps the act, not for ever the name: one setting, made for one transaction, lets words be replaced."""

from django.db import migrations

KEEP_ACTS = """
CREATE FUNCTION reseau_journal_keeps_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND coalesce(current_setting('reseau.may_anonymise', true), '') = 'on'
        AND (NEW.id, NEW.at, NEW.actor_id, NEW.verb, NEW.object_type, NEW.object_id, NEW.request_id)
            IS NOT DISTINCT FROM
            (OLD.id, OLD.at, OLD.actor_id, OLD.verb, OLD.object_type, OLD.object_id, OLD.request_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER core_journalevent_append_only ON core_journalevent;
CREATE TRIGGER core_journalevent_append_only BEFORE UPDATE OR DELETE ON core_journalevent
    FOR EACH ROW EXECUTE FUNCTION reseau_journal_keeps_acts();
"""
KEEP_EVERYTHING = """
DROP TRIGGER core_journalevent_append_only ON core_journalevent;
CREATE TRIGGER core_journalevent_append_only BEFORE UPDATE OR DELETE ON core_journalevent
    FOR EACH ROW EXECUTE FUNCTION reseau_append_only();
DROP FUNCTION reseau_journal_keeps_acts();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_journal_refuses_truncate")]

    operations = [migrations.RunSQL(KEEP_ACTS, KEEP_EVERYTHING)]
