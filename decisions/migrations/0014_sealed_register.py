"""Each entry of the register is sealed with the one before it, and what is sealed no longer changes."""

from django.conf import settings
from django.db import migrations, models

from decisions.register import seal

SEALED = (
    "year", "number", "title", "mode", "subject_kind", "subject_id", "proposed_by_id", "procedure_id",
    "call_opened_at", "call_deadline", "noted_at", "noted_by_id", "recorded_at", "seal",
)  # fmt: skip


def _of(row):
    return ", ".join(f"{row}.{name}" for name in SEALED)


REFUSE = f"""
CREATE FUNCTION reseau_sealed_entry_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR ({_of("OLD")}) IS DISTINCT FROM ({_of("NEW")}) THEN
        RAISE EXCEPTION 'an entry of the register is sealed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_sealed_entry_stands BEFORE UPDATE OR DELETE ON decisions_decision
    FOR EACH ROW WHEN (OLD.seal <> '') EXECUTE FUNCTION reseau_sealed_entry_stands();
"""
ALLOW = """
DROP TRIGGER decisions_sealed_entry_stands ON decisions_decision;
DROP FUNCTION reseau_sealed_entry_stands();
"""


def seal_what_is_recorded(apps, schema_editor):
    """A register that was begun before its entries were sealed is sealed as it stands, in its order."""
    Decision = apps.get_model("decisions", "Decision")
    previous = ""
    for entry in Decision.objects.exclude(number=None).order_by("year", "number"):
        text = entry.texts.order_by("number").last()
        previous = entry.seal = seal(previous, entry, text, entry.positions.order_by("pk"))
        entry.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0013_silence_procedure"),
        ("members", "0009_membership_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="seal",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.RunPython(seal_what_is_recorded, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("seal", "")),
                    models.Q(("number__isnull", False), models.Q(("seal", ""), _negated=True)),
                    _connector="OR",
                ),
                name="decision_sealed_when_numbered",
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
