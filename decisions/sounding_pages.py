"""What the page of a call for candidates shows of its confidential sounding."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.components import Column, DataTable
from core.templatetags.typography import long_day
from decisions.enums import Preference
from decisions.models import Nomination, Sounding
from members.models import User
from members.standing import standing_of


def sounding_part(user: User, call: Nomination) -> dict[str, Any]:
    """``sounding`` of the call, if there is one; ``own`` voice of the reader's entity in it; once it is closed, what
    was counted, for each candidacy, and who was heard: nothing of it before, and nothing of too few.
    """
    sounding = Sounding.objects.filter(nomination=call).first()
    if sounding is None:
        return {"sounding": None}
    standing = standing_of(user)
    voices = list(sounding.voices.select_related("entity").order_by("entity__acronym_fr", "pk"))
    own = next((one for one in voices if standing.entity and one.entity_id == standing.entity.pk), None)
    part: dict[str, Any] = {
        "sounding": sounding,
        "asked": len(voices),
        "own": own if standing.has_voice else None,
        "may_answer": sounding.is_open and standing.has_voice and own is not None and not own.has_answered,
        "counted": _counted(sounding) if sounding.closed_at else None,
    }
    if part["counted"]:
        part["heard"] = [one.entity for one in voices if one.has_answered]
        part["not_heard"] = [one.entity for one in voices if not one.has_answered]
    return part


def _counted(sounding: Sounding) -> DataTable | None:
    """In the order in which the candidacies were received: a sounding ranks nobody."""
    tallies = sounding.tallies.select_related("candidacy__entity", "candidacy__person")
    counts: dict[Any, dict[str, int]] = {}
    for tally in tallies.order_by("candidacy__put_at", "candidacy", "pk"):
        counts.setdefault(tally.candidacy, {})[tally.preference] = tally.count
    if not counts:
        return None
    columns = (Column(_("Candidacy"), "head"), *(Column(capfirst(str(label)), "num") for label in Preference.labels))
    rows = tuple((str(one), *(said[preference] for preference in Preference)) for one, said in counts.items())
    caption = _("What the entities said until %s") % long_day(sounding.closes_on)
    return DataTable(caption, columns, rows)
