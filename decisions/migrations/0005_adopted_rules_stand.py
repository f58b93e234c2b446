"""The first version of the rules of procedure; one that was adopted never changes again, and none is deleted."""

from datetime import date

from django.db import migrations
from django.utils import timezone

REFUSE = """
CREATE FUNCTION reseau_adopted_rules_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % of the rules of procedure was adopted', OLD.number USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER decisions_adopted_rules_stand BEFORE UPDATE OR DELETE ON decisions_rulesofprocedure
    FOR EACH ROW WHEN (OLD.state = 'adopted') EXECUTE FUNCTION reseau_adopted_rules_stand();
"""
ALLOW = """
DROP TRIGGER decisions_adopted_rules_stand ON decisions_rulesofprocedure;
DROP FUNCTION reseau_adopted_rules_stand();
"""


def found(apps, schema_editor):
    """As :func:`decisions.procedure.found` does where a table was emptied; the floors above need it in migrations."""
    now = timezone.now()
    apps.get_model("decisions", "RulesOfProcedure").objects.create(
        state="adopted", number=1, starts_on=date(2000, 1, 1), prepared_at=now, adopted_at=now
    )


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_procedure")]

    operations = [
        migrations.RunPython(found, migrations.RunPython.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
