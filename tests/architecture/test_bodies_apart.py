# SPDX-License-Identifier: EUPL-1.2
"""The rows of bodies lie apart: each is of one body, no key holds across two, and no page reads rows of all.

So an installation is split by moving bodies, each into a database of some, without a change of any model:
`docs/operate/sizes.md`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from siac.accounts.public import Role
from tests.architecture.samples import SAMPLES, address_of, build_objects, citizen_cookies
from tests.architecture.test_odd_input import reader_of
from tests.factories import House

OF_ALL = {
    "accounts.ApiToken": "operators have some that open several bodies",
    "accounts.Session": "people work in several bodies",
    "accounts.SignIn": "whoever signs in has not said yet where",
    "accounts.User": "people work in several bodies",
    "clocks.CalendarLayer": "holidays of a country and its places; those of a body name it",
    "clocks.LayerDay": "the days of these",
    "indicators.Measure": "numbers of the product's own measures",
    "infra.KeyCheck": "keys of the installation",
    "infra.NumberBlock": "numbers of the installation",
    "infra.RateWindow": "how often an address of the network asked",
    "journal.Consumer": "how far each reader is",
    "organizations.Institution": "the bodies themselves",
}
"""Models whose rows are of no body, or not always of one, and why."""
BY_CHANCE = {
    "accounts.ApiToken": {"digest"},
    "appointments.Appointment": {"token_digest"},
    "appointments.Waiter": {"token_digest"},
    "cases.Case": {"tracking_code"},
    "cases.FilingDraft": {"key"},
    "counter.Visit": {"token"},
    "documents.Attachment": {"storage_key"},
    "notices.Notice": {"message_id"},
    "offline.OfflineDevice": {"key"},
    "organizations.Invitation": {"digest"},
    "signin.DirectoryGroup": {"key"},
    "signin.DirectoryUser": {"key"},
    "signin.Identification": {"digest"},
    "signing.PortTicket": {"digest"},
    "surveys.DraftAssociation": {"token"},
    "surveys.Invitation": {"token"},
    "surveys.PanelMember": {"token"},
    "surveys.PaperEntry": {"key"},
    "surveys.SurveyLink": {"token"},
}
"""Keys that are drawn by lot, long enough to meet nobody's: they open something before a body is known."""


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("siac.")]


def is_of_a_body(model: type[models.Model], seen: tuple[Any, ...] = ()) -> bool:
    """Whether each row names its body, or a row that does."""
    fields = [each for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey)]
    if any(each.name == "institution" for each in fields):
        return not model._meta.get_field("institution").null
    towards = [each.related_model for each in fields if not each.null and each.related_model not in seen]
    return any(is_of_a_body(each, (*seen, model)) for each in towards)


def unique_keys(model: type[models.Model]) -> Iterator[list[str]]:
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield [field.name]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            named = [str(each) for each in constraint.expressions]
            yield list(constraint.fields) or re.findall(r"F\((\w+)\)", " ".join(named))
    yield from (list(each) for each in model._meta.unique_together)


def begins_with_a_body(model: type[models.Model], key: list[str]) -> bool:
    """Whether a key or an index begins with the body, or with a row that is of one."""
    if not key:
        return False
    field = model._meta.get_field(key[0])
    if not isinstance(field, models.ForeignKey):
        return False
    return field.related_model._meta.label == "organizations.Institution" or is_of_a_body(field.related_model)


def indexes(model: type[models.Model]) -> Iterator[tuple[str, list[str]]]:
    for index in model._meta.indexes:
        named = re.findall(r"F\((\w+)\)", " ".join(map(str, index.expressions)))
        yield index.name, [name.lstrip("-") for name in index.fields or named]


def test_every_row_is_of_one_body():
    assert {each._meta.label for each in ours() if not is_of_a_body(each)} == set(OF_ALL)


NUMBERED = {
    ("charters.Breach", "clock_id"), ("cases.CaseAlert", "clock_id"), ("cases.Redaction", "attachment_id"),
    ("processes.ProcessRun", "subject_kind"),
}  # fmt: skip
"""Keys led by the number of a row of the body's own, which has no constraint to it."""
ACROSS = {
    ("signin.MailDomain", "domain"),  # what is one body's is no other's
    ("organizations.Membership", "user"), ("cases.Mention", "user"),  # a person, who works in several
    ("infra.JobFault", "job"),  # the body comes next
}  # fmt: skip
"""Keys that begin with what bodies share."""
OF_JOBS = {
    "cases_bulk_age", "cases_dossier_age", "cases_draft_age", "cases_export_age", "catalogue_opinions_old",
    "clocks_clock_unannounced", "clocks_movelist_age", "journal_entry_settled",
    "mailbox_mail_age", "mailbox_mail_new", "notices_due", "people_identity_terms",
    "signin_identification_age", "transparency_package_age", "webhooks_age", "webhooks_due",
}  # fmt: skip
"""Indexes by which a job finds what is due or old, of all bodies at once: queues of the installation."""
NOT_LED = {
    "cases_paper_search", "cases_text_search", "journal_entry_readings", "people_identity_tokens",  # words
    "notices_texts",  # what texts of the installation cost
    "offline_device_officer",  # a person, who works in several
}  # fmt: skip
"""Indexes that begin with something else, and why; a statement by them names the body beside."""


def test_every_key_and_every_index_begins_with_the_body_or_a_row_of_it():
    found = []
    for model in ours():
        label = model._meta.label
        for key in unique_keys(model):
            by_chance = set(key) <= BY_CHANCE.get(label, set())
            if label not in OF_ALL and not by_chance and not begins_with_a_body(model, key):
                found.append((label, key[0]))
    assert sorted(set(found)) == sorted(NUMBERED | ACROSS)
    loose = {
        name
        for model in ours()
        if model._meta.label not in OF_ALL
        for name, columns in indexes(model)
        if not begins_with_a_body(model, columns)
    }
    assert loose == OF_JOBS | NOT_LED


TABLE = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)"?')
INSERT = re.compile(r"\s*(?:WITH p0 AS \()?\s*INSERT")
NAMED = re.compile(
    r"""(?:id|code|token|key|digest|slug|tokens)"?\)?\s+(?:=|IN|&&)\s*(?:\(|'|\d|ANY|%s|\$\d|ARRAY)|unnest"""
)
"""What a statement says so that it does not look through the rows of all: a body, a row, or a key
of one, each by its value and not by a column of another table."""


def tables_of_bodies() -> set[str]:
    return {each._meta.db_table for each in ours() if is_of_a_body(each)}


@pytest.mark.django_db
def test_no_page_looks_through_the_rows_of_all_bodies(house: House):
    objects = build_objects(house)
    clients: dict[Role | None, Client] = {role: house.client(role) for role in (None, *Role)}
    tables, found = tables_of_bodies(), set()
    for client in clients.values():
        client.cookies.load(citizen_cookies(house, objects))
    for name, sample in SAMPLES.items():
        if sample.post or not name.startswith(("workspace:", "portal:")):
            continue
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            response = clients[reader_of(name)].get(address_of(name, sample, objects))
            if getattr(response, "streaming", False):
                b"".join(response)
            transaction.set_rollback(True)
        for query in asked.captured_queries:
            sql = query["sql"]
            if not INSERT.match(sql) and set(TABLE.findall(sql)) & tables and not NAMED.search(sql):
                found.add((name, sql[-300:]))
    assert "\n".join(f"{name}: {sql}" for name, sql in sorted(found)) == ""
