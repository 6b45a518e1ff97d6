# SPDX-License-Identifier: EUPL-1.2
"""Writing the sections of an edition: texts and rows, and the links of a matrix."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.kernel.approvals import ApprovalStep
from siac.kernel.errors import Refused
from siac.kernel.text import TEXT_LIMIT, legible, squeeze
from siac.organizations.public import Institution, save_version
from siac.policy.commands.policies import held_edition, tell
from siac.policy.domain.matrices import with_row
from siac.policy.domain.sections import BY_CODE, Column, Kind, Rows, Section, coded, names
from siac.policy.models import PolicyEdition, PolicySection
from siac.policy.options import options_of
from siac.policy.queries import sections_of

CELL_LIMIT, LONG_LIMIT, LINE_LIMIT = 1000, 4000, 300


@transaction.atomic
def save_section(
    *,
    institution: Institution,
    number: int,
    code: str,
    text: str = "",
    rows: Sequence[Mapping[str, Any]] = (),
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> PolicySection:
    """Write a section of a draft: its text and its rows, by the columns of the section, each with the `code`
    it had or without one (9 SQL). Of a matrix only the text is written.

    Raises:
        Refused: the draft cannot be written (policy_closed), has no such section (policy_section), has too
            many rows (policy_rows), an option that is none (policy_option), a participation of nobody or to
            come (policy_people), or somebody saved the section meanwhile (saved_meanwhile).
    """
    edition = held_edition(institution, number, ApprovalStep.WRITE)
    section, sections = BY_CODE.get(code), sections_of(edition)
    if section is None:
        raise Refused("policy_section")
    row = sections[code]
    if section.matrix is not None:
        told: Rows = row.rows
    else:
        today = institution.local_date(now)
        told = _told(section, rows, row.rows, options_of(institution, section, sections, today), today)
    return _save(edition, row, _text(text), told, based_on=based_on, actor=actor, now=now)


@transaction.atomic
def save_cells(
    *,
    institution: Institution,
    number: int,
    code: str,
    row: str,
    said: Mapping[str, str],
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> PolicySection:
    """Write the links of one row of a matrix: their words by column, empty where there is no link (8 SQL).

    Raises:
        Refused: the draft cannot be written (policy_closed), has no such matrix, row or column
            (policy_section), or somebody saved the matrix meanwhile (saved_meanwhile).
    """
    edition = held_edition(institution, number, ApprovalStep.WRITE)
    section, sections = BY_CODE.get(code), sections_of(edition)
    matrix = section.matrix if section else None
    if matrix is None or row not in names(sections[matrix.rows].rows):
        raise Refused("policy_section")
    if not set(said) <= set(names(sections[matrix.columns].rows)):
        raise Refused("policy_section")
    kept = sections[code]
    clean = {column: squeeze(text)[:CELL_LIMIT] for column, text in said.items()}
    told = with_row(kept.rows, row, clean)
    return _save(edition, kept, kept.text, told, based_on=based_on, actor=actor, now=now)


def _save(
    edition: PolicyEdition,
    row: PolicySection,
    text: str,
    rows: Rows,
    *,
    based_on: int | None,
    actor: User | None,
    now: datetime,
) -> PolicySection:
    if row.pk is not None and based_on == 0:
        raise Refused("saved_meanwhile", version=row.version)  # it was empty when they began
    try:
        with transaction.atomic():
            fields = {"text": text, "rows": list(rows)}
            saved = save_version(row, fields, based_on=based_on or None, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("saved_meanwhile", version=1) from error
    if saved.is_changed:
        data = {"edition": edition.pk, "section": row.code, "version": saved.row.version}
        tell(edition.policy, "section_saved", actor, now, data)
    return saved.row


def _text(text: str) -> str:
    return legible(text).strip()[:TEXT_LIMIT]


def _told(
    section: Section,
    rows: Sequence[Mapping[str, Any]],
    known: Rows,
    options: Mapping[str, Collection[str]],
    today: date,
) -> Rows:
    if len(rows) > section.limit:
        raise Refused("policy_rows", most=section.limit)
    clean = [
        {"code": row.get("code") or ""}
        | {each.name: _value(each, row.get(each.name), options, today) for each in section.columns}
        for row in rows
    ]
    return coded(clean, known, section.code[0])


def _value(column: Column, value: Any, options: Mapping[str, Collection[str]], today: date) -> Any:
    """Return what a row says in a column, as it is kept."""
    if column.kind is Kind.NUMBER:
        if not isinstance(value, int) or value < 1:
            raise Refused("policy_people")
        return value
    if column.kind is Kind.DAY:
        if not isinstance(value, date) or value > today:
            raise Refused("policy_people")
        return value.isoformat()
    typed = str(value or "")
    if column.kind is Kind.CHOICE:
        if typed not in options[column.options] and (typed or column.is_asked):
            raise Refused("policy_option", column=column.label)
        return typed
    if column.kind is Kind.LONG:
        return legible(typed).strip()[:LONG_LIMIT]
    return squeeze(typed)[:LINE_LIMIT]
