# SPDX-License-Identifier: EUPL-1.2
"""Making the periodic report of a charter, and showing it to everybody."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from siac.accounts.public import User
from siac.charters.commands.freezing import owed_periods
from siac.charters.domain.parts import Norm
from siac.charters.domain.reports import KINDS, ReportPeriod, day_after, period_named
from siac.charters.models import Charter, CharterReport, PeriodResult
from siac.charters.register.closed import closed_periods
from siac.charters.reports.contents import content_of
from siac.charters.reports.gathering import editions_within
from siac.charters.reports.masking import masked
from siac.charters.reports.paper import report_pdf
from siac.charters.sealing import REPORT_HIDDEN, REPORT_MADE, REPORT_SENT, REPORT_SHOWN, report_digest
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import says_something, squeeze
from siac.organizations.public import Institution, check_basis


def make_report(
    *, institution: Institution, charter_id: int, period: str, actor: User, now: datetime
) -> CharterReport:
    """Make the report of a charter of a period (by its code, "2026" or "2026-2"), with its paper; where one
    that says the same is there already, that one (20 SQL).

    Raises:
        Refused: there is no such charter (charter_unknown), its norm reports no such period (report_period),
            it is not over (report_running), no edition was in force in it (report_nothing), or results of it
            are not frozen yet (report_unsettled, with their `count`).
        PdfUnavailable: its paper could not be typeset now.
    """
    charter = _charter(institution, charter_id)
    wanted = _checked(charter, period, now)
    content = content_of(charter, wanted)
    found = _newest(charter, wanted)
    if found is not None and found.content == content:
        return found
    number = found.number + 1 if found else 1
    paper = report_pdf(charter, content, number=number, made_at=now)
    with transaction.atomic():
        Charter.objects.select_for_update().get(pk=charter.pk)
        meanwhile = _newest(charter, wanted)
        if meanwhile is not None and meanwhile.number >= number:
            return meanwhile  # somebody else made it while its paper was set
        row = CharterReport.objects.create(
            institution=institution, charter=charter, norm=charter.norm, first=wanted.first,
            last=wanted.last, number=number, content=content, paper=paper, made_at=now, made_by=actor,
        )  # fmt: skip
        data = {
            "report": row.pk, "first": wanted.first.isoformat(), "last": wanted.last.isoformat(),
            "number": number, "paper": hashlib.sha256(paper).hexdigest(), "digest": report_digest(row),
        }  # fmt: skip
        record(institution.pk, charter.stream, REPORT_MADE, now, actor.pk, data)
    return row


def _charter(institution: Institution, charter_id: int) -> Charter:
    rows = Charter.objects.filter(institution=institution, pk=charter_id)
    charter = rows.select_related("responsible").first()
    if charter is None:
        raise Refused("charter_unknown")
    charter.institution = institution
    return charter


def _checked(charter: Charter, code: str, now: datetime) -> ReportPeriod:
    wanted = period_named(code, KINDS[Norm(charter.norm)])
    if wanted is None:
        raise Refused("report_period")
    today = charter.institution.local_date(now)
    if not wanted.is_over(today):
        raise Refused("report_running", last=f"{wanted.last:%d-%m-%Y}")
    if not editions_within(charter, wanted).exists():
        raise Refused("report_nothing")
    owed = owed_periods(charter.institution, today, over_on=day_after(wanted.last))
    count = sum(
        each.edition.charter_id == charter.pk
        for (first, last), promised in owed.items()
        for each in promised
        if wanted.first <= first and last <= wanted.last
    )
    if count:
        raise Refused("report_unsettled", count=count)
    return wanted


def _newest(charter: Charter, period: ReportPeriod) -> CharterReport | None:
    rows = charter.reports.filter(first=period.first, last=period.last)
    return rows.order_by("-number").defer("paper").first()


def _few_in(institution: Institution, row: CharterReport) -> list[PeriodResult]:
    """Return the closed periods that lie in the report and are not told outside (2 SQL when warm)."""
    return [
        each.result
        for each in closed_periods(institution, charters=[row.charter_id])
        if each.is_hidden and row.first <= each.result.first and each.result.last <= row.last
    ]


def _report(rows: QuerySet[CharterReport], institution: Institution, report_id: int) -> CharterReport:
    row = rows.select_related("charter__responsible").filter(institution=institution, pk=report_id).first()
    if row is None:
        raise Refused("report_unknown")
    row.institution = row.charter.institution = institution
    return row


def show_report(
    *, institution: Institution, report_id: int, is_shown: bool, actor: User, now: datetime
) -> CharterReport:
    """Show a report to everybody, or to the staff alone again (5 SQL, 2 more to show it); said twice, it is
    said once. What it tells of a closed period that counts very few people, and what would give that away,
    everybody reads as not shown, on the page and on the paper; the house goes on reading all of it.

    Raises:
        Refused: there is no such report (report_unknown).
        PdfUnavailable: the paper for everybody could not be typeset now.
    """
    row = _report(CharterReport.objects.defer("paper"), institution, report_id)
    content: dict[str, Any] | None = None
    paper: bytes | None = None
    few = _few_in(institution, row) if is_shown else []
    if few:
        content = masked(row.content, few, least=institution.smallest_group)
        paper = report_pdf(row.charter, content, number=row.number, made_at=row.made_at)
    with transaction.atomic():
        held = CharterReport.objects.select_for_update(of=("self",))
        row = _report(held, institution, report_id)
        if (row.shown_at is not None) == is_shown:
            return row
        row.shown_at, row.shown_by = (now, actor) if is_shown else (None, None)
        row.shown_content, row.shown_paper = content, paper
        row.save(update_fields=["shown_at", "shown_by", "shown_content", "shown_paper"])
        data = {"report": row.pk, "few": len(few), "digest": report_digest(row)}
        kind = REPORT_SHOWN if is_shown else REPORT_HIDDEN
        record(institution.pk, row.charter.stream, kind, now, actor.pk, data)
    return row


@transaction.atomic
def note_sent(
    *,
    institution: Institution,
    report_id: int,
    sent_on: date,
    sent_how: str,
    sent_proof: str,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> CharterReport:
    """Write down that a report went to whom its norm says (RD 951/2005, art. 12.2): on which local day, how,
    and what shows it; or correct that (4 SQL).

    Raises:
        Refused: there is no such report (report_unknown), the day is before it was made or to come
            (report_sent_day), it says nothing (report_sent_words), or somebody wrote it down meanwhile
            (saved_meanwhile).
    """
    row = _report(CharterReport.objects.select_for_update(of=("self",)), institution, report_id)
    check_basis(based_on, row.version)
    if not institution.local_date(row.made_at) <= sent_on <= institution.local_date(now):
        raise Refused("report_sent_day")
    how, proof = squeeze(sent_how)[:200], squeeze(sent_proof)[:300]
    if not (says_something(how, 2) and says_something(proof, 2)):
        raise Refused("report_sent_words")
    row.sent_on, row.sent_how, row.sent_proof, row.sent_by = sent_on, how, proof, actor
    row.version += 1
    row.save(update_fields=["sent_on", "sent_how", "sent_proof", "sent_by", "version"])
    data = {"report": row.pk, "on": sent_on.isoformat(), "digest": report_digest(row)}
    record(institution.pk, row.charter.stream, REPORT_SENT, now, actor.pk, data)
    return row
