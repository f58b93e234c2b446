"""What is done about an objection that is maintained: notes, advice, and three more states of a decision."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE TRIGGER decisions_facilitation_append_only BEFORE UPDATE OR DELETE ON decisions_facilitation
    FOR EACH ROW EXECUTE FUNCTION reseau_append_only();
CREATE TRIGGER decisions_facilitation_never_emptied BEFORE TRUNCATE ON decisions_facilitation
    FOR EACH STATEMENT EXECUTE FUNCTION reseau_never_emptied();
CREATE FUNCTION reseau_referral_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.recorded_at IS NOT NULL
        OR (OLD.decision_id, OLD.body, OLD.question, OLD.asked_at, OLD.asked_by_id)
            IS DISTINCT FROM (NEW.decision_id, NEW.body, NEW.question, NEW.asked_at, NEW.asked_by_id)
    THEN
        RAISE EXCEPTION 'what was asked and answered stands' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_referral_stands BEFORE UPDATE OR DELETE ON decisions_referral
    FOR EACH ROW EXECUTE FUNCTION reseau_referral_stands();
"""
ALLOW = """
DROP TRIGGER decisions_referral_stands ON decisions_referral;
DROP FUNCTION reseau_referral_stands();
DROP TRIGGER decisions_facilitation_never_emptied ON decisions_facilitation;
DROP TRIGGER decisions_facilitation_append_only ON decisions_facilitation;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0014_sealed_register"),
        ("members", "0009_membership_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Facilitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="note of the co-chairs")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "body",
                    models.CharField(
                        choices=[("rc", "Resident Coordinator"), ("unct", "United Nations Country Team")],
                        max_length=20,
                        verbose_name="asked of",
                    ),
                ),
                ("question", models.TextField(verbose_name="what is asked")),
                ("asked_at", models.DateTimeField()),
                ("advice", models.TextField(blank=True, verbose_name="advice")),
                ("advised_on", models.DateField(null=True, verbose_name="given on")),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="reference")),
                ("recorded_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_state_known",
        ),
        migrations.AlterField(
            model_name="decision",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("consultation", "in consultation"),
                    ("call", "call for positions"),
                    ("consensus_noted", "consensus noted"),
                    ("deferred", "deferred to a meeting"),
                    ("referred", "advice asked for"),
                    ("recorded", "adopted"),
                    ("withdrawn", "withdrawn"),
                    ("no_consensus", "no consensus"),
                    ("superseded", "superseded"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "consultation",
                            "call",
                            "consensus_noted",
                            "deferred",
                            "referred",
                            "recorded",
                            "withdrawn",
                            "no_consensus",
                            "superseded",
                        ],
                    )
                ),
                name="decision_state_known",
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="facilitation",
            name="objection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="facilitations", to="decisions.position"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="decisions.decision"
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="facilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="facilitation_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("body__in", ["rc", "unct"])), name="referral_body_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True), name="referral_asks_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("advice", ""),
                        ("advised_on__isnull", True),
                        ("recorded_at__isnull", True),
                        ("recorded_by__isnull", True),
                    ),
                    models.Q(
                        ("advised_on__isnull", False),
                        ("recorded_at__isnull", False),
                        ("recorded_by__isnull", False),
                        models.Q(("advice", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referral_advice_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("recorded_at__isnull", True)), fields=("decision",), name="referral_one_at_a_time"
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
