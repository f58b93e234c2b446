"""The yearly report in a state, printed by a stand-in: printing has its own tests."""

from core import clock
from core.enums import JobState
from core.models import Job
from reports import actions
from reports.press import Printed


def assembled(personas, year=None):
    report = actions.order_report(year or clock.today().year, by=personas.secretariat)
    Job.objects.filter(kind=actions.KIND).update(state=JobState.DONE, finished_at=clock.now())
    printed = Printed(content=b"%PDF-1.7 essai", pages=1)
    return actions.assemble_report(report, printed=printed, taken_at=report.snapshot_at)
