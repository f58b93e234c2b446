"""What the pages of the list of members show, gathered once for each page."""

from members.pages.directory import co_chairs_page, directory_table
from members.pages.entity import entity_page
from members.pages.partners import partner_page, partner_table
from members.pages.person import account_page, person_page, person_rows
from members.pages.succession import empty_seats_page, succession_page

__all__ = [
    "account_page",
    "co_chairs_page",
    "directory_table",
    "empty_seats_page",
    "entity_page",
    "partner_page",
    "partner_table",
    "person_page",
    "person_rows",
    "succession_page",
]
