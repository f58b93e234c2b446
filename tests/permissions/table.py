"""Who may open what: one row a route. ``None`` means that the method does not exist there (405 for those who get in).

A persona that is not named gets 403 or 404, a visitor the sign-in page. « public » routes are the only ones a visitor
may open. Objects of the world are named in ``world.py``.
"""

from dataclasses import dataclass

FOCAL_POINTS = frozenset({"focal_a", "focal_b", "alternate_a", "group_chair"})
SECRETARIAT = frozenset({"secretariat"})
CO_CHAIRS = frozenset({"co_chair_iom", "co_chair_ohchr"})
RC_OFFICE = frozenset({"rc_office"})
ADMINISTRATOR = frozenset({"administrator"})
OUTSIDE = frozenset({"no_entity", "partner"})

OFFICERS = SECRETARIAT | CO_CHAIRS
VOICES = FOCAL_POINTS | SECRETARIAT  # the secretariat's persona is IOM's alternate too
NETWORK = FOCAL_POINTS | OFFICERS | RC_OFFICE
VIEWERS = NETWORK | ADMINISTRATOR
SIGNED_IN = VIEWERS | OUTSIDE
EVERYBODY = SIGNED_IN | {"visitor"}
UNICEF = frozenset({"focal_a", "alternate_a"})
CHAIR = frozenset({"focal_a"})  # of the group at work
SPEAKING = VOICES | RC_OFFICE  # focal points of members and invitees


@dataclass(frozen=True)
class Row:
    """Personas that get in by GET and by POST, and the objects its address needs (attributes of the world)."""

    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    args: tuple[str, ...] = ()


def page(who, *args):
    """Only looked at."""
    return Row(get=who, args=args)


def form(who, *args):
    """A form and its sending, for the same people."""
    return Row(get=who, post=who, args=args)


def act(who, *args):
    """A state-changing address without a page."""
    return Row(post=who, args=args)


TABLE = {
    "home": page(SIGNED_IN),
    "health": page(EVERYBODY),
    "set_language": Row(get=EVERYBODY, post=EVERYBODY),
    "accessibility": page(EVERYBODY),
    "legal": page(EVERYBODY),
    "mandate": page(EVERYBODY),
    "entity_contribution": page(VIEWERS, "entity"),
    "journal": page(SECRETARIAT),
    "journal_export": page(SECRETARIAT),
    "ui": page(SIGNED_IN),  # exists on one’s own machine only
    # --- frameworks
    "frameworks:framework_list": page(EVERYBODY),
    "frameworks:priority_add": form(SECRETARIAT),
    "frameworks:priority_edit": form(SECRETARIAT, "priority"),
    "calendar:calendar": page(EVERYBODY),
    "calendar:calendar_year": page(EVERYBODY, "calendar_year"),
    "calendar:free_day_add": form(SECRETARIAT),
    "calendar:feast_work": act(SECRETARIAT, "feast"),
    "calendar:correction_remove": act(SECRETARIAT, "free_day"),
    # --- working groups
    "groups:group_list": page(VIEWERS),
    "groups:group_propose": form(VOICES | CO_CHAIRS),
    "groups:group_detail": page(VIEWERS, "group"),
    "groups:group_edit": form(UNICEF | OFFICERS, "new_group"),
    "groups:group_withdraw": act(UNICEF | OFFICERS, "new_group"),
    "groups:group_bring": form(OFFICERS, "new_group"),
    "groups:unct_letter_docx": page(VIEWERS, "group"),
    "groups:unct_submit": form(OFFICERS, "endorsed_group"),
    "groups:unct_return": form(SECRETARIAT | RC_OFFICE, "submitted_group"),
    "groups:unct_endorse": form(SECRETARIAT | RC_OFFICE, "submitted_group"),
    "groups:unct_record_file": page(VIEWERS, "group"),
    "groups:group_start": form(OFFICERS, "validated_group"),
    "groups:group_sleep": form(OFFICERS, "group"),
    "groups:group_wake": act(OFFICERS, "dormant_group"),
    "groups:group_close": form(OFFICERS, "group"),
    "groups:group_join": form(VOICES, "group"),
    "groups:paper_add": form(UNICEF | OFFICERS, "group"),
    "groups:paper_file": page(UNICEF | OFFICERS, "group", "group_paper"),
    "groups:paper_remove": act(CHAIR | OFFICERS, "group", "group_paper"),
    "groups:deliverable_add": form(UNICEF | OFFICERS, "group"),
    "groups:deliverable_edit": form(UNICEF | OFFICERS, "group", "group_deliverable"),
    "groups:deliverable_remove": act(UNICEF | OFFICERS, "group", "group_deliverable"),
    "groups:text_forward": form(CHAIR | OFFICERS, "group"),
    "groups:meeting_convene": form(CHAIR | OFFICERS, "group"),
    "groups:meeting_change": form(CHAIR | OFFICERS, "convened_group", "group_meeting"),
    "groups:meeting_call_off": form(CHAIR | OFFICERS, "convened_group", "group_meeting"),
    "groups:meeting_minute": form(UNICEF | OFFICERS, "group", "group_met"),
    "groups:group_invite": form(CHAIR | OFFICERS, "group"),
    "groups:pass_revoke": act(CHAIR | OFFICERS, "group", "group_pass"),
    "groups:chair_call_open": form(OFFICERS, "dormant_group"),
    "groups:chair_offer": form(UNICEF | SECRETARIAT, "group"),
    "groups:chair_offer_withdraw": act(UNICEF | SECRETARIAT, "group", "chair_offer"),
    "groups:chairs_name": form(OFFICERS, "validated_group"),
    "groups:chair_call_close": form(OFFICERS, "group"),
    "groups:chair_end": form(CHAIR | OFFICERS, "group", "group_chair"),
    "group_guests:group_guest": form(EVERYBODY, "group_token"),
    "group_guests:guest_offer_withdraw": act(EVERYBODY, "group_token"),
    "group_guests:guest_file": page(EVERYBODY, "group_token", "group_paper"),
    "groups:group_leave": form(UNICEF | SECRETARIAT, "group", "group_seat"),
    # --- rules of procedure
    "procedure:procedure_list": page(VIEWERS),
    "procedure:procedure_detail": page(VIEWERS, "rules"),
    "procedure:procedure_prepare": act(OFFICERS),
    "procedure:procedure_edit": form(OFFICERS, "rules_draft"),
    "procedure:threshold_list": page(VIEWERS, "rules"),
    "procedure:threshold_edit": form(OFFICERS, "rules_draft", "measure"),
    "procedure:procedure_propose": form(OFFICERS, "rules_draft"),
    "procedure:procedure_rework": act(OFFICERS, "rules_draft"),
    "procedure:procedure_withdraw": act(OFFICERS, "rules_draft"),
    # --- handovers and dated lists
    "handover:handover_prepare": act(OFFICERS, "term"),
    "handover:handover_detail": page(OFFICERS, "handover"),
    "handover:handover_progress": page(OFFICERS, "handover"),
    "handover:handover_download": page(OFFICERS, "handover"),
    "handover:handover_docx": page(OFFICERS, "handover"),
    "handover:handover_retry": act(OFFICERS, "handover"),
    "lists:list_index": page(VIEWERS),
    "lists:list_freeze": act(OFFICERS),
    "lists:list_detail": page(VIEWERS, "member_list"),
    "lists:list_progress": page(VIEWERS, "member_list"),
    "lists:list_download": page(VIEWERS, "member_list"),
    "lists:list_xlsx": page(VIEWERS, "member_list"),
    "lists:list_vcf": page(VIEWERS, "member_list"),
    "lists:list_share": form(OFFICERS, "list_to_share"),
    "lists:list_retry": act(OFFICERS, "list_to_share"),
    # --- nominations of co-chairs: the world’s candidacy is UNICEF’s
    "nominations:nomination_list": page(VIEWERS),
    "nominations:nomination_open": form(OFFICERS),
    "nominations:nomination_detail": page(VIEWERS, "nomination"),
    "nominations:candidacy_put": form(VOICES | CO_CHAIRS, "nomination"),
    "nominations:candidacy_withdraw": act(UNICEF | SECRETARIAT, "nomination", "candidacy"),
    "nominations:co_chair_propose": form(OFFICERS, "closed_nomination"),
    "nominations:nomination_rework": act(OFFICERS, "nomination"),
    "nominations:nomination_withdraw": act(OFFICERS, "nomination"),
    # --- members
    "members:directory": page(VIEWERS),
    "members:directory_export": page(VIEWERS),
    "members:own_data": page(SIGNED_IN),
    "members:own_data_export": page(SIGNED_IN),
    "members:person_list": page(VIEWERS),
    "members:person_add": form(SECRETARIAT | ADMINISTRATOR),
    "members:person_detail": page(VIEWERS, "person"),
    "members:person_edit": form(SECRETARIAT, "person"),
    "members:person_invite": act(SECRETARIAT | ADMINISTRATOR, "person"),
    "members:person_deactivate": form(SECRETARIAT | ADMINISTRATOR, "person"),
    "members:person_reactivate": act(SECRETARIAT | ADMINISTRATOR, "person"),
    "members:voice_delegate": form(SPEAKING),
    "members:delegation_end": form(OFFICERS | {"focal_a"}, "delegation"),
    "members:delegation_remove": form(OFFICERS | {"focal_a"}, "delegation"),
    "members:succession": form(SECRETARIAT, "leaver"),
    "members:empty_seats": page(OFFICERS),
    "members:role_grant": form(SECRETARIAT | ADMINISTRATOR, "person"),
    "members:invitation_revoke": act(SECRETARIAT | ADMINISTRATOR, "invitation"),
    "members:co_chairs": page(VIEWERS),
    "members:term_record": form(OFFICERS),
    "members:term_end": form(OFFICERS, "term"),
    "members:term_remove": form(OFFICERS, "term"),
    "members:membership_end": form(OFFICERS, "membership"),
    "members:membership_remove": form(OFFICERS, "membership"),
    "members:focal_point_end": form(OFFICERS, "focal_point"),
    "members:focal_point_remove": form(OFFICERS, "focal_point"),
    "members:role_end": form(SECRETARIAT | ADMINISTRATOR, "role"),
    "members:role_remove": form(SECRETARIAT | ADMINISTRATOR, "role"),
    "members:entity_add": form(OFFICERS),
    "members:entity_detail": page(VIEWERS, "entity"),
    "members:entity_edit": form(UNICEF | SECRETARIAT, "entity"),
    "memberships:change_propose": form(OFFICERS, "outsider"),
    "members:logo_change": form(UNICEF | SECRETARIAT, "entity"),
    "members:entity_logo": page(VIEWERS, "entity"),
    "members:details_confirm": act(UNICEF | SECRETARIAT, "entity"),
    "members:membership_record": form(OFFICERS, "entity"),
    "members:focal_point_name": form(OFFICERS, "entity"),
    "partners:partner_list": page(VIEWERS),
    "partners:partner_export": page(VIEWERS),
    "imports:import_check": form(SECRETARIAT),
    "imports:template_xlsx": page(SECRETARIAT, "kind"),
    "imports:import_detail": form(SECRETARIAT, "checked"),
    "imports:import_give_up": act(SECRETARIAT, "checked"),
    "partners:partner_add": form(OFFICERS),
    "partners:partner_detail": page(VIEWERS, "partner"),
    "partners:partner_edit": form(OFFICERS, "partner"),
    "partners:contact_add": form(OFFICERS, "partner"),
    "partners:contact_name": form(OFFICERS, "partner"),
    "partners:contact_end": form(OFFICERS, "contact"),
    "partners:contact_remove": form(OFFICERS, "contact"),
    # --- outreach: the world's engagement is UNICEF's
    "engagements:engagement_list": page(VIEWERS),
    "engagements:engagement_export": page(VIEWERS),
    "engagements:engagement_record": form(SPEAKING | CO_CHAIRS),
    "engagements:engagement_detail": page(VIEWERS, "engagement"),
    "engagements:engagement_edit": form(UNICEF | SECRETARIAT, "engagement"),
    "engagements:next_step_close": act(UNICEF | SECRETARIAT, "engagement"),
    "engagements:engagement_remove": form(UNICEF | SECRETARIAT, "engagement"),
    # --- members, one's own
    "members:account": page(SIGNED_IN),
    "members:account_edit": form(SIGNED_IN),
    "members:invitation_accept": form(EVERYBODY, "token"),
    # --- decisions
    "decisions:decision_list": page(VIEWERS),
    "decisions:decision_export": page(VIEWERS),
    "decisions:decision_propose": form(VOICES | CO_CHAIRS),
    "decisions:decision_detail": page(VIEWERS, "call"),
    "decisions:text_revise": form(UNICEF | SECRETARIAT, "consultation"),
    "decisions:text_translate": form(UNICEF | SECRETARIAT, "consultation", "other_language"),
    "decisions:consultation_open": act(UNICEF | OFFICERS, "proposal"),
    "decisions:comment_add": act(NETWORK, "consultation"),
    "decisions:paragraph_comment": form(NETWORK, "consultation", "paragraph"),
    "decisions:comment_answer": form(UNICEF | SECRETARIAT, "consultation", "comment"),
    "decisions:matrix_xlsx": page(VIEWERS, "consultation"),
    "decisions:matrix_docx": page(VIEWERS, "consultation"),
    "decisions:text_compare": page(VIEWERS, "consultation"),
    "decisions:call_open": act(OFFICERS, "consultation"),
    "decisions:call_extend": act(OFFICERS, "call"),
    "decisions:consultation_reopen": act(OFFICERS, "call"),
    "decisions:call_answer": form(EVERYBODY, "call_token"),
    "decisions:position_state": act(VOICES, "call"),
    "decisions:position_record": act(SECRETARIAT, "call"),
    "decisions:position_confirm": act(UNICEF, "call", "word"),
    "decisions:position_contest": act(UNICEF, "call", "word"),
    "decisions:position_proof": page(UNICEF | OFFICERS, "call", "word"),
    "decisions:consensus_note": act(CO_CHAIRS, "call"),
    "decisions:objection_facilitate": act(CO_CHAIRS, "objecting", "objection"),
    "decisions:decision_defer": act(CO_CHAIRS, "objecting"),
    "decisions:decision_refer": act(CO_CHAIRS, "objecting"),
    "decisions:advice_record": act(OFFICERS | RC_OFFICE, "referred"),
    "decisions:no_consensus_note": act(CO_CHAIRS, "objecting"),
    "decisions:decision_withdraw": act(UNICEF | CO_CHAIRS, "call"),
    "extracts:extract_detail": page(VIEWERS, "recorded"),
    "extracts:extract_progress": page(VIEWERS, "recorded"),
    "extracts:extract_download": page(VIEWERS, "recorded"),
    "extracts:extract_docx": page(VIEWERS, "recorded"),
    "extracts:extract_take": act(OFFICERS, "recorded"),
    "extracts:extract_retry": act(OFFICERS, "recorded"),
    "decisions:effects_set": form(UNICEF | SECRETARIAT, "consultation"),
    "decisions:decision_review": act(OFFICERS, "recorded"),
    "decisions:follow_up": act(SECRETARIAT, "recorded"),
    # --- meetings
    "meetings:meeting_list": page(VIEWERS),
    "meetings:meeting_create": form(OFFICERS),
    "meetings:request_create": form(SPEAKING),
    "meetings:item_forward": form(OFFICERS | CHAIR, "group"),
    "meetings:group_reviews": page(VIEWERS, "review"),
    "meetings:group_review": form(OFFICERS, "review", "convened_group"),
    "meetings:request_answer": form(OFFICERS, "meeting_request"),
    "meetings:request_withdraw": act(UNICEF, "meeting_request"),
    "meetings:meeting_detail": page(VIEWERS, "convened"),
    "meetings:meeting_edit": form(OFFICERS, "convened"),
    "meetings:meeting_convene": form(OFFICERS, "draft_meeting"),
    "meetings:meeting_postpone": form(OFFICERS, "convened"),
    "meetings:meeting_cancel": form(OFFICERS, "convened"),
    "meetings:session_open": act(OFFICERS, "convened"),
    "meetings:session_close": act(OFFICERS, "convened"),
    "meetings:meeting_close": act(OFFICERS, "held"),
    "meetings:deliveries": page(OFFICERS, "convened"),
    "meetings:delivery": page(OFFICERS, "convened", "mail"),
    "meetings:invitation_ics": page(VIEWERS, "convened"),
    "meetings:agenda": page(VIEWERS, "convened"),
    "meetings:item_add": act(OFFICERS, "convened"),
    "meetings:agenda_publish": form(OFFICERS, "convened"),
    "meetings:item_edit": form(OFFICERS, "convened", "convened_item"),
    "meetings:item_move": act(OFFICERS, "convened", "convened_item"),
    "meetings:item_remove": form(OFFICERS, "convened", "convened_item"),
    "meetings:guests_invite": form(OFFICERS, "convened"),
    "meetings:pass_revoke": act(OFFICERS, "convened", "guest_pass"),
    "guests:guest_meeting": page(EVERYBODY, "guest_token"),
    "guests:guest_ics": page(EVERYBODY, "guest_token"),
    "meetings:reply": form(SPEAKING, "convened"),
    "meetings:attendance": Row(get=VIEWERS, post=SECRETARIAT, args=("held",)),
    "meetings:minutes_docx": page(VIEWERS, "held"),
    "meetings:minutes": page(VIEWERS, "held"),
    "meetings:minutes_circulate": form(SECRETARIAT, "held"),
    "meetings:approval_propose": form(OFFICERS, "circulated"),
    "meetings:minutes_approve": form(CO_CHAIRS, "circulated"),
    "meetings:minutes_accept": act(SPEAKING, "circulated"),
    "meetings:item_minutes": form(SECRETARIAT, "held", "held_item"),
    "meetings:remark_add": form(SPEAKING, "circulated", "circulated_item"),
    "meetings:remark_answer": form(SECRETARIAT, "circulated", "remark"),
    "meetings:decision_attach": form(SECRETARIAT, "held", "held_item"),
    "meetings:decision_detach": act(SECRETARIAT, "held", "held_item", "recorded"),
    "meetings:action_add": form(SECRETARIAT, "held", "held_item"),
    "actions:action_list": page(VIEWERS),
    "actions:action_export": page(VIEWERS),
    "actions:action_edit": form(SECRETARIAT, "action_point"),
    "actions:action_remove": form(SECRETARIAT, "action_point"),
    "actions:action_start": act(UNICEF | SECRETARIAT, "action_point"),
    "actions:action_close": form(UNICEF | SECRETARIAT, "action_point"),
    # --- workplan: the world's own plan is a draft, which the Network sees and the administrator does not yet
    "workplan:plan_list": page(VIEWERS),
    "workplan:plan_create": form(OFFICERS),
    "workplan:funder_add": form(VOICES | CO_CHAIRS),
    "workplan:plan_detail": page(NETWORK, "plan"),
    "workplan:plan_edit": form(OFFICERS, "plan"),
    "workplan:revision_propose": form(VOICES | CO_CHAIRS, "sent_plan"),
    "workplan:consultation_add": form(OFFICERS, "plan"),
    "workplan:revision_add": form(OFFICERS, "sent_plan"),
    "workplan:outcome_add": form(OFFICERS, "plan"),
    "workplan:outcome_edit": form(OFFICERS, "plan", "outcome"),
    "workplan:outcome_remove": act(OFFICERS, "plan", "outcome"),
    "workplan:consultation_open": act(OFFICERS, "plan"),
    "workplan:plan_rework": act(OFFICERS, "plan"),
    "workplan:plan_table": act(OFFICERS, "plan"),
    "workplan:validation_propose": act(OFFICERS, "plan"),
    "workplan:plan_sign": act(CO_CHAIRS, "plan"),
    "workplan:plan_transmit": act(OFFICERS, "plan"),
    "workplan:plan_acknowledge": act(RC_OFFICE, "sent_plan"),
    "workplan:execution_start": form(OFFICERS, "sent_plan"),
    "workplan:plan_review": form(OFFICERS, "sent_plan"),
    "workplan:plan_archive": form(OFFICERS, "sent_plan"),
    "workplan:transmitted_file": page(VIEWERS, "sent_plan"),
    "workplan:file_progress": page(VIEWERS, "sent_plan"),
    "workplan:file_retry": act(OFFICERS, "sent_plan"),
    "workplan:plan_xlsx": page(NETWORK, "plan"),
    "workplan:plan_json": page(NETWORK, "plan"),
    "workplan:own_activities": page(NETWORK, "plan"),
    "workplan:activity_add": form(VOICES | CO_CHAIRS, "plan"),
    "workplan:activity_detail": page(NETWORK, "plan", "activity"),
    "workplan:activity_edit": form(UNICEF | OFFICERS, "plan", "activity"),
    "workplan:activity_remove": form(UNICEF | OFFICERS, "plan", "activity"),
    "workplan:progress_report": act(UNICEF | {"focal_b"} | SECRETARIAT, "sent_plan", "activity"),
    "workplan:funding_add": form(UNICEF | SECRETARIAT, "sent_plan", "activity"),
    "workplan:rights_check": form(OFFICERS, "sent_plan", "activity"),
    # --- reports
    "reports:report_list": page(VIEWERS),
    "reports:report_detail": page(VIEWERS, "report_year"),
    "reports:report_progress": page(VIEWERS, "report_year"),
    "reports:report_download": page(VIEWERS, "report_year"),
    "reports:report_export": page(VIEWERS, "report_year"),
    "reports:report_order": act(OFFICERS, "report_year"),
    "reports:report_retry": act(OFFICERS, "report_year"),
}

# The account library’s own pages: test_account_library.py says which are open, and that none ends in 500.
OF_THE_ACCOUNT_LIBRARY = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
