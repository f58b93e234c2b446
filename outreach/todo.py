"""What awaits a person about partners: the next step that was promised to one."""

from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from core.todo import Question, TodoItem, ask, end_of_day
from frameworks.models import in_active_language
from members.standing import standing_of
from outreach import queries


def todo(user: Any) -> list[TodoItem]:
    """Next steps of one's entity that are late or fall due within a week: at most one query."""
    return ask(questions(user))


def questions(user: Any) -> list[Question]:
    """For who speaks for an entity of the Network."""
    standing = standing_of(user)
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
