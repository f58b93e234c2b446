"""From when to when a decision is in force, what it replaces, and when it is looked at again."""

from django.conf import settings
from django.db import migrations, models

SEALED = (
    "year", "number", "title", "mode", "subject_kind", "subject_id", "proposed_by_id", "procedure_id",
    "call_opened_at", "call_deadline", "noted_at", "noted_by_id", "recorded_at", "seal",
)  # fmt: skip
DATED = ("in_force_from", "in_force_until")


def entry_stands(names):
    """The trigger's function, for these columns."""
    old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("OLD", "NEW"))
    return f"""
CREATE OR REPLACE FUNCTION reseau_sealed_entry_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR ({old}) IS DISTINCT FROM ({new}) THEN
        RAISE EXCEPTION 'an entry of the register is sealed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


LINKS_STAND = """
CREATE FUNCTION reseau_sealed_links_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF (SELECT seal FROM decisions_decision WHERE id = link.from_decision_id) <> '' THEN
        RAISE EXCEPTION 'an entry of the register is sealed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN link;
END $$;
CREATE TRIGGER decisions_sealed_links_stand BEFORE INSERT OR UPDATE OR DELETE ON decisions_decision_supersedes
    FOR EACH ROW EXECUTE FUNCTION reseau_sealed_links_stand();
"""
LINKS_MAY_CHANGE = """
DROP TRIGGER decisions_sealed_links_stand ON decisions_decision_supersedes;
DROP FUNCTION reseau_sealed_links_stand();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0015_maintained_objections"),
        ("members", "0009_membership_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="in_force_from",
            field=models.DateField(blank=True, null=True, verbose_name="in force from"),
        ),
        migrations.AddField(
            model_name="decision",
            name="in_force_until",
            field=models.DateField(blank=True, null=True, verbose_name="in force until"),
        ),
        migrations.AddField(
            model_name="decision",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="to be reviewed on"),
        ),
        migrations.AddField(
            model_name="decision",
            name="supersedes",
            field=models.ManyToManyField(
                blank=True, related_name="superseded_by", to="decisions.decision", verbose_name="replaces"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_force_until__isnull", True),
                    ("in_force_from__isnull", True),
                    ("in_force_until__gte", models.F("in_force_from")),
                    _connector="OR",
                ),
                name="decision_in_force_for_a_while",
            ),
        ),
        migrations.RunSQL(entry_stands(SEALED + DATED), entry_stands(SEALED)),
        migrations.RunSQL(LINKS_STAND, LINKS_MAY_CHANGE),
    ]
