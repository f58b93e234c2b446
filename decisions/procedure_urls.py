from django.urls import path

from decisions import procedure_views as views

app_name = "procedure"
urlpatterns = [
    path("", views.procedure_list, name="procedure_list"),
    path("preparer/", views.procedure_prepare, name="procedure_prepare"),
    path("<int:pk>/", views.procedure_detail, name="procedure_detail"),
    path("<int:pk>/modifier/", views.procedure_edit, name="procedure_edit"),
    path("<int:pk>/seuils/", views.threshold_list, name="threshold_list"),
    path("<int:pk>/seuils/<slug:key>/modifier/", views.threshold_edit, name="threshold_edit"),
    path("<int:pk>/proposer/", views.procedure_propose, name="procedure_propose"),
    path("<int:pk>/reprendre/", views.procedure_rework, name="procedure_rework"),
    path("<int:pk>/retirer/", views.procedure_withdraw, name="procedure_withdraw"),
]
