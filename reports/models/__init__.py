from reports.models.frozen import Frozen, HandoverPack, MemberList
from reports.models.report import YearlyReport

__all__ = ["Frozen", "HandoverPack", "MemberList", "YearlyReport"]
