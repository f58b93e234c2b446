from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("<int:pk>/", views.job_progress, name="job_progress"),
    path("<int:pk>/relancer/", views.job_retry, name="job_retry"),
]
