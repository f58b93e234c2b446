from datetime import date

from django.urls import path, register_converter

from frameworks import calendar_views as views


class CalendarYear:
    regex = r"20[0-9][0-9]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class CalendarDate:
    """« 2026-05-27 », of a year that the calendar shows."""

    regex = rf"{CalendarYear.regex}-[0-9]{{2}}-[0-9]{{2}}"

    def to_python(self, value):
        return date.fromisoformat(value)

    def to_url(self, value):
        return value.isoformat()


register_converter(CalendarYear, "calendaryear")
register_converter(CalendarDate, "calendardate")

app_name = "calendar"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("<calendaryear:year>/", views.calendar, name="calendar_year"),
    path("ajouter/", views.free_day_add, name="free_day_add"),
    path("<calendardate:day>/travailler/", views.feast_work, name="feast_work"),
    path("<calendardate:day>/retablir/", views.correction_remove, name="correction_remove"),
]
