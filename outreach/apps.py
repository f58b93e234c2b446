from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.personal import register_holdings
from core.sentences import register_sentences
from decisions import subjects
from outreach.enums import STATEMENT

SENTENCES = {
    "outreach.record_engagement": _("%(actor)s recorded this engagement"),
    "outreach.edit_engagement": _("%(actor)s changed this engagement"),
    "outreach.close_next_step": _("%(actor)s noted the next step as done: %(step)s"),
    "decisions.announce_statement": _("To be published: the secretariat and the co-chairs are told"),
    "decisions.record_publication": _("Published on %(day)s, recorded by %(actor)s: %(where)s"),
    "outreach.remove_engagement": _("%(actor)s removed what was recorded by mistake"),
}


class OutreachConfig(AppConfig):
    name = "outreach"

    def ready(self):
        from members import duties, panels  # noqa: PLC0415 - models are loaded only now
        from members.models import Entity, Partner  # noqa: PLC0415 - as above
        from outreach import actions, personal, statements, todo  # noqa: PLC0415 - as above
        from outreach.pages import entity_engagements, partner_engagements  # noqa: PLC0415 - as above

        panels.register(Partner, partner_engagements)
        panels.register(Entity, entity_engagements)
        duties.register(duties.awaited(_("Partners"), todo.todo))
        subjects.register(STATEMENT, label=_("statement"), on_adopted=actions.statement_adopted)
        subjects.register_places(statements.place_of_statement)
        register_sentences(SENTENCES)
        register_holdings((), personal.IN_JOURNAL)
