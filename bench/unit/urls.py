from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import path

from bench.unit.models import Item, Meeting, Paper


@login_required(login_url="/")
def meeting(request, pk):
    """Session, person, and five queries: meeting, items, papers, people, number of papers."""
    found = get_object_or_404(Meeting, pk=pk)
    context = {
        "meeting": found,
        "items": found.items.prefetch_related("papers").order_by("order", "pk"),
        "people": found.people.order_by("name", "pk"),
        "papers": Paper.objects.filter(item__in=Item.objects.filter(meeting=found)).count(),
    }
    return render(request, "meeting.html", context)


urlpatterns = [path("meeting/<int:pk>/", meeting)]
