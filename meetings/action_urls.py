from django.urls import path

from meetings.views import action_points

app_name = "actions"
urlpatterns = [
    path("", action_points.action_list, name="action_list"),
    path("export.xlsx", action_points.action_export, name="action_export"),
    path("<int:pk>/modifier/", action_points.action_edit, name="action_edit"),
    path("<int:pk>/retirer/", action_points.action_remove, name="action_remove"),
    path("<int:pk>/commencer/", action_points.action_start, name="action_start"),
    path("<int:pk>/terminer/", action_points.action_close, name="action_close"),
]
