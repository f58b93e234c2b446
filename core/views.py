"""Progress of slow work, as a page and as a fragment that the page swaps in."""

from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.jobs import retry_job
from core.models import Job
from core.steps import press


@require_safe
def job_progress(request, pk):
    """Only the person who ordered the work sees its progress here; others see it on the subject's own page."""
    job = get_object_or_404(Job, pk=pk, ordered_by=request.user)
    return render(request, "components/job_progress.html", {"job": job})


@require_POST
def job_retry(request, pk):
    job = get_object_or_404(Job, pk=pk, ordered_by=request.user)
    back = request.POST.get("next", "")
    # Only a path: a bare word would be looked up as the name of a view.
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()})
    done = _("Started again.")
    return press(request, lambda: retry_job(job, by=request.user), done, back if is_ours else "home")
