"""Members are sounded in confidence: what was settled before it opens stays, an answer is given once (ADR 26)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock

REFUSE = """
CREATE FUNCTION reseau_sounding_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.closed_at IS NULL
        AND (OLD.nomination_id, OLD.opened_at, OLD.opened_by_id, OLD.closes_on, OLD.minimum)
            IS NOT DISTINCT FROM (NEW.nomination_id, NEW.opened_at, NEW.opened_by_id, NEW.closes_on, NEW.minimum)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a sounding is settled before it opens, and closed once' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER decisions_sounding_is_settled BEFORE UPDATE OR DELETE ON decisions_sounding
    FOR EACH ROW EXECUTE FUNCTION reseau_sounding_is_settled();

CREATE FUNCTION reseau_sounding_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- OLD is null on INSERT, NEW on DELETE.
    IF EXISTS (
        SELECT FROM decisions_sounding WHERE id IN (OLD.sounding_id, NEW.sounding_id) AND closed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the sounding is closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER decisions_sounding_tally_runs BEFORE INSERT OR UPDATE OR DELETE ON decisions_soundingtally
    FOR EACH ROW EXECUTE FUNCTION reseau_sounding_runs();
CREATE TRIGGER decisions_sounding_voice_runs BEFORE INSERT OR UPDATE OR DELETE ON decisions_soundingvoice
    FOR EACH ROW EXECUTE FUNCTION reseau_sounding_runs();

CREATE FUNCTION reseau_sounding_answer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entity answers once, for good' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER decisions_sounding_answer_stands BEFORE UPDATE ON decisions_soundingvoice FOR EACH ROW
    WHEN (OLD.has_answered AND NOT NEW.has_answered
          OR (OLD.sounding_id, OLD.entity_id) IS DISTINCT FROM (NEW.sounding_id, NEW.entity_id))
    EXECUTE FUNCTION reseau_sounding_answer_stands();

-- Whoever answered said one thing of each candidacy, and nothing is counted that nobody said.
CREATE FUNCTION reseau_sounding_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM decisions_soundingtally WHERE sounding_id = NEW.sounding_id GROUP BY candidacy_id
        HAVING sum(count) <> (
            SELECT count(*) FROM decisions_soundingvoice WHERE sounding_id = NEW.sounding_id AND has_answered
        )
    ) THEN
        RAISE EXCEPTION 'the counts of the sounding are not those of its answers' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decisions_sounding_tally_adds_up AFTER UPDATE ON decisions_soundingtally
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.count <> NEW.count)
    EXECUTE FUNCTION reseau_sounding_adds_up();
CREATE CONSTRAINT TRIGGER decisions_sounding_voice_adds_up AFTER UPDATE ON decisions_soundingvoice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.has_answered <> NEW.has_answered)
    EXECUTE FUNCTION reseau_sounding_adds_up();
"""
ALLOW = """
DROP TRIGGER decisions_sounding_voice_adds_up ON decisions_soundingvoice;
DROP TRIGGER decisions_sounding_tally_adds_up ON decisions_soundingtally;
DROP TRIGGER decisions_sounding_answer_stands ON decisions_soundingvoice;
DROP TRIGGER decisions_sounding_voice_runs ON decisions_soundingvoice;
DROP TRIGGER decisions_sounding_tally_runs ON decisions_soundingtally;
DROP TRIGGER decisions_sounding_is_settled ON decisions_sounding;
DROP FUNCTION reseau_sounding_adds_up();
DROP FUNCTION reseau_sounding_answer_stands();
DROP FUNCTION reseau_sounding_runs();
DROP FUNCTION reseau_sounding_is_settled();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0020_texts_in_other_languages"),
        ("members", "0009_membership_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sounding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField(default=core.clock.now)),
                ("closes_on", models.DateField(verbose_name="last day")),
                ("minimum", models.PositiveSmallIntegerField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "nomination",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sounding", to="decisions.nomination"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sounding",
            },
        ),
        migrations.CreateModel(
            name="SoundingTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "preference",
                    models.CharField(
                        choices=[
                            ("supports", "would support it"),
                            ("accepts", "could live with it"),
                            ("objects", "would object to it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("count", models.PositiveSmallIntegerField(default=0)),
                (
                    "candidacy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="decisions.candidacy"
                    ),
                ),
                (
                    "sounding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tallies", to="decisions.sounding"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SoundingVoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("has_answered", models.BooleanField(default=False)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.entity"
                    ),
                ),
                (
                    "sounding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="decisions.sounding"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="sounding",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum__gte", 2)), name="sounding_hides_one_among_several"
            ),
        ),
        migrations.AddConstraint(
            model_name="sounding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", True), ("closed_at__gte", models.F("opened_at")), _connector="OR"
                ),
                name="sounding_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="soundingtally",
            constraint=models.UniqueConstraint(
                fields=("sounding", "candidacy", "preference"), name="sounding_tally_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="soundingtally",
            constraint=models.CheckConstraint(
                condition=models.Q(("preference__in", ["supports", "accepts", "objects"])),
                name="sounding_preference_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="soundingvoice",
            constraint=models.UniqueConstraint(fields=("sounding", "entity"), name="sounding_voice_once"),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
