"""The life of each objection: raised, perhaps said again, and what answered it. None disappears (clause M-61)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from decisions.enums import Stance
from decisions.models import Position
from members.models import Entity


@dataclass(frozen=True)
class Objection:
    """From the word by which an entity began to object to what answered it.

    Attributes:
        raised: the first word.
        last: its latest wording, whose reason and alternative count.
        ended_by: the entity's next position (a lifting, or any other than objecting); ``None`` while the objection
            stands, whatever was done to the text meanwhile: only who objects can say that it is met.
    """

    raised: Position
    last: Position
    ended_by: Position | None

    @property
    def entity(self) -> Entity:
        return self.raised.entity

    @property
    def ended_at(self) -> datetime | None:
        return self.ended_by.at if self.ended_by else None


def objections(positions: Iterable[Position]) -> list[Objection]:
    """Each time an entity began to object, in that order.

    Args:
        positions: everything said on the decision, in order.
    """
    lives: list[list[Position]] = []
    standing: dict[int, list[Position]] = {}
    for word in positions:
        life = standing.get(word.entity_id)
        if life:
            life.append(word)
            if word.stance != Stance.OBJECTS:
                del standing[word.entity_id]
        elif word.stance == Stance.OBJECTS:
            standing[word.entity_id] = [word]
            lives.append(standing[word.entity_id])
    return [_objection(life) for life in lives]


def _objection(life: list[Position]) -> Objection:
    if life[-1].stance == Stance.OBJECTS:
        return Objection(life[0], life[-1], None)
    return Objection(life[0], life[-2], life[-1])


def ending(word: Position) -> str:
    """What is said of the word that answers its entity’s objection. Who stands aside lifts nothing: it lets pass."""
    if word.stance == Stance.LIFTS_OBJECTION:
        return _("%s lifts its objection") % word.entity
    if word.stance == Stance.STANDS_ASIDE:
        return _("%s stands aside: its objection no longer stands in the way") % word.entity
    said = {"entity": word.entity, "stance": word.get_stance_display()}
    return _("%(entity)s lifts its objection: it %(stance)s") % said
