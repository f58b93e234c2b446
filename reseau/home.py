"""The home page: what awaits this person, then the Network's year at a glance. Computed from the records at each visit."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from core import clock
from core.todo import TodoItem
from decisions import queries as decisions


def home_page(user: Any) -> dict[str, Any]:
    items: list[TodoItem] = decisions.todo(user)
    for app in ("meetings", "workplan", "members", "reports"):  # TEMPORARY while the apps are being written
        if find_spec(f"{app}.queries"):
            items += import_module(f"{app}.queries").todo(user)
    return {"items": items, "today": clock.today()}


