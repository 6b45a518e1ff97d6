# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signin import scim

app_name = "scim"
urlpatterns = [
    path("", scim.nothing, name="root"),
    path("Users", scim.users, name="users"),
    path(".search", scim.all_found, name="all_found"),
    path("Users/.search", scim.users_found, name="users_found"),
    path("Groups/.search", scim.groups_found, name="groups_found"),
    path("Users/<uuid:key>", scim.user, name="user"),
    path("Groups", scim.groups, name="groups"),
    path("Groups/<uuid:key>", scim.group, name="group"),
    path("ServiceProviderConfig", scim.provider_config, name="config"),
    path("Schemas", scim.all_schemas, name="schemas"),
    path("Schemas/<str:name>", scim.one_schema, name="schema"),
    path("ResourceTypes", scim.all_types, name="types"),
    path("ResourceTypes/<str:name>", scim.one_type, name="type"),
    path("<path:rest>", scim.nothing, name="nothing"),
]
