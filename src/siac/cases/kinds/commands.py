# SPDX-License-Identifier: EUPL-1.2
"""Changes of the kinds of request a body receives."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from siac.accounts.public import User
from siac.cases.domain.checklist import parse_checklist
from siac.cases.domain.complaints_book import BOOK_RULE
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case, CaseKind, CaseText, Erases, Reader
from siac.clocks.public import book_for, is_own, parse_ladder
from siac.journal.public import NewEntry, record_many
from siac.kernel.errors import Refused
from siac.kernel.questions import parse_questions
from siac.organizations.public import Institution, note_configuration, save_version

_SLICE = 2000
_COUNTED = 1000
"""Cases that answered a question are counted up to here."""


@transaction.atomic
def save_kind(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    kind: CaseKind | None = None,
    based_on: int | None = None,
    drop_answered: bool = True,
    **fields: Any,
) -> CaseKind:
    """Add a kind of request, or change `kind`; cases already filed keep the clocks they started with.

    Where the kind is restricted, so are the cases filed before it was: who closes a kind does not think of
    dates. A kind that is opened again leaves them restricted, each to be opened by itself. A save that
    changes something is a new version, which keeps who saved it, when, and all fields.

    `based_on` is the version that whoever edits had before them; None does not ask. Without `drop_answered`
    it refuses to give up a question that cases answered (what they answered stays with them either way);
    looking for them reads the texts of the kind.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), a question that cases answered would go
            (kind_question_answered, with `questions`), a question or the ladder is badly defined, the
            rule does not exist today, the code is another kind's, a number of days cannot be, or its
            readers do not fit (see `CaseKind.readers`).
    """

    def check(row: CaseKind, before: Mapping[str, Any] | None) -> None:
        parse_questions(row.questions)
        parse_checklist(row.checklist)
        parse_ladder(row.ladder), parse_ladder(row.appeal_ladder)
        _check_readers(row)
        _check_rules(institution, row, now)
        if before is not None and not drop_answered:
            _check_dropped(row, before)

    named = kind or CaseKind(institution=institution)
    try:
        saved = save_version(named, fields, based_on=based_on, actor=actor, now=now, check=check)
    except IntegrityError as error:
        raise _refusal(fields.get("code", named.code), str(error)) from error
    row = saved.row
    if not saved.is_changed:
        return row
    data = {"kind": row.pk, "code": row.code, "version": row.version}
    if row.is_restricted and saved.before is not None:
        data["restricted"] = _restrict_earlier(row, actor=actor, now=now)
    note_configuration(institution.pk, "cases.kind_saved", actor=actor, now=now, data=data)
    return row


def _check_dropped(row: CaseKind, before: Mapping[str, Any]) -> None:
    """Refuse to give up questions that cases answered, each named with how many did."""
    kept = {question["code"] for question in row.questions}
    found = []
    for question in before["questions"]:
        if question["code"] not in kept:
            answered = CaseText.objects.filter(
                institution_id=row.institution_id, case__kind=row, answers__has_key=question["code"]
            )
            count = answered[: _COUNTED + 1].count()
            found += [(question["label"], min(count, _COUNTED), count > _COUNTED)] if count else []
    if found:
        named = "; ".join(
            (
                f"«{label}» ({'más de ' if is_more else ''}{count} "
                f"{'solicitud' if count == 1 else 'solicitudes'})"
            )
            for label, count, is_more in found
        )
        raise Refused("kind_question_answered", questions=named)


def _restrict_earlier(row: CaseKind, *, actor: User | None, now: datetime) -> int:
    """Restrict the cases filed before the kind was, each with its entry; return how many."""
    count, last = 0, 0
    while True:
        open_ones = cases_to_lock().filter(institution_id=row.institution_id, kind=row, is_restricted=False)
        rows = list(open_ones.filter(pk__gt=last)[:_SLICE])
        if not rows:
            return count
        for case in rows:
            case.is_restricted = True
        keys = [case.pk for case in rows]
        Case.objects.filter(pk__in=keys).update(is_restricted=True, version=F("version") + 1)
        data = {"ground": "kind", "kind": row.pk}
        entries = [
            NewEntry(
                case.stream, "cases.restricted", {**data, "row": case.row_seal}, actor.pk if actor else None
            )
            for case in rows
        ]
        record_many(row.institution_id, entries, now)
        count, last = count + len(rows), keys[-1]


def _check_rules(institution: Institution, row: CaseKind, now: datetime) -> None:
    """Refuse rules that count for nobody today, and a term of the law that no law stands behind."""
    book, today = book_for(institution), institution.local_date(now)
    rule = book.in_force(row.rule_id, today)
    if not rule.law_behind:
        raise Refused("kind_rule_without_law")
    if rule.within == BOOK_RULE:  # whose words and duties hang on the rule itself
        raise Refused("kind_rule_book")
    if row.standard_rule and not is_own(row.standard_rule):
        raise Refused("kind_standard_not_own")
    if row.standard_rule:
        book.in_force(row.standard_rule, today)


def _check_readers(row: CaseKind) -> None:
    """Refuse readers that cannot be, and an approver who could not read what is to be approved."""
    if not set(row.retention_erases) <= set(Erases.values):
        raise Refused("kind_retention")
    if not set(row.readers) <= set(Reader.values):
        raise Refused("kind_readers")
    if row.is_closed and not row.is_restricted:
        raise Refused("kind_closed_is_restricted")
    if row.is_closed and row.approver and row.approver not in row.readers:
        raise Refused("kind_approver_reads")


def _refusal(code: str, error: str) -> Refused:
    if "cases_kind_code" in error:
        return Refused("kind_code_taken", code=code)
    if "cases_kind_retention_whole" in error:
        return Refused("kind_retention")
    if "cases_kind_one_standard" in error:
        return Refused("kind_one_standard")
    return Refused("kind_approver" if "cases_kind_approver_reads" in error else "kind_days")
