"""What the chain of custody rests on is refused by the database when it is missing (clauses M-54, M-55, M-71)."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

GUARD = """
CREATE FUNCTION workplan_guard_custody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.validating_decision_id IS NOT NULL
       AND (TG_OP = 'INSERT' OR OLD.validating_decision_id IS DISTINCT FROM NEW.validating_decision_id)
       AND NOT EXISTS (
           SELECT FROM meetings_agendaitem item
           JOIN meetings_agendaitem_decisions carried ON carried.agendaitem_id = item.id
           WHERE item.meeting_id = NEW.review_id AND carried.decision_id = NEW.validating_decision_id) THEN
        RAISE EXCEPTION 'plan %: the decision is not one of its annual review', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.validated_at IS NOT NULL AND NEW.validating_decision_id IS NOT NULL
       AND (SELECT count(DISTINCT seat) FROM workplan_plansignature WHERE plan_id = NEW.id) < 2 THEN
        RAISE EXCEPTION 'plan % is not signed for both seats', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.validating_decision_id IS NOT NULL
           AND (NEW.year, NEW.title, NEW.xof_per_usd, NEW.review_id, NEW.validating_decision_id)
               IS DISTINCT FROM (OLD.year, OLD.title, OLD.xof_per_usd, OLD.review_id, OLD.validating_decision_id) THEN
            RAISE EXCEPTION 'plan % is adopted: its title, rate, review and decision are frozen', NEW.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.reviewed_at IS NULL AND NEW.reviewed_at IS NOT NULL AND NEW.reviewed_in_id IS NULL THEN
            RAISE EXCEPTION 'plan %: no annual review has examined it', NEW.id USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workplan_workplan_custody BEFORE INSERT OR UPDATE ON workplan_workplan FOR EACH ROW
    EXECUTE FUNCTION workplan_guard_custody();
CREATE FUNCTION workplan_refuse_frozen_tags() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tag jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    IF EXISTS (
        SELECT FROM workplan_workplan plan WHERE plan.validating_decision_id IS NOT NULL AND plan.id = COALESCE(
            (SELECT plan_id FROM workplan_activity WHERE id = (tag->>'activity_id')::bigint),
            (SELECT plan_id FROM workplan_outcome WHERE id = (tag->>'outcome_id')::bigint))) THEN
        RAISE EXCEPTION 'the plan is adopted: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
"""
TAGS = [
    "activity_contributing", "activity_regions", "activity_gcm_objectives", "activity_guiding_principles",
    "activity_sdg_targets", "activity_mpfa_items", "activity_ecowas_instruments", "activity_national_priorities",
    "outcome_agenda2063", "outcome_national_priorities",
]  # fmt: skip
GUARD += "\n".join(
    f"""CREATE TRIGGER workplan_{table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON workplan_{table} FOR EACH ROW
    EXECUTE FUNCTION workplan_refuse_frozen_tags();"""
    for table in TAGS
)
UNGUARD = "\n".join(
    [
        *(f"DROP TRIGGER workplan_{table}_frozen ON workplan_{table};" for table in TAGS),
        "DROP FUNCTION workplan_refuse_frozen_tags();",
        "DROP TRIGGER workplan_workplan_custody ON workplan_workplan;",
        "DROP FUNCTION workplan_guard_custody();",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("workplan", "0004_updates_are_kept")]

    operations = [
        migrations.AddField(
            "workplan",
            "reviewed_in",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="examined_plans",
                to="meetings.meeting", verbose_name="annual review",
            ),
        ),
        migrations.AddConstraint(
            "workplan",
            models.CheckConstraint(
                condition=Q(reviewed_in__isnull=True) | Q(reviewed_at__isnull=False), name="plan_reviewed_in_a_review"
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]  # fmt: skip
