"""What awaits a person about partners: the next step that was promised to one."""

from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from core.todo import Question, TodoItem, ask, end_of_day
from frameworks.models import in_active_language
from members.standing import Standing, standing_of
from outreach import queries, statements


def todo(user: Any) -> list[TodoItem]:
    """Next steps of one's entity that are late or fall due within a week: at most one query."""
    return ask(questions(user))


def questions(user: Any) -> list[Question]:
    """For who runs the Network, and for who speaks for an entity of it."""
    standing = standing_of(user)
    runs = user.has_perm("outreach.record_publication")
    return [*([_statements_to_publish()] if runs else []), *_next_steps(standing)]


def _statements_to_publish() -> Question:
    def tell(facts: dict[str, Any]) -> TodoItem:
        return TodoItem(
            title=_("Publish the statement: %(title)s") % {"title": facts["title"]},
            url=reverse("statements:statement_publish", args=[facts["pk"]]),
            why=_("Adopted by the Network; say where it is published."),
            tag=_("to be published"),
        )

    return Question("statement-to-publish", statements.to_publish, {"pk": "pk", "title": "title"}, tell, "pk")


def _next_steps(standing: Standing) -> list[Question]:
    if standing.entity is None or standing.rank is None or not standing.is_member:
        return []
    facts = {
        "pk": "pk", "step": "next_step", "due": "next_step_due", "subject": "subject",
        "fr": F("partner__name_fr"), "en": F("partner__name_en"),
    }  # fmt: skip

    def tell(facts: dict[str, Any]) -> TodoItem:
        due, partner = date.fromisoformat(facts["due"]), in_active_language(facts["fr"], facts["en"] or facts["fr"])
        return TodoItem(
            title=facts["step"],
            url=reverse("engagements:engagement_detail", args=[facts["pk"]]),
            why=_("Next step with %(partner)s, after: %(subject)s") % {"partner": partner, "subject": facts["subject"]},
            due=end_of_day(due),
            overdue=due < standing.day,
        )

    asked = {"entity": standing.entity.pk, "until": standing.day + queries.SOON}
    return [Question("next-step", queries.steps_due, facts, tell, "due", asked)]
