# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signin.scim import discovery, resources

app_name = "scim"
urlpatterns = [
    path("", resources.nothing, name="root"),
    path("Users", resources.users, name="users"),
    path(".search", resources.all_found, name="all_found"),
    path("Users/.search", resources.users_found, name="users_found"),
    path("Groups/.search", resources.groups_found, name="groups_found"),
    path("Users/<uuid:key>", resources.user, name="user"),
    path("Groups", resources.groups, name="groups"),
    path("Groups/<uuid:key>", resources.group, name="group"),
    path("ServiceProviderConfig", discovery.provider_config, name="config"),
    path("Schemas", discovery.all_schemas, name="schemas"),
    path("Schemas/<str:name>", discovery.one_schema, name="schema"),
    path("ResourceTypes", discovery.all_types, name="types"),
    path("ResourceTypes/<str:name>", discovery.one_type, name="type"),
    path("<path:rest>", resources.nothing, name="nothing"),
]
