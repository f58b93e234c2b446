from django.db import migrations, models

# What was agreed is part of the approved minutes: only the follow-up of an action point goes on after them.
FROZEN = """
CREATE FUNCTION meetings_action_point_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.agenda_item_id, OLD.text, OLD.responsible_id, OLD.person_id, OLD.due_on
    ) IS NOT DISTINCT FROM (NEW.agenda_item_id, NEW.text, NEW.responsible_id, NEW.person_id, NEW.due_on) THEN
        RETURN NEW;
    END IF;
    -- OLD is null on INSERT, NEW on DELETE.
    IF EXISTS (
        SELECT 1 FROM meetings_meeting meeting JOIN meetings_agendaitem item ON item.meeting_id = meeting.id
        WHERE item.id IN (OLD.agenda_item_id, NEW.agenda_item_id) AND meeting.state IN ('minutes_approved', 'closed')
    ) THEN
        RAISE EXCEPTION 'the minutes are approved: % on % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER meetings_actionpoint_frozen BEFORE INSERT OR UPDATE OR DELETE ON meetings_actionpoint
    FOR EACH ROW EXECUTE FUNCTION meetings_action_point_frozen();
"""
WRITABLE = """
DROP TRIGGER meetings_actionpoint_frozen ON meetings_actionpoint;
DROP FUNCTION meetings_action_point_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField(model_name="actionpoint", name="version", field=models.PositiveIntegerField(default=1)),
        migrations.RunSQL(FROZEN, WRITABLE),
    ]
