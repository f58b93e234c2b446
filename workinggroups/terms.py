"""Terms of reference in the text of a decision: what the Network reads, comments on and adopts, a group works on.

Each group has a section of its own, to the next heading or to the end, in the language in which texts prevail::

    Termes de référence du groupe de travail 3

    1. Objet
    …
"""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from decisions import languages
from members.enums import Language
from workinggroups.models import WorkingGroup


def heading(group: WorkingGroup) -> str:
    with translation.override(languages.prevailing()):
        return _("Terms of reference of working group %s") % group.number


def written(text: str, groups: Iterable[WorkingGroup]) -> str:
    """The text, and under it the terms of each group as they stand."""
    return "\n\n".join([text.rstrip(), *(section(group, group.terms) for group in groups)])


def section(group: WorkingGroup, words: str) -> str:
    return f"{heading(group)}\n\n{words.strip()}"


def read(text: str, groups: Iterable[WorkingGroup]) -> dict[int, str]:
    """Number of each group → the terms that stand under its heading, however spaces were typed; none where it is gone.

    Args:
        groups: all those that the text may speak of.
    """
    headings = {" ".join(heading(group).split()): group.number for group in groups}
    found: dict[int, list[str]] = {}
    lines: list[str] | None = None
    for line in text.splitlines():
        number = headings.get(" ".join(line.split()))
        if number is not None:
            lines = found.setdefault(number, [])
        elif lines is not None:
            lines.append(line)
    return {number: words for number, lines in found.items() if (words := "\n".join(lines).strip())}


def blank() -> str:
    """The headings that terms of reference of a group have, to be written under."""
    headings = (
        _("Purpose"), _("Tasks"), _("Members and partners"), _("Chairs"), _("Ways of working"),
        _("Deliverables and calendar"), _("Reporting to the Network and yearly review"),
    )  # fmt: skip
    return "\n\n".join(f"{number}. {heading}\n" for number, heading in enumerate(headings, 1))


def is_blank(words: str) -> bool:
    """Whether nothing was written under the headings."""
    for language in Language.values:
        with translation.override(language):
            if words.split() == blank().split():
                return True
    return False
