# SPDX-License-Identifier: EUPL-1.2
"""Certificates of charters, and their follow-up audits."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.charters.commands.approving import held_charter
from siac.charters.domain.certifying import LONGEST, audits_between
from siac.charters.models import AuditResult, Certification, CertificationAudit
from siac.charters.sealing import audit_digest, certificate_digest
from siac.documents.public import CheckedFile, Visibility, attach
from siac.findings.public import Finding, Source, Subject, open_finding, open_on
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something, squeeze
from siac.organizations.public import Institution, check_basis

CERTIFICATE_FILES, AUDIT_FILES = "charter_certificate", "charter_audit"
"""What the files of each belong to."""
AUDITED = "charter_audit"
"""What findings call a follow-up audit."""


@transaction.atomic
def save_certification(
    *,
    institution: Institution,
    charter_id: int,
    certifier: str,
    norm: str,
    number: str,
    scope: str,
    valid_from: date,
    valid_to: date,
    files: Sequence[CheckedFile],
    actor: User,
    now: datetime,
    certification_id: int | None = None,
    based_on: int | None = None,
) -> Certification:
    """Write down a certificate of a charter, or correct one, with the days by which it is audited; audits
    that were made stay (8 SQL). Days are local, the last one included.

    Raises:
        Refused: there is no such charter or certificate (charter_unknown, certificate_unknown), it ends
            before it begins or holds for a century (certificate_days), it says nothing (certificate_empty),
            it was written down before (certificate_taken), or somebody saved it meanwhile (saved_meanwhile).
    """
    charter = held_charter(institution, charter_id)
    row = Certification(institution=institution, charter=charter)
    if certification_id is not None:
        found = Certification.objects.filter(charter=charter, pk=certification_id).first()
        if found is None:
            raise Refused("certificate_unknown")
        check_basis(based_on, found.version)
        row = found
    told = [squeeze(legible(each)) for each in (certifier, norm, number, scope)]
    if not all(told):
        raise Refused("certificate_empty")
    row.certifier, row.norm, row.number, row.scope = told
    if valid_from >= valid_to or valid_to.year - valid_from.year > LONGEST:
        raise Refused("certificate_days")
    row.valid_from, row.valid_to, row.saved_by, row.saved_at = valid_from, valid_to, actor, now
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("certificate_taken") from error
    _plan_audits(row)
    attach(
        institution.pk, CERTIFICATE_FILES, row.pk, files, actor_id=actor.pk, now=now,
        visibility=Visibility.INTERNAL,
    )  # fmt: skip
    data = {
        "charter": charter.pk, "certificate": row.pk, "from": valid_from.isoformat(),
        "to": valid_to.isoformat(), "files": len(files), "certificate_digest": certificate_digest(row),
    }  # fmt: skip
    record(institution.pk, charter.stream, "charters.certified", now, actor.pk, data)
    return row


def _plan_audits(row: Certification) -> None:
    """Put the audits that were not made on the years of a certificate that have none: each one that was made
    stands for the year of its own day, or, where the days moved, for the first that is left.
    """
    row.audits.filter(held_on=None).delete()
    every = audits_between(row.valid_from, row.valid_to)
    made = set(row.audits.values_list("due_on", flat=True))
    days = [day for day in every if day not in made][len(made - set(every)) :]
    CertificationAudit.objects.bulk_create(
        CertificationAudit(institution=row.institution, certification=row, due_on=day) for day in days
    )


def _held_audit(institution: Institution, audit_id: int) -> CertificationAudit:
    """Return an audit behind its locked charter, as whoever corrects its certificate holds it (3 SQL)."""
    rows = CertificationAudit.objects.filter(institution=institution, pk=audit_id)
    charter_id = rows.values_list("certification__charter", flat=True).first()
    if charter_id is None:
        raise Refused("audit_unknown")
    held_charter(institution, charter_id)
    found = rows.select_related("certification__charter").first()
    if found is None:
        raise Refused("audit_unknown")
    return found


@transaction.atomic
def note_audit(
    *,
    institution: Institution,
    audit_id: int,
    held_on: date,
    result: str,
    words: str,
    files: Sequence[CheckedFile],
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> CertificationAudit:
    """Write down what a follow-up audit said, or correct it by the version that was seen (`based_on`); one
    that took the certificate away ends it on its day, and a correction that it did not gives it back (8 SQL).

    Raises:
        Refused: there is no such audit (audit_unknown), it was written down (audit_noted) or corrected
            meanwhile (saved_meanwhile), its day is to come or before the certificate (audit_day), or it says
            nothing of what it found (audit_words).
    """
    row = _held_audit(institution, audit_id)
    certificate = row.certification
    if row.held_on is not None and based_on is None:
        raise Refused("audit_noted")
    check_basis(based_on, row.version)
    if not certificate.valid_from <= held_on <= institution.local_date(now):
        raise Refused("audit_day")
    row.words = legible(words).strip()[:2000]
    if result != AuditResult.KEPT and not says_something(row.words):
        raise Refused("audit_words")
    row.held_on, row.result, row.noted_by, row.noted_at = held_on, AuditResult(result).value, actor, now
    row.version += 1
    row.save()
    lost = certificate.audits.filter(result=AuditResult.LOST).order_by("held_on")
    ended_on = lost.values_list("held_on", flat=True).first()
    if certificate.ended_on != ended_on:
        certificate.ended_on = ended_on
        certificate.version += 1
        certificate.save(update_fields=["ended_on", "version"])
    attach(
        institution.pk, AUDIT_FILES, row.pk, files, actor_id=actor.pk, now=now, visibility=Visibility.INTERNAL
    )
    data = {
        "certificate": certificate.pk, "audit": row.pk, "result": row.result, "files": len(files),
        "version": row.version, "digest": audit_digest(row),
        "certificate_digest": certificate_digest(certificate),
    }  # fmt: skip
    record(institution.pk, certificate.charter.stream, "charters.audited", now, actor.pk, data)
    return row


@transaction.atomic
def open_audit_finding(
    *,
    institution: Institution,
    audit_id: int,
    title: str,
    severity: int,
    detail: str,
    unit_id: int | None,
    due_on: date | None,
    actor: User,
    now: datetime,
) -> Finding:
    """Open a finding about what a follow-up audit found (10 SQL); said twice in the same words, and not
    settled meanwhile, it is there once.

    Raises:
        Refused: there is no such audit (audit_unknown), it was not made yet (audit_waits), and as
            `open_finding`.
    """
    row = _held_audit(institution, audit_id)
    if row.held_on is None:
        raise Refused("audit_waits")
    said = (int(severity), squeeze(title), legible(detail).strip(), unit_id, due_on)
    for before in open_on(institution, Subject(AUDITED, row.pk)):
        if said == (before.severity, before.title, before.detail, before.unit_id, before.due_on):
            return before  # the charter is held: of two at once the second finds the first
    return open_finding(
        institution=institution, actor=actor, now=now, source=Source.EXTERNAL, title=title,
        severity=severity, detail=detail, unit_id=unit_id, due_on=due_on, subject=Subject(AUDITED, row.pk),
    )  # fmt: skip
