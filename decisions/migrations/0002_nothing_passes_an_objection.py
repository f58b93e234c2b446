"""The database refuses what contradicts clause M-61: a consensus over an objection, a new text under a call."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION reseau_no_consensus_over_objection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT DISTINCT ON (entity_id) stance FROM decisions_position
            WHERE decision_id = NEW.id
              AND text_number = (SELECT max(number) FROM decisions_decisiontext WHERE decision_id = NEW.id)
            ORDER BY entity_id, id DESC
        ) AS last_words WHERE stance = 'objects'
    ) THEN
        RAISE EXCEPTION 'an objection stands on decision %', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_no_consensus_over_objection BEFORE UPDATE OF state ON decisions_decision
    FOR EACH ROW WHEN (NEW.noted_at IS NOT NULL AND OLD.noted_at IS NULL)
    EXECUTE FUNCTION reseau_no_consensus_over_objection();
CREATE TRIGGER decisions_position_never_emptied BEFORE TRUNCATE ON decisions_position
    FOR EACH STATEMENT EXECUTE FUNCTION reseau_never_emptied();
CREATE FUNCTION reseau_text_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM decisions_decision WHERE id = NEW.decision_id) NOT IN ('draft', 'consultation') THEN
        RAISE EXCEPTION 'the text of decision % is frozen', NEW.decision_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_text_is_open BEFORE INSERT ON decisions_decisiontext
    FOR EACH ROW EXECUTE FUNCTION reseau_text_is_open();
"""
ALLOW = """
DROP TRIGGER decisions_position_never_emptied ON decisions_position;
DROP TRIGGER decisions_text_is_open ON decisions_decisiontext;
DROP FUNCTION reseau_text_is_open();
DROP TRIGGER decisions_no_consensus_over_objection ON decisions_decision;
DROP FUNCTION reseau_no_consensus_over_objection();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_journal_refuses_truncate"), ("decisions", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
