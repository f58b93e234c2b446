"""A contested position stands in nobody's way; what proves a position never changes, and is answered once."""

from django.db import migrations

CONSENSUS = """
CREATE OR REPLACE FUNCTION reseau_no_consensus_over_objection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (entity_id) stance FROM decisions_position
            WHERE decision_id = NEW.id %s
            ORDER BY entity_id, id DESC
        ) AS last_words WHERE stance = 'objects'
    ) THEN
        RAISE EXCEPTION 'an objection stands on decision %%', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
NOT_CONTESTED = (
    "AND NOT EXISTS (SELECT FROM decisions_onbehalf WHERE position_id = decisions_position.id AND state = 'contested')"
)
REFUSE = """
CREATE FUNCTION reseau_proof_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'awaited'
       OR (OLD.position_id, OLD.said_by, OLD.proof, OLD.proof_name)
          IS DISTINCT FROM (NEW.position_id, NEW.said_by, NEW.proof, NEW.proof_name) THEN
        RAISE EXCEPTION 'what proves a position stands, and is answered once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_proof_stands BEFORE UPDATE OR DELETE ON decisions_onbehalf
    FOR EACH ROW EXECUTE FUNCTION reseau_proof_stands();
"""
ALLOW = """
DROP TRIGGER decisions_proof_stands ON decisions_onbehalf;
DROP FUNCTION reseau_proof_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("decisions", "0008_on_behalf")]

    operations = [
        migrations.RunSQL(CONSENSUS % NOT_CONTESTED, CONSENSUS % ""),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
