from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("<int:year>/", views.report_detail, name="report_detail"),
    path("<int:year>/progression/", views.report_progress, name="report_progress"),
    path("<int:year>/rapport.pdf", views.report_download, name="report_download"),
    path("<int:year>/export.json", views.report_export, name="report_export"),
    path("<int:year>/commander/", views.report_order, name="report_order"),
    path("<int:year>/soumettre/", views.report_propose, name="report_propose"),
    path("<int:year>/relancer/", views.report_retry, name="report_retry"),
]
