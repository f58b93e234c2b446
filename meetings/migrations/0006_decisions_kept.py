"""A decision stays in the minutes of the meeting that it was noted at: a validated plan rests on it (clause M-55)."""

from django.db import migrations

KEEP = """
CREATE FUNCTION meetings_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM meetings_agendaitem item
        JOIN meetings_meeting meeting ON meeting.id = item.meeting_id
        JOIN decisions_decision decision ON decision.id = OLD.decision_id
        WHERE item.id = OLD.agendaitem_id
          AND (decision.noted_at AT TIME ZONE 'Africa/Dakar')::date
              >= (meeting.starts_at AT TIME ZONE 'Africa/Dakar')::date
          -- It may change item: then the other one carries it already.
          AND NOT EXISTS (
              SELECT FROM meetings_agendaitem_decisions kept
              JOIN meetings_agendaitem other ON other.id = kept.agendaitem_id
              WHERE kept.decision_id = OLD.decision_id AND other.meeting_id = meeting.id)
    ) THEN
        RAISE EXCEPTION 'decision % was noted at the meeting that carries it, or since', OLD.decision_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER meetings_agendaitem_decisions_kept AFTER UPDATE OR DELETE ON meetings_agendaitem_decisions
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_decision();
"""
LET_GO = """
DROP TRIGGER meetings_agendaitem_decisions_kept ON meetings_agendaitem_decisions;
DROP FUNCTION meetings_keep_decision();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0002_nothing_passes_an_objection"),
        ("meetings", "0005_stand_in"),
    ]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
