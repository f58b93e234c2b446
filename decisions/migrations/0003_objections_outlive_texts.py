"""An objection stands until its entity says otherwise: another version of the text does not answer it (ADR 10)."""

from django.db import migrations

FUNCTION = """
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
ON_LAST_TEXT = "AND text_number = (SELECT max(number) FROM decisions_decisiontext WHERE decision_id = NEW.id)"


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_nothing_passes_an_objection")]

    operations = [migrations.RunSQL(FUNCTION % "", FUNCTION % ON_LAST_TEXT)]
