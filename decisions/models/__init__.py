from decisions.models.decision import NUMBERED, Comment, Decision, DecisionQuerySet, DecisionText, Position
from decisions.models.procedure import RulesOfProcedure

__all__ = ["NUMBERED", "Comment", "Decision", "DecisionQuerySet", "DecisionText", "Position", "RulesOfProcedure"]
