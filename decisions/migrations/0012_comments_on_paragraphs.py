"""Comments stand by a paragraph, may ask for other words, and are answered; their own words never change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION reseau_comment_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (OLD.decision_id, OLD.entity_id, OLD.author_id, OLD.at, OLD.text_number, OLD.paragraph, OLD.kind,
           OLD.wording, OLD.text)
          IS DISTINCT FROM
          (NEW.decision_id, NEW.entity_id, NEW.author_id, NEW.at, NEW.text_number, NEW.paragraph, NEW.kind,
           NEW.wording, NEW.text) THEN
        RAISE EXCEPTION 'what was said in a consultation stands' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_comment_stands BEFORE UPDATE OR DELETE ON decisions_comment
    FOR EACH ROW EXECUTE FUNCTION reseau_comment_stands();
"""
ALLOW = """
DROP TRIGGER decisions_comment_stands ON decisions_comment;
DROP FUNCTION reseau_comment_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0011_thresholds"),
        ("members", "0009_membership_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="comment",
            options={"verbose_name": "comment"},
        ),
        migrations.AddField(
            model_name="comment",
            name="answer",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="answered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("comment", "comment"),
                    ("rewording", "new wording"),
                    ("addition", "new paragraph after it"),
                    ("deletion", "deletion"),
                ],
                default="comment",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="paragraph",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="state",
            field=models.CharField(
                choices=[
                    ("awaits_reply", "awaits an answer"),
                    ("accepted", "accepted"),
                    ("adapted", "accepted in part"),
                    ("declined", "not accepted"),
                ],
                default="awaits_reply",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="comment",
            name="wording",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="comment",
            name="text",
            field=models.TextField(blank=True, verbose_name="comment"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["comment", "rewording", "addition", "deletion"])),
                name="comment_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["awaits_reply", "accepted", "adapted", "declined"])),
                name="comment_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paragraph__gte", 1), ("paragraph__isnull", False)),
                    models.Q(("kind", "comment"), ("paragraph__isnull", True)),
                    _connector="OR",
                ),
                name="comment_amendment_has_paragraph",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["addition", "rewording"]), models.Q(("wording", ""), _negated=True)),
                    models.Q(models.Q(("kind__in", ["addition", "rewording"]), _negated=True), ("wording", "")),
                    _connector="OR",
                ),
                name="comment_worded_as_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "comment"), _negated=True), models.Q(("text", ""), _negated=True), _connector="OR"
                ),
                name="comment_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("state", "awaits_reply"),
                    ),
                    models.Q(
                        models.Q(("state", "awaits_reply"), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="comment_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["adapted", "declined"]), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="comment_not_taken_up_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["rewording", "deletion"]), ("state", "accepted")),
                fields=("decision", "text_number", "paragraph"),
                name="comment_paragraph_amended_once",
                violation_error_message=(
                    "Another amendment of this paragraph was accepted: accept this one in part, or not at all."
                ),
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
