# SPDX-License-Identifier: EUPL-1.2
"""Whatever a body has is copied into its practice body, or named as what stays
behind: nothing that comes later is forgotten.
"""

from django.apps import apps

from siac.organizations.models import Institution
from siac.organizations.public import left_behind, practice_parts


def of_a_body() -> set[str]:
    """Return the models with a key to a body."""
    return {
        model._meta.label
        for model in apps.get_models()
        if model is not Institution
        and any(field.related_model is Institution for field in model._meta.concrete_fields)
    }


def test_every_model_of_a_body_is_copied_or_stays_behind_with_a_reason():
    copied = [label for part in practice_parts() for label in part.models]
    assert len(copied) == len(set(copied))
    assert set(copied) & set(left_behind()) == set()
    assert set(copied) | set(left_behind()) == of_a_body()
    assert all(reason.endswith(".") for reason in left_behind().values())


def test_every_field_of_what_is_copied_is_known():
    """A field that is added to a model of configuration is copied too, or said here not to be."""
    settled = {
        "organizations.Unit": {"successor", "is_active", "sort_key", "version"},
        "organizations.Membership": {"since"},
        "catalogue.Topic": {"sort_key", "is_active", "code", "version"},
        "catalogue.Service": {
            "sort_key",
            "is_active",
            "code",
            "version",
            "ends_on",
            "end_reason",
            "reminded_on",
        },
        "servicepoints.ServicePoint": {"sort_key", "is_active", "version", "territory"},
        "servicepoints.CareProtocol": {"is_active", "version"},
        "counter.QueueLine": {"is_active", "version"},
        "counter.Desk": {"is_active", "version"},
        "appointments.Agenda": {"is_active", "version"},
        "cases.Cause": {"sort_key", "is_active", "code", "version"},
        "cases.AnswerTemplate": {"is_active", "version"},
        "cases.RoutingRule": {"position", "is_active", "version", "turn"},
        "clocks.OwnRule": {"version", "base_version", "saved_by", "saved_at"},
    }
    said = {
        "organizations.Unit": {"parent", "code", "name", "email", "place"},
        "organizations.Membership": {"user", "unit", "role", "until"},
        "catalogue.Topic": {"parent", "name", "unit", "approver"},
        "counter.QueueLine": {"point", "prefix", "name", "hint", "unit", "topic", "service"},
        "counter.Desk": {"point", "name", "line_ids"},
        "appointments.Agenda": {
            "point",
            "line",
            "service",
            "name",
            "is_online",
            "minutes",
            "between",
            "places",
            "windows",
            "notice_hours",
            "ahead_days",
            "most_open",
            "bring",
            "asks_document",
            "reminder_hours",
            "has_waiting_list",
            "offer_hours",
            "early_minutes",
            "late_minutes",
            "keep_days",
        },
        "servicepoints.ServicePoint": {
            "unit",
            "code",
            "name",
            "kind",
            "address",
            "commune",
            "latitude",
            "longitude",
            "directions",
            "phone",
            "email",
            "website",
            "channels",
            "access",
            "access_note",
            "closing_reason",
            "instead",
            "schedule",
            "hours_note",
            "in_charge",
            "service_ids",
            "no_services",
        },
        "servicepoints.CareProtocol": {"channel", "steps", "rights", "duties"},
        "catalogue.Service": {
            "name",
            "offering",
            "fee",
            "fee_unit",
            "form_links",
            "questions",
            "review_on",
            "audience",
            "summary",
            "entitled",
            "requirements",
            "steps",
            "channels",
            "cost",
            "legal",
            "amount",
            "unit",
            "starts_at",
            "ends_at",
            "responsible",
            "in_charge",
            "topic",
            "reach",
            "reach_source",
            "process",
        },
        "cases.Cause": {"name"},
        "cases.AnswerTemplate": {"owner", "unit", "title", "body"},
        "cases.RoutingRule": {
            "name",
            "on_classified",
            "kinds",
            "channels",
            "topics",
            "senders",
            "words",
            "places",
            "answers",
            "restricted",
            "set_topic",
            "set_unit",
            "set_assignee",
            "in_turn",
            "set_restricted",
        },
        "clocks.OwnRule": {
            "code",
            "name",
            "document",
            "url",
            "base_rule",
            "amount",
            "unit",
            "extended",
            "waits",
            "shifts",
            "valid_from",
        },
    }
    for label, names in said.items():
        known = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert known - {"id", "institution"} == names | settled[label], label
