"""What the harness forbids: reading that writes, and order that nobody asked for."""

import random
import re

from django.db import connection
from django.db.models.query import QuerySet

WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# Sessions, rate limits, the list of one's sessions and that codes were seen are the framework's own bookkeeping.
BOOKKEEPING = ("django_session", "core_cache", "usersessions_usersession", "mfa_authenticator")


class WriteOnGet(AssertionError):
    """A page that was only asked for wrote something."""


class GetWritesNothingMiddleware:
    """Fails the test in which a GET or HEAD changes a business table."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # The protocol brings the person back from the provider by GET, with a state that is good once.
        is_back_from_the_provider = request.path == "/compte/microsoft/retour/"
        if request.method not in {"GET", "HEAD"} or is_back_from_the_provider:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)


def refuse_writes(execute, sql, params, many, context):
    if WRITE.match(sql) and not any(f'"{table}"' in sql for table in BOOKKEEPING):
        raise WriteOnGet(sql[:200])
    return execute(sql, params, many, context)


def shuffle_unordered(monkeypatch):
    """Rows of a queryset without an order come in random order, as PostgreSQL is free to give them."""
    fetch_all = QuerySet._fetch_all

    def fetch_and_shuffle(queryset):
        fresh = queryset._result_cache is None
        fetch_all(queryset)
        if fresh and not queryset.ordered and isinstance(queryset._result_cache, list):
            random.shuffle(queryset._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_and_shuffle)
