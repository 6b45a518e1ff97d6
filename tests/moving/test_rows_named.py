# SPDX-License-Identifier: EUPL-1.2
"""Whole numbers that name a row without a foreign key: known of each column, and none of
another body's."""

import re

import pytest
from django.db import models, transaction

from siac.accounts.public import Role
from siac.cases.commands.moved import follow_moved_clocks
from siac.cases.models import Case
from siac.cases.starter.kits import Sort
from siac.clocks.domain import registry as clocks
from siac.clocks.models import Clock
from siac.clocks.public import Moved
from siac.config.moving.exporting import _people, check_named
from siac.config.moving.lines import said
from siac.config.moving.naming import numbers_to_come
from siac.config.moving.rows import Arriving, carried_columns
from siac.config.moving.tables import USERS, ours, travelling_tables
from siac.config.moving.words import MovingError
from siac.documents.models import Attachment
from siac.documents.prepared import _KINDS as PREPARED
from siac.findings.domain.subjects import _NAMES as FINDINGS
from siac.governance.domain.subjects import _KINDS as DECIDED
from siac.infra.crypto import Keyring
from siac.infra.travelling import named_columns, table_of_sort
from siac.notices.models import Notice
from siac.notices.public import NewNotice, queue_many
from siac.notices.registry import _RESOLVERS as RECIPIENTS
from siac.notices.registry import address_of, kind_of
from siac.organizations.translating import _SORTS as TRANSLATED
from siac.policy.progress import _SOURCES as PROGRESS
from siac.processes.domain.subjects import _NAMES as PROCESSES
from siac.signing.domain.signables import _SIGNABLES as SIGNABLES
from tests.factories import NOW, file
from tests.moving.test_numbers_within import check

NOTHING = {
    "catalogue_service": {"fee"},
    "catalogue_servicedraft": {"fee"},
    "clocks_calendarchange": {"position"},
    "documents_attachment": {"size"},
    "improvement_action": {"cost"},
    "journal_checkpoint": {"upto_xid"},
    "journal_journalentry": {"xid"},
    "mailbox_incomingmail": {"size"},
    "mailbox_mailbox": {"uid_validity", "last_uid", "probe_messages"},
    "offline_offlinerecord": {"offset_seconds"},
    "surveys_wave": {"seed"},
}
"""Whole numbers of 64 bits that name no row: sums of money, bytes, seeds, numbers of servers, and the
place up to which a list was gone through."""
COUNTS = {
    "after", "ahead_days", "among", "amount", "answer_days", "anticipation", "appeals",
    "appeals_decided", "appeals_lost", "arrived", "attempts", "bad_to", "base_version", "based_on",
    "before", "before_total", "between", "beyond", "calendar_days", "calls", "case_version",
    "config_version", "contacts", "contest_days", "cost", "count", "criticals", "days", "days_late",
    "decision_days", "delay_days", "done", "draft_version", "early_minutes", "edition", "every_months",
    "expected", "extended", "extended_amount", "failures", "first", "frequent_among", "frequent_first",
    "good_from", "guide_version", "handled", "head_count", "height", "held", "high", "hours",
    "keep_days", "kind_version", "kit_version", "labels", "last", "late_minutes", "learned", "least",
    "least_served", "left", "left_out", "level", "line", "low", "mark", "mean_days", "measured", "men",
    "met", "minutes", "missing", "most_km", "most_open", "most_people", "moved", "net", "notice_hours",
    "number", "offer_hours", "offset", "open_days", "original_size", "pages", "parts", "people",
    "percent", "percent_within", "periods", "place", "places", "population", "population_size", "port",
    "position", "present", "progress", "promised", "quorum_number", "rating", "reach", "reached",
    "referral_days", "refused", "registration_days", "remedy_days", "reminder_hours", "reporting_days",
    "rest_days", "retention_months", "review_days", "reviews", "revision", "round", "rows",
    "rows_loaded", "rows_rejected", "rows_repeated", "rows_updated", "rule_version", "satisfaction",
    "saves", "score", "seat", "seats", "sent_number", "sent_year", "seq", "sequence", "served",
    "severity", "share", "shrinkage", "signed_size", "size", "smallest_group", "snoozed_version",
    "standard_days", "status", "survey_version", "term_margin", "terms_version", "told_days", "top",
    "total", "tries", "turn", "unit_days", "version", "version_from", "version_to", "waited", "weight",
    "width", "within", "women", "year",
}  # fmt: skip
"""Names of smaller ones, which only count or measure: a number of a block has no room in 32 bits."""


def whole(model: type[models.Model]) -> list[models.Field]:
    """Return the columns of a model with whole numbers that are neither its key nor a foreign key."""
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, models.IntegerField) and not each.is_relation and not each.primary_key
    ]


def test_of_each_whole_number_it_is_known_which_rows_it_names():
    found: dict[str, set[str]] = {}
    small: set[str] = set()
    for model in ours():
        table = model._meta.db_table
        named = {each.column for each in named_columns(table)}
        for each in whole(model) if table in travelling_tables() else ():
            if each.column not in named:
                if isinstance(each, models.BigIntegerField | models.PositiveBigIntegerField):
                    found.setdefault(table, set()).add(each.column)
                else:
                    small.add(each.column)
    assert found == NOTHING, "say in `travelling.py` of its context which rows it names (`register_named`)"
    assert small == COUNTS, "a count says so here; what names a row has 64 bits, and says which"


def test_what_is_named_is_there():
    tables = travelling_tables()
    for table in tables.values():
        for each in named_columns(table.name):
            assert each.column in table.columns and bool(each.of) != bool(each.by), each
            assert each.of in (*tables, USERS) if each.of else each.by in table.columns, each


def test_each_word_that_others_have_for_things_says_whose_rows_they_are():
    words = {
        *FINDINGS,
        *DECIDED,
        *PROCESSES,
        *PROGRESS,
        *TRANSLATED,
        *(word for word, found in RECIPIENTS.items() if found.__module__.startswith("siac.")),
        *clocks._subjects,
        *SIGNABLES,
    }
    words |= {each.file_of for each in SIGNABLES.values()}
    words |= {word for each in PREPARED.values() for word in (each.kind, each.waits_as)}
    words |= {str(each) for each in Sort}
    lost = {word for word in words if table_of_sort(word) not in (*travelling_tables(), USERS)}
    assert not lost, "say it in `travelling.py` of its context (`register_sorts`)"


def told(house, recipient: str, subject: tuple[str, int], kind: str = "cases.code_again") -> Notice:
    (row,) = queue_many(house.institution.pk, [NewNotice(kind, recipient, "email", *subject)], NOW)
    return row


def clock_of(house, case_id: int) -> Clock:
    row = Clock.objects.filter(institution=house.institution, subject_type="case").order_by("pk").first()
    assert row is not None
    Clock.objects.filter(pk=row.pk).update(subject_id=case_id)
    return row


def named_wrongly(house, other_house, which: str) -> str:
    """Let a row of a body name one of another and return where the import says so."""
    mine, theirs = file(house), file(other_house)
    if which == "notice":
        told(house, f"person:{mine.person_id}", ("case", theirs.pk))
        return "notices_notice (subject_id)"
    if which == "clock":
        clock_of(house, theirs.pk)
        return "clocks_clock (subject_id)"
    if which == "file":
        Attachment.objects.create(
            institution=house.institution, subject_type="case", subject_id=theirs.pk, name="a", size=1,
            media_type="application/pdf", sha256="0" * 64, storage_key="x", visibility="internal",
            scan_state="off", uploaded_at=NOW,
        )  # fmt: skip
        return "documents_attachment (subject_id)"
    if which == "future":
        told(house, f"person:{mine.person_id}", ("case", numbers_to_come()["cases_case"][0] + 7))
        return "notices_notice (subject_id)"
    if which == "unknown":
        told(house, f"person:{mine.person_id}", ("thing", mine.pk))
        return "notices_notice (subject_id)"
    other = {"user": f"user:{other_house.user(Role.AUDITOR).pk}", "person": f"person:{theirs.person_id}"}
    told(house, other.get(which, "user: 7"), ("case", mine.pk))
    return "notices_notice (recipient)"


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["notice", "clock", "file", "future", "unknown", "user", "person", "odd"])
def test_a_row_that_names_one_of_another_body_is_found(house, other_house, which):
    where = named_wrongly(house, other_house, which)
    with pytest.raises(MovingError, match=re.escape(where)):
        check(house)
    if which not in ("user", "future"):  # whom it names goes along; what is to come there, nobody knows here
        with pytest.raises(MovingError, match=re.escape(where)):
            check_named(house.institution.pk)


@pytest.mark.django_db
def test_what_is_of_the_body_or_of_nobody_any_more_is_in_order(house):
    mine = file(house)
    told(house, f"user:{house.user(Role.AUDITOR).pk}", ("case", mine.pk))
    told(house, "", ("case", 10**15))
    check(house)
    check_named(house.institution.pk)


@pytest.mark.django_db
def test_a_letter_about_a_request_of_another_body_is_not_written(house, other_house):
    mine, theirs = file(house), file(other_house)
    for kind in ("cases.code_again", "cases.receipt"):
        row = told(house, f"person:{mine.person_id}", ("case", theirs.pk), kind)
        registered = kind_of(row)
        assert registered is not None
        for render in filter(None, (registered.render, registered.short)):
            with pytest.raises(Case.DoesNotExist):
                render(row)


@pytest.mark.django_db
def test_nobody_is_written_to_who_is_not_of_the_house(house, other_house):
    mine, theirs = house.user(Role.AUDITOR), other_house.user(Role.AUDITOR)
    assert address_of(told(house, f"user:{mine.pk}", ("user", mine.pk))) is not None
    assert address_of(told(house, f"user:{theirs.pk}", ("user", theirs.pk))) is None
    mine.is_active = False
    mine.save()
    assert address_of(told(house, f"user:{mine.pk}", ("user", mine.pk))) is None


@pytest.mark.django_db
def test_a_change_of_calendar_moves_no_request_of_another_body(house, other_house):
    theirs, day = file(other_house), NOW.date()
    clock = clock_of(house, theirs.pk) if file(house) else None
    assert clock is not None
    move = Moved(clock.pk, house.institution.pk, "case", theirs.pk, clock.due_on, day)
    with transaction.atomic():
        follow_moved_clocks([move], NOW)
    before = theirs.due_on
    theirs.refresh_from_db()
    assert theirs.due_on == before


@pytest.mark.django_db
def test_notices_to_somebody_with_another_account_there_are_for_that_one(house):
    table = travelling_tables()["notices_notice"]
    columns, key = carried_columns(table), Keyring(b"0" * 32)
    arriving = Arriving(table, journey=key, vault=key, ids={USERS: {3: 7, 4: 4}})

    def arrived(recipient: str, sort: str, number: int) -> tuple[bytes, bytes]:
        cells = [b"1"] * len(columns)
        for column, value in (("recipient", recipient), ("subject_type", sort), ("subject_id", number)):
            cells[columns.index(column)] = said(value)
        (row,) = b"".join(arriving.rows([b"\t".join(cells) + b"\n"], None)).splitlines()
        found = row.split(b"\t")
        return found[columns.index("recipient")], found[columns.index("subject_id")]

    assert arrived("user:3", "user", 3) == (b"user:7", b"7")
    assert arrived("user:4", "case", 3) == (b"user:4", b"3")
    assert arrived("person:3", "case", 3) == (b"person:3", b"3")
    journal = travelling_tables()["journal_journalentry"]
    assert not Arriving(journal, journey=key, vault=key, ids={USERS: {3: 7}}).named


@pytest.mark.django_db
def test_whoever_only_a_notice_or_the_journal_names_goes_along(house, other_house):
    stranger = other_house.user(Role.AUDITOR).pk
    assert stranger not in _people(house.institution.pk)
    told(house, f"user:{stranger}", ("user", stranger))
    assert stranger in _people(house.institution.pk)
