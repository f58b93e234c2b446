"""A text circulates in other languages too; what has circulated no longer changes, in any of them (ADR 24)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION reseau_translation_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- OLD is null on INSERT, NEW on DELETE.
    IF EXISTS (
        SELECT FROM decisions_decisiontext AS text JOIN decisions_decision AS decision ON decision.id = text.decision_id
        WHERE text.id IN (OLD.text_id, NEW.text_id)
          AND (text.frozen_at IS NOT NULL OR decision.state NOT IN ('draft', 'consultation'))
    ) THEN
        RAISE EXCEPTION 'the text has circulated' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER decisions_translation_is_open BEFORE INSERT OR UPDATE OR DELETE ON decisions_translation
    FOR EACH ROW EXECUTE FUNCTION reseau_translation_is_open();
"""
ALLOW = """
DROP TRIGGER decisions_translation_is_open ON decisions_translation;
DROP FUNCTION reseau_translation_is_open();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0019_title_searched"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("words", models.TextField(verbose_name="text")),
                ("written_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="decisions.decisiontext",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "translation",
                "constraints": [
                    models.UniqueConstraint(fields=("text", "language"), name="decision_translation_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("words", ""), _negated=True)
                        ),
                        name="decision_translation_says_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
