# SPDX-License-Identifier: EUPL-1.2
"""From the staging table of one connection into the register, set by set."""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from siac.cases.commands.filing import form_text
from siac.cases.commands.planning import legal_spec
from siac.cases.models import Case, CaseText, ImportBatch
from siac.cases.queries import kinds
from siac.clocks.public import book_for, copy_planned, plan_clock, versions_for
from siac.journal.public import NewEntry, digest_with, record_many
from siac.organizations.public import Institution
from siac.people.public import PersonData, PersonKind, save_people

SLICE = 2000
_TOLD = (
    "case_id",
    "original_number",
    "digest",
    "kind_id",
    "topic_id",
    "unit_id",
    "person_id",
    "filed_at",
    "due_on",
)
_ROW = ("original_number", "kind_id", "topic_id", "unit_id", "person_id", "filed_at")
_FORM = ("subject", "spot", "salt")
_SEALED = (
    "tracking_code",
    "state",
    "channel",
    "assignee_id",
    "answered_at",
    "answer_days",
    "closed_at",
    "is_restricted",
    *_FORM,
)
"""Columns of the stage: what the entry of a case says, and what its seals cover besides."""
STAGE = """
CREATE TEMPORARY TABLE import_stage (
  place int PRIMARY KEY, case_id bigint NOT NULL, original_number text NOT NULL, tracking_code text NOT NULL,
  kind_id bigint NOT NULL, state text NOT NULL, channel text NOT NULL, topic_id bigint, unit_id bigint,
    assignee_id bigint,
  filed_at timestamptz NOT NULL, answered_at timestamptz, answer_days int, closed_at timestamptz, due_on date,
  is_restricted boolean NOT NULL, subject text NOT NULL, body text NOT NULL, spot text NOT NULL, salt text
    NOT NULL,
  digest text NOT NULL, tokens text NOT NULL, person text, person_id bigint)
"""
_TEXTS = """
INSERT INTO cases_casetext (case_id, institution_id, subject, body, answers, place, salt, search)
SELECT case_id, %s, subject, body, '{}'::jsonb, spot, salt, to_tsvector('simple', tokens)
FROM pg_temp.import_stage ORDER BY place
"""
_CASES = """
INSERT INTO cases_case (
  id, institution_id, year, number, tracking_code, kind_id, state, channel, topic_id, unit_id, assignee_id,
    person_id, filed_at, due_on,
  legal_due_on, answered_at, answer_days, closed_at, outcome, ending, reviews, is_restricted, version,
    batch_id,
  original_number)
SELECT case_id, %s, %s, %s + row_number() OVER (ORDER BY place) - 1, tracking_code, kind_id, state, channel,
  topic_id, unit_id, assignee_id,
  person_id, filed_at, due_on, due_on, answered_at, answer_days, closed_at, '', '', 0, is_restricted, 1, %s,
  original_number
FROM pg_temp.import_stage ORDER BY place
"""


def _slices(columns: str, staged: int, condition: str = "TRUE") -> Iterator[list[tuple[Any, ...]]]:
    """Yield the staged rows that meet `condition`, some thousands at a time;
    both words are this module's own.
    """
    within = f"place > %s AND place <= %s AND {condition}"
    sql = f"SELECT {columns} FROM pg_temp.import_stage WHERE {within} ORDER BY place"  # noqa: S608
    for start in range(0, staged, SLICE):
        with connection.cursor() as cursor:
            cursor.execute(sql, [start, start + SLICE])
            rows = cursor.fetchall()
        if rows:
            yield rows


def write_people(institution: Institution, staged: int, *, now: datetime) -> None:
    """Keep the people of the staged rows in the vault and note their ids on the rows."""
    for rows in _slices("place, person", staged, "person IS NOT NULL"):
        people = [_person(text) for _, text in rows]
        ids = save_people(institution.pk, people, now)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pg_temp.import_stage s SET person_id = v.id, person = NULL"
                " FROM unnest(%s::int[], %s::bigint[]) AS v(place, id) WHERE s.place = v.place",
                [[place for place, _ in rows], ids],
            )


def _person(text: str) -> PersonData:
    values = json.loads(text)
    values["kind"] = PersonKind(values["kind"])
    return PersonData(**values)


def insert_texts(institution: Institution) -> None:
    """Write the texts; the case they belong to comes before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [institution.pk])


def write_clocks(institution: Institution, staged: int) -> None:
    """Start the legal clock of every staged case that is still open."""
    by_kind, versions, book = kinds(institution), versions_for(institution), book_for(institution)
    columns = "case_id, kind_id, channel, unit_id, filed_at, place"
    for rows in _slices(columns, staged, "due_on IS NOT NULL"):
        clocks = []
        for case_id, kind_id, channel, unit_id, filed_at, _ in rows:
            spec = legal_spec(
                institution,
                by_kind[kind_id],
                channel=channel,
                unit_id=unit_id,
                filed_at=filed_at,
                case_id=case_id,
            )
            clocks.append(plan_clock(spec, versions=versions, book=book))
        copy_planned(clocks)
        _note_due(rows, [clock.due_on for clock in clocks])


def _note_due(rows: list[tuple[Any, ...]], days: list[Any]) -> None:
    """Note the due days on the rows: the unit's own place may have another calendar than the body's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_temp.import_stage s SET due_on = v.due "
            "FROM unnest(%s::int[], %s::date[]) AS v(place, due)"
            " WHERE s.place = v.place AND s.due_on <> v.due",
            [[row[-1] for row in rows], days],
        )


def write_journal(batch: ImportBatch, staged: int, *, now: datetime) -> None:
    """Begin the journal of every staged case with one entry."""
    columns = ", ".join((*_TOLD, *_SEALED))
    for rows in _slices(columns, staged):
        entries = [
            NewEntry(f"case:{row[0]}", "cases.imported", _told(batch, row), batch.created_by_id)
            for row in rows
        ]
        record_many(batch.institution_id, entries, now, new_streams=True)


def _told(batch: ImportBatch, row: tuple[Any, ...]) -> dict[str, Any]:
    said = dict(zip((*_TOLD, *_SEALED), row, strict=True))
    _, number, digest, kind_id, topic_id, unit_id, person_id, filed_at, due_on = row[: len(_TOLD)]
    columns = {name: said[name] for name in (*_ROW, *_SEALED[: -len(_FORM)])}
    case = Case(institution_id=batch.institution_id, batch_id=batch.pk, legal_due_on=due_on, **columns)
    text = CaseText(subject=said["subject"], place=said["spot"], answers={})
    return {
        "row": case.row_seal,
        "form": digest_with(form_text(text), said["salt"]),
        "batch": batch.pk,
        "original": sha256(number.encode()).hexdigest(),
        "text": digest,
        "kind": kind_id,
        "topic": topic_id,
        "unit": unit_id,
        "assignee": said["assignee_id"],
        "person": person_id,
        "filed_on": batch.institution.local_date(filed_at),
        "due_on": due_on,
    }


def insert_cases(batch: ImportBatch, *, year: int, first: int) -> None:
    """Insert the cases with the folios from `first` on, in the order of the file."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [batch.institution_id, year, first, batch.pk])
