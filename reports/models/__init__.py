from reports.models.frozen import DecisionExtract, HandoverPack, MemberList
from reports.models.report import YearlyReport

# Each is taken from the records once, has a ``sheet`` to print and a ``filename``.
FrozenSheet = DecisionExtract | HandoverPack | MemberList

__all__ = ["DecisionExtract", "FrozenSheet", "HandoverPack", "MemberList", "YearlyReport"]
