from io import BytesIO

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.access import require
from core.files import download
from core.steps import press
from meetings import actions, exports, feeds

PAGE = "meetings:feed_page"


@require_safe
def feed_page(request):
    require(request.user, "meetings.open_feed")
    feed = feeds.standing_feed(request.user)
    address = settings.SITE_URL + feed.get_absolute_url() if feed else ""
    return render(request, "meetings/feed.html", {"feed": feed, "address": address})


@require_POST
def feed_open(request):
    require(request.user, "meetings.open_feed")
    return press(request, lambda: actions.open_feed(by=request.user), _("Your calendar address is made."), PAGE)


@require_POST
def feed_revoke(request):
    require(request.user, "meetings.open_feed")
    return press(request, lambda: actions.revoke_feed(by=request.user), _("The address opens nothing any more."), PAGE)


@login_not_required
@never_cache
@require_safe
def feed_ics(request, feed_token):
    feed = feeds.feed_of(feed_token)
    if feed is None:  # for a program: nobody reads a page here
        return HttpResponse(status=410, content_type="text/plain")
    return download(BytesIO(feeds.calendar(feed.person)), "reseau.ics", exports.ICS)
