# SPDX-License-Identifier: EUPL-1.2
"""Opening findings, saying who answers for them, and following them until they are settled."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.findings.domain.states import Step, after
from siac.findings.domain.subjects import Subject, is_subject
from siac.findings.models import Finding, FindingNote, Severity, StateLabel
from siac.findings.queries import answerers
from siac.findings.series import NUMBERS
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Institution, check_basis, unit_tree

LONGEST_TITLE, LONGEST = 150, 10_000


@transaction.atomic
def open_finding(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    source: str,
    title: str,
    severity: int,
    detail: str = "",
    unit_id: int | None = None,
    responsible_id: int | None = None,
    due_on: date | None = None,
    subject: Subject | None = None,
) -> Finding:
    """Open a finding; its number is the next of the body in the local year (6 SQL). `due_on` is a local day.

    Raises:
        Refused: it says nothing (finding_title), it is about a thing of no kind that is known
            (finding_subject), its unit is unknown (unit_unknown), or its responsible does not work in the
            body or could not open it (finding_responsible).
    """
    fields = _fields(institution, title, detail, severity, unit_id, responsible_id, due_on)
    if subject is not None and not is_subject(subject.kind):
        raise Refused("finding_subject")
    year = institution.local_date(now).year
    row = Finding(
        institution=institution, source=source, year=year, opened_by=actor, opened_at=now,
        subject_kind=subject.kind if subject else "", subject_id=subject.pk if subject else None, **fields,
    )  # fmt: skip
    row.number = NUMBERS.take(institution.pk, year)
    row.save(force_insert=True)
    data = {"finding": row.pk, "number": row.number, "source": source, "severity": severity, "unit": unit_id}
    record(
        institution.pk, row.stream, "findings.opened", now, actor_id=actor.pk if actor else None, data=data,
        new_stream=True,
    )  # fmt: skip
    return row


@transaction.atomic
def change_finding(
    *,
    institution: Institution,
    finding_id: int,
    actor: User,
    now: datetime,
    title: str,
    severity: int,
    detail: str = "",
    unit_id: int | None = None,
    responsible_id: int | None = None,
    due_on: date | None = None,
    based_on: int | None = None,
) -> Finding:
    """Change what a finding says, how grave it is, who answers for it and by when (6 SQL). Who answered
    for it already may go on doing so.

    Raises:
        Refused: as `open_finding`; there is no such finding (finding_unknown), it is settled
            (finding_settled), or somebody changed it meanwhile (saved_meanwhile).
    """
    row = locked_finding(institution, finding_id)
    if row.is_settled:
        raise Refused("finding_settled", state=StateLabel(row.state).label.lower())
    check_basis(based_on, row.saves)
    fields = _fields(
        institution, title, detail, severity, unit_id, responsible_id, due_on, answers=row.responsible_id
    )
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, fields[name])
    row.saves += 1
    row.save(update_fields=[*changed, "saves"])
    data = {"finding": row.pk, "fields": changed, "severity": row.severity, "unit": row.unit_id}
    record(institution.pk, row.stream, "findings.changed", now, actor_id=actor.pk, data=data)
    return row


@transaction.atomic
def follow_finding(
    *, institution: Institution, finding_id: int, step: Step, body: str, actor: User, now: datetime
) -> FindingNote:
    """Write what is done about a finding, and take a step with it (5 SQL).

    Raises:
        Refused: there is no such finding (finding_unknown), the step leads nowhere from where it stands
            (finding_step), nothing is written (finding_note), or too much is (text_too_long).
    """
    text = legible(body).strip()
    if not text:
        raise Refused("finding_note")
    if len(text) > LONGEST:
        raise Refused("text_too_long", length=len(text), limit=LONGEST)
    row = locked_finding(institution, finding_id)
    state = after(row.state, step)
    if state is None:
        raise Refused("finding_step", state=StateLabel(row.state).label.lower())
    note = FindingNote.objects.create(
        institution=institution, finding=row, step=step, body=text, written_by=actor, written_at=now
    )
    if state != row.state:
        row.state = state
        row.settled_at = now if row.is_settled else None
        row.save(update_fields=["state", "settled_at"])
    data = {"finding": row.pk, "note": note.pk, "step": step.value, "state": row.state}
    record(institution.pk, row.stream, "findings.followed", now, actor_id=actor.pk, data=data)
    return note


def _fields(
    institution: Institution, title: str, detail: str, severity: int, unit_id: int | None,
    responsible_id: int | None, due_on: date | None, *, answers: int | None = None,
) -> Mapping[str, Any]:  # fmt: skip
    said, text = squeeze(title)[:LONGEST_TITLE], legible(detail).strip()
    if not said:
        raise Refused("finding_title")
    if len(text) > LONGEST:
        raise Refused("text_too_long", length=len(text), limit=LONGEST)
    if unit_id is not None and unit_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    may_answer = responsible_id in {None, answers} or responsible_id in dict(answerers(institution))
    if not may_answer:
        raise Refused("finding_responsible")
    return {
        "title": said, "detail": text, "severity": Severity(severity).value, "unit_id": unit_id,
        "responsible_id": responsible_id, "due_on": due_on,
    }  # fmt: skip


def locked_finding(institution: Institution, pk: int) -> Finding:
    """Return a finding, locked (1 SQL).

    Raises:
        Refused: there is none (finding_unknown).
    """
    rows = Finding.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(institution=institution, pk=pk).first()
    if found is None:
        raise Refused("finding_unknown")
    return found
