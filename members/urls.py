"""Addresses of the list of members under ``membres/`` and of one's own account under ``compte/``."""

from typing import Any

from django.urls import include, path

from members.views import accounts, directory, entities, people, succession, ties

app_name = "members"

people_patterns: list[Any] = [
    path("", people.person_list, name="person_list"),
    path("ajouter/", people.person_add, name="person_add"),
    path("<int:pk>/", people.person_detail, name="person_detail"),
    path("<int:pk>/modifier/", people.person_edit, name="person_edit"),
    path("<int:pk>/inviter/", people.person_invite, name="person_invite"),
    path("<int:pk>/desactiver/", people.person_deactivate, name="person_deactivate"),
    path("<int:pk>/reactiver/", people.person_reactivate, name="person_reactivate"),
    path("<int:pk>/transmettre/", succession.succession, name="succession"),
    path("<int:pk>/roles/accorder/", ties.role_grant, name="role_grant"),
]
members_patterns: list[Any] = [
    path("", directory.directory, name="directory"),
    path("export.xlsx", directory.directory_export, name="directory_export"),
    path("personnes/", include(people_patterns)),
    path("invitations/<int:pk>/revoquer/", people.invitation_revoke, name="invitation_revoke"),
    path("sieges-vacants/", succession.empty_seats, name="empty_seats"),
    path("copresidence/", directory.co_chairs, name="co_chairs"),
    path("copresidence/enregistrer/", directory.term_record, name="term_record"),
    path("copresidence/<int:pk>/terminer/", ties.term_end, name="term_end"),
    path("copresidence/<int:pk>/retirer/", ties.term_remove, name="term_remove"),
    path("adhesions/<int:pk>/terminer/", ties.membership_end, name="membership_end"),
    path("adhesions/<int:pk>/retirer/", ties.membership_remove, name="membership_remove"),
    path("points-focaux/<int:pk>/terminer/", ties.focal_point_end, name="focal_point_end"),
    path("points-focaux/<int:pk>/retirer/", ties.focal_point_remove, name="focal_point_remove"),
    path("delegations/<int:pk>/terminer/", ties.delegation_end, name="delegation_end"),
    path("delegations/<int:pk>/retirer/", ties.delegation_remove, name="delegation_remove"),
    path("roles/<int:pk>/terminer/", ties.role_end, name="role_end"),
    path("roles/<int:pk>/retirer/", ties.role_remove, name="role_remove"),
    path("entites/ajouter/", entities.entity_add, name="entity_add"),
    path("<slug:slug>/", entities.entity_detail, name="entity_detail"),
    path("<slug:slug>/modifier/", entities.entity_edit, name="entity_edit"),
    path("<slug:slug>/logo/", entities.logo_change, name="logo_change"),
    path("<slug:slug>/logo.png", entities.entity_logo, name="entity_logo"),
    path("<slug:slug>/confirmer/", entities.details_confirm, name="details_confirm"),
    path("<slug:slug>/adhesions/enregistrer/", entities.membership_record, name="membership_record"),
    path("<slug:slug>/points-focaux/nommer/", entities.focal_point_name, name="focal_point_name"),
]
urlpatterns = [
    path("membres/", include(members_patterns)),
    path("compte/", accounts.account, name="account"),
    path("compte/mes-donnees/", accounts.own_data, name="own_data"),
    path("compte/mes-donnees/export.xlsx", accounts.own_data_export, name="own_data_export"),
    path("compte/deleguer/", ties.voice_delegate, name="voice_delegate"),
    path("compte/modifier/", accounts.account_edit, name="account_edit"),
    path("compte/invitation/<str:token>/", accounts.invitation_accept, name="invitation_accept"),
]
