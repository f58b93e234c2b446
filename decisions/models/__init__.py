from decisions.models.comment import Comment, CommentQuerySet
from decisions.models.decision import NUMBERED, Decision, DecisionQuerySet, DecisionText, Position
from decisions.models.membership import MembershipChange
from decisions.models.nomination import Candidacy, Nomination, NominationQuerySet
from decisions.models.objection import Facilitation, Referral
from decisions.models.on_behalf import OnBehalf
from decisions.models.procedure import RulesOfProcedure
from decisions.models.sounding import Sounding, SoundingTally, SoundingVoice
from decisions.models.translation import Translation

__all__ = [
    "NUMBERED",
    "Candidacy",
    "Comment",
    "CommentQuerySet",
    "Decision",
    "DecisionQuerySet",
    "DecisionText",
    "Facilitation",
    "MembershipChange",
    "Nomination",
    "NominationQuerySet",
    "OnBehalf",
    "Position",
    "Referral",
    "RulesOfProcedure",
    "Sounding",
    "SoundingTally",
    "SoundingVoice",
    "Translation",
]
