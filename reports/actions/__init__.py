"""Every write on what the Network prints; one module per thing."""

from reports.actions.frozen import (
    SHEET_JOB,
    attach_sheet_file,
    check_shareable,
    freeze_member_list,
    prepare_handover,
    retry_sheet,
    share_member_list,
    take_extract,
)
from reports.actions.report import (
    FIRST_YEAR,
    KIND,
    YearNotBegun,
    assemble_report,
    check_proposable,
    filename_of,
    order_report,
    propose_report,
    report_adopted,
    retry_report,
)

__all__ = [
    "FIRST_YEAR",
    "KIND",
    "SHEET_JOB",
    "YearNotBegun",
    "assemble_report",
    "attach_sheet_file",
    "check_proposable",
    "check_shareable",
    "filename_of",
    "freeze_member_list",
    "order_report",
    "prepare_handover",
    "propose_report",
    "report_adopted",
    "retry_report",
    "retry_sheet",
    "share_member_list",
    "take_extract",
]
