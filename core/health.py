"""``/sante/``: can this process answer, and is its database there with all migrations? Redis is not asked: without it
every page works and slow work waits (ADR 7)."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def health(request):
    try:
        executor = MigrationExecutor(connection)
        migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        database = True
    except (DatabaseError, ImproperlyConfigured):
        database = migrated = False
    ready = database and migrated
    return JsonResponse({"ready": ready, "database": database, "migrated": migrated}, status=200 if ready else 503)
