from django.urls import path

from frameworks import views

app_name = "frameworks"
urlpatterns = [
    path("", views.framework_list, name="framework_list"),
    path("priorites-nationales/ajouter/", views.priority_add, name="priority_add"),
    path("priorites-nationales/<str:slug>/modifier/", views.priority_edit, name="priority_edit"),
]
