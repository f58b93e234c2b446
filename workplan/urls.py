from django.urls import path, register_converter

from workplan.views import activity, custody, exports, plan


class ActivityCode:
    """« 1.10 »: outcome and number."""

    regex = r"[1-9][0-9]?\.[1-9][0-9]{0,2}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class PlanYear:
    regex = r"20[2-9][0-9]|2100"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(ActivityCode, "code")
register_converter(PlanYear, "planyear")

app_name = "workplan"
urlpatterns = [
    path("", plan.plan_list, name="plan_list"),
    path("creer/", plan.plan_create, name="plan_create"),
    path("financements/ajouter/", plan.funder_add, name="funder_add"),
    path("<planyear:year>/", plan.plan_detail, name="plan_detail"),
    path("<planyear:year>/modifier/", plan.plan_edit, name="plan_edit"),
    path("<planyear:year>/consultations/ajouter/", plan.consultation_add, name="consultation_add"),
    path("<planyear:year>/revisions/ajouter/", plan.revision_add, name="revision_add"),
    path("<planyear:year>/revisions/proposer/", plan.revision_propose, name="revision_propose"),
    path("<planyear:year>/resultats/ajouter/", plan.outcome_add, name="outcome_add"),
    path("<planyear:year>/resultats/<int:number>/modifier/", plan.outcome_edit, name="outcome_edit"),
    path("<planyear:year>/resultats/<int:number>/supprimer/", plan.outcome_remove, name="outcome_remove"),
    path("<planyear:year>/consultation/ouvrir/", custody.consultation_open, name="consultation_open"),
    path("<planyear:year>/reprendre/", custody.plan_rework, name="plan_rework"),
    path("<planyear:year>/presenter/", custody.plan_table, name="plan_table"),
    path("<planyear:year>/validation/proposer/", custody.validation_propose, name="validation_propose"),
    path("<planyear:year>/signer/", custody.plan_sign, name="plan_sign"),
    path("<planyear:year>/transmettre/", custody.plan_transmit, name="plan_transmit"),
    path("<planyear:year>/accuser-reception/", custody.plan_acknowledge, name="plan_acknowledge"),
    path("<planyear:year>/execution/demarrer/", custody.execution_start, name="execution_start"),
    path("<planyear:year>/examiner/", custody.plan_review, name="plan_review"),
    path("<planyear:year>/archiver/", custody.plan_archive, name="plan_archive"),
    path("<planyear:year>/transmis.pdf", custody.transmitted_file, name="transmitted_file"),
    path("<planyear:year>/transmis/progression/", custody.file_progress, name="file_progress"),
    path("<planyear:year>/transmis/relancer/", custody.file_retry, name="file_retry"),
    path("<planyear:year>/export.xlsx", exports.plan_xlsx, name="plan_xlsx"),
    path("<planyear:year>/export.json", exports.plan_json, name="plan_json"),
    path("<planyear:year>/mes-activites/", activity.own_activities, name="own_activities"),
    path("<planyear:year>/activites/ajouter/", activity.activity_add, name="activity_add"),
    path("<planyear:year>/activites/<code:code>/", activity.activity_detail, name="activity_detail"),
    path("<planyear:year>/activites/<code:code>/modifier/", activity.activity_edit, name="activity_edit"),
    path("<planyear:year>/activites/<code:code>/supprimer/", activity.activity_remove, name="activity_remove"),
    path("<planyear:year>/activites/<code:code>/rapporter/", activity.progress_report, name="progress_report"),
    path("<planyear:year>/activites/<code:code>/financement/ajouter/", activity.funding_add, name="funding_add"),
    path("<planyear:year>/activites/<code:code>/droits/verifier/", activity.rights_check, name="rights_check"),
]
