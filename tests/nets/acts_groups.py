"""The actions about working groups, ready to be carried out (:mod:`tests.nets.acts`)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from decisions import actions as decisions
from tests.factories import groups as made
from workinggroups import actions


def _on(make, action, **values):
    """On a group in the state that ``make`` gives."""

    def prepare(p):
        group = make(p)
        return lambda: action(group, **values, by=p.secretariat)

    return prepare


def _propose(p):
    return lambda: actions.propose_group(title_fr="Climat", **made.WORDS, proposed_by=p.unicef, by=p.focal_a)


def _bring(p):
    group = made.proposed(p)
    return lambda: actions.bring_before_network([group], title="G", text="T", by=p.secretariat)


def _endorsed(p):
    decision = made.called(made.brought(p), p)
    return lambda: decisions.note_consensus(decision, by=p.co_chair_iom)


OTHER_TERMS = {"title": "T", "text": "T.", "terms_text": "1. Objet : autre"}


def _propose_terms(p):
    group = made.active(p)
    return lambda: actions.propose_terms(group, **OTHER_TERMS, entity=p.unicef, by=p.focal_a)


def _terms_adopted(p):
    proposed = actions.propose_terms(made.active(p), **OTHER_TERMS, entity=p.unicef, by=p.focal_a)
    decision = made.called(proposed, p)
    return lambda: decisions.note_consensus(decision, by=p.co_chair_iom)


def _join(p):
    group = made.proposed(p)
    return lambda: actions.join_group(group, entity=p.unicef, starts_on=clock.today(), by=p.secretariat)


def _leave(p):
    seat = made.seat(made.proposed(p), p, entity=p.unicef)
    return lambda: actions.leave_group(seat, ends_on=clock.today(), by=p.focal_a)


def _wake(p):
    group = actions.put_to_sleep(made.active(p), reason="R", by=p.secretariat)
    return lambda: actions.wake_group(group, by=p.secretariat)


def _edit(p):
    group = made.proposed(p)
    return lambda: actions.edit_group(group, title_fr="Autre", version=group.version, by=p.focal_a)


def _submit(p):
    group = made.endorsed(p)
    return lambda: actions.submit_to_unct(group, submitted_on=clock.today(), by=p.secretariat)


def _validate(p):
    group = made.submitted(p)
    facts = {"validated_on": clock.today(), "unct_reference": "UNCT/1"}
    return lambda: actions.record_unct_endorsement(group, **facts, by=p.rc_office)


def _start(p):
    group = made.validated(p)
    made.chaired(group, p)
    return lambda: actions.start_group(group, active_from=clock.today(), by=p.secretariat)


def _paper(p):
    group, file = made.active(p), SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    return lambda: actions.add_paper(group, title="T", file=file, by=p.focal_a)


def _remove(p):
    paper = made.paper(made.active(p), p)
    return lambda: actions.remove_paper(paper, by=p.secretariat)


def _add_deliverable(p):
    group = made.active(p)
    return lambda: actions.add_deliverable(group, title="T", due_on=clock.today(), by=p.focal_a)


def _edit_deliverable(p):
    one = made.deliverable(made.active(p), p)
    facts = {"title": "T", "due_on": one.due_on, "state": "completed", "paper": None, "version": one.version}
    return lambda: actions.edit_deliverable(one, **facts, by=p.focal_a)


def _remove_deliverable(p):
    one = made.deliverable(made.active(p), p)
    return lambda: actions.remove_deliverable(one, by=p.focal_a)


def _forward(p):
    group = made.active(p)
    return lambda: actions.forward_text(group, title="T", text="T.", entity=p.unicef, by=p.focal_a)


def _convene(p):
    group = made.active(p)
    return lambda: made.meeting(group, p)


def _change_meeting(p):
    one = made.meeting(made.active(p), p)
    facts = {**made.PLAN, "starts_at": one.starts_at, "place": "BCR", "version": one.version}
    return lambda: actions.change_group_meeting(one, **facts, by=p.focal_a)


def _call_off_meeting(p):
    one = made.meeting(made.active(p), p)
    return lambda: actions.call_off_group_meeting(one, reason="R", by=p.focal_a)


def _minute(p):
    one = made.met(made.active(p), p)
    return lambda: actions.minute_group_meeting(one, record="Vu.", version=one.version, by=p.focal_a)


def _invite(p):
    group = made.active(p)
    contact = made.partner_with_contact(group, p)
    return lambda: actions.invite_to_group(group, contacts=[contact], expires_on=clock.today(), by=p.secretariat)


def _revoke(p):
    guest = made.guest(made.active(p), p)
    return lambda: actions.revoke_group_pass(guest, by=p.secretariat)


def _seated(p):
    group = made.validated(p)
    made.seat(group, p, entity=p.unicef)
    return group


def _called(p):
    group = _seated(p)
    made.called_for_chairs(group, p)
    return group


def _call(p):
    group = _seated(p)
    return lambda: made.called_for_chairs(group, p)


def _offer(p):
    group = _called(p)
    return lambda: made.offered(group, p)


def _withdraw_offer(p):
    offer = made.offered(_called(p), p)
    return lambda: actions.withdraw_chair_offer(offer, by=p.focal_a)


def _name(p):
    group = made.validated(p)
    offer = made.closed_call(group, p)
    return lambda: made.name(group, p, offer)


def _end_chair(p):
    chair = made.active(p).chairs.get()
    return lambda: actions.end_chair(chair, ends_on=clock.today(), by=p.focal_a)


ACTS = {
    "workinggroups.open_chair_call": _call,
    "workinggroups.offer_to_chair": _offer,
    "workinggroups.withdraw_chair_offer": _withdraw_offer,
    "workinggroups.name_chairs": _name,
    "workinggroups.close_chair_call": _on(_called, actions.close_chair_call, reason="R"),
    "workinggroups.end_chair": _end_chair,
    "workinggroups.add_paper": _paper,
    "workinggroups.remove_paper": _remove,
    "workinggroups.add_deliverable": _add_deliverable,
    "workinggroups.edit_deliverable": _edit_deliverable,
    "workinggroups.remove_deliverable": _remove_deliverable,
    "workinggroups.forward_text": _forward,
    "workinggroups.convene_group": _convene,
    "workinggroups.change_group_meeting": _change_meeting,
    "workinggroups.call_off_group_meeting": _call_off_meeting,
    "workinggroups.minute_group_meeting": _minute,
    "workinggroups.invite_to_group": _invite,
    "workinggroups.revoke_group_pass": _revoke,
    "workinggroups.propose_group": _propose,
    "workinggroups.edit_group": _edit,
    "workinggroups.withdraw_group": _on(made.proposed, actions.withdraw_group),
    "workinggroups.bring_before_network": _bring,
    "workinggroups.groups_endorsed": _endorsed,
    "workinggroups.rework_group": _on(made.endorsed, actions.rework_group),
    "workinggroups.propose_terms": _propose_terms,
    "workinggroups.terms_adopted": _terms_adopted,
    "workinggroups.correct_unct_record": _on(made.validated, actions.correct_unct_record, unct_reference="UNCT/2"),
    "workinggroups.submit_to_unct": _submit,
    "workinggroups.return_from_unct": _on(made.submitted, actions.return_from_unct, reason="R"),
    "workinggroups.record_unct_endorsement": _validate,
    "workinggroups.start_group": _start,
    "workinggroups.put_to_sleep": _on(made.active, actions.put_to_sleep, reason="R"),
    "workinggroups.wake_group": _wake,
    "workinggroups.close_group": _on(made.active, actions.close_group, note="N"),
    "workinggroups.join_group": _join,
    "workinggroups.leave_group": _leave,
}
