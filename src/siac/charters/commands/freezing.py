# SPDX-License-Identifier: EUPL-1.2
"""How promises were kept, period by period: frozen when the period is over, and what a miss leads to."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from siac.accounts.public import User
from siac.charters.commands.breaches import break_on_result
from siac.charters.models import Commitment, PeriodResult
from siac.charters.queries import commitments
from siac.charters.sealing import explanation_digest, result_digest
from siac.charters.standings import Standing, lineage, standings
from siac.findings.public import Severity, Source, Subject, open_finding
from siac.indicators.public import SETTLES, Frequency, periods_over
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something
from siac.organizations.public import Institution, check_basis

SUBJECT = "charter_result"
BACK = timedelta(days=3 * 365)
"""How far back periods are frozen when a charter is first looked at."""
FOUND_WITHIN = timedelta(days=45)
"""Of a period that ended longer ago nobody is asked to correct anything, and no result is awaited."""
CORRECTED_WITHIN = timedelta(days=30)
Period = tuple[date, date]


def freeze_periods(institution: Institution, *, now: datetime) -> int:
    """Freeze how each promise was kept in the periods that are over and settled and have no result; return
    how many were (2 SQL, and 6 for each period; 7 more for each finding). Run again it adds nothing.
    """
    today = institution.local_date(now)
    owed = owed_periods(institution, today)
    made = 0
    for (first, last), promised in sorted(owed.items()):
        lines = standings(institution, first=first, last=last, is_dated=False, among=promised)
        with transaction.atomic():
            for line in lines:
                made += _freeze(institution, line, (first, last), today, now)
    return made


def owed_periods(
    institution: Institution, today: date, *, over_on: date | None = None
) -> dict[Period, list[Commitment]]:
    """Return the promises without a result by period that is over and settled on `today`, or that is over on
    `over_on`, settled or not: each as it is in force on the last day, where it was promised on the first one
    too, by this edition of its charter or by one before (1 SQL, 1 more unless warm).
    """
    rows = PeriodResult.objects.filter(institution=institution).order_by()
    known = set(rows.values_list("charter_id", "code", "first", "last"))
    settled = over_on or today - SETTLES
    owed: dict[Period, list[Commitment]] = {}
    promised: dict[tuple[int, str], list[Commitment]] = {}
    for each in commitments(institution).values():
        promised.setdefault(lineage(each), []).append(each)
    for line, editions in promised.items():
        begun = max(min(each.edition.since for each in editions), today - BACK)
        for each in editions:
            for first, last in periods_over(Frequency(each.moment), since=begun, today=settled):
                is_owed = each.edition.is_in_force(last) and any(
                    other.edition.is_in_force(first) for other in editions
                )
                if is_owed and (*line, first, last) not in known:
                    owed.setdefault((first, last), []).append(each)
    return owed


def _freeze(institution: Institution, line: Standing, period: Period, today: date, now: datetime) -> bool:
    of, (first, last) = line.commitment, period
    is_awaited = not line.is_guarantee and line.result is None
    if is_awaited and last >= today - FOUND_WITHIN:
        return (
            False  # its indicator is frozen, or written down, some day after the period: empty is no result
        )
    row, is_new = PeriodResult.objects.get_or_create(
        charter_id=of.edition.charter_id,
        code=of.code,
        first=first,
        last=last,
        defaults={
            "institution": institution, "commitment": of, "value": line.value, "met": line.share.met,
            "total": line.share.total, "target": of.target, "is_reached": line.reached,
            "words": line.value_words, "target_words": line.target_words, "of_words": line.of_words,
            "frozen_at": now,
        },
    )  # fmt: skip
    if not is_new:
        return False
    data = {
        "result": row.pk, "commitment": of.pk, "first": first.isoformat(), "last": last.isoformat(),
        "value": str(row.value), "met": row.met, "total": row.total, "target": str(row.target),
        "digest": result_digest(row),
    }  # fmt: skip
    record(institution.pk, of.edition.charter.stream, "charters.period_frozen", now, data=data)
    if row.is_reached is False and last >= today - FOUND_WITHIN:
        _find(institution, row, today, now)
        if of.remedy_when_below:
            break_on_result(of, row, now=now)
    return True


def _find(institution: Institution, row: PeriodResult, today: date, now: datetime) -> None:
    """Ask for a correction of what was missed: a finding that a plan will take."""
    finding = open_finding(
        institution=institution,
        actor=None,
        now=now,
        source=Source.INDICATOR,
        title=f"Compromiso bajo su meta: {row.commitment.text}"[:200],
        severity=Severity.MODERATE,
        detail=f"{row.words} ({row.of_words or 'sin casos'}), meta {row.target_words}, del "
        f"{row.first:%d-%m-%Y} al {row.last:%d-%m-%Y}. Diga en público por qué y corrija.",
        unit_id=row.commitment.responsible_id,
        due_on=today + CORRECTED_WITHIN,
        subject=Subject(SUBJECT, row.pk),
    )
    row.finding_id = finding.pk
    row.save(update_fields=["finding_id"])


@transaction.atomic
def explain_result(
    *,
    institution: Institution,
    result_id: int,
    words: str,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> PeriodResult:
    """Say in public why a promise was not kept in a period (4 SQL); the figure stays.

    Raises:
        Refused: there is no such result (result_unknown), it reached its target (result_reached), nothing is
            said (reason_missing), or somebody explained it meanwhile (saved_meanwhile).
    """
    rows = PeriodResult.objects.select_for_update(of=("self",)).select_related("charter")
    row = rows.filter(institution=institution, pk=result_id).first()
    if row is None:
        raise Refused("result_unknown")
    if row.is_reached is not False:
        raise Refused("result_reached")
    check_basis(based_on, row.version)
    said = legible(words).strip()[:1000]
    if not says_something(said):
        raise Refused("reason_missing")
    row.explanation, row.explained_by, row.explained_at = said, actor, now
    row.version += 1
    row.save(update_fields=["explanation", "explained_by", "explained_at", "version"])
    data = {"result": row.pk, "digest": explanation_digest(row)}
    record(institution.pk, row.charter.stream, "charters.result_explained", now, actor.pk, data)
    return row


def newest(rows: Iterable[PeriodResult]) -> dict[str, list[PeriodResult]]:
    """Return results by the code of their promise, the oldest first. No SQL."""
    found: dict[str, list[PeriodResult]] = {}
    for row in sorted(rows, key=lambda row: row.last):
        found.setdefault(row.code, []).append(row)
    return found
