from reports.models.frozen import HandoverPack, MemberList
from reports.models.report import YearlyReport

# Each is taken from the records once, has a ``sheet`` to print and a ``filename``.
FrozenSheet = HandoverPack | MemberList

__all__ = ["FrozenSheet", "HandoverPack", "MemberList", "YearlyReport"]
