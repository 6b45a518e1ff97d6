# SPDX-License-Identifier: EUPL-1.2
"""Writing a sheet beside what is published, having it reviewed, and publishing it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.catalogue.commands.services import save_service, service_code
from siac.catalogue.commands.sheets import FORM_FILES, cleaned, sheet_of
from siac.catalogue.domain.drafts import APPROVAL, OPEN, DraftState
from siac.catalogue.domain.gaps import blocking
from siac.catalogue.domain.services import REVIEWED_EVERY
from siac.catalogue.models import SHEET_FIELDS, Service, ServiceDraft, ServiceDraftVersion
from siac.catalogue.queries import draft_digest
from siac.documents.public import CheckedFile, attach
from siac.kernel.approvals import ApprovalStep
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something, squeeze
from siac.organizations.public import (
    Institution,
    check_basis,
    lock_institution,
    note_configuration,
    save_version,
)


def _note(draft: ServiceDraft, kind: str, *, actor: User | None, now: datetime) -> None:
    data = {"draft": draft.pk, "service": draft.service_id, "version": draft.version}
    note_configuration(draft.institution_id, kind, actor=actor, now=now, data=data)


@transaction.atomic
def start_draft(
    *, institution: Institution, service: Service, actor: User | None, now: datetime
) -> ServiceDraft:
    """Begin to change a service beside what is published of it; return the draft that is there where somebody
    began already (8 SQL at most).
    """
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    there = ServiceDraft.objects.filter(service=service, state__in=OPEN).first()
    if there is not None:
        return there
    today = institution.local_date(now)
    values = sheet_of(service)
    if values["review_on"] is None or values["review_on"] <= today:
        values["review_on"] = today + timedelta(days=REVIEWED_EVERY)
    row = ServiceDraft(institution=institution, service=service, started_by=actor, started_at=now)
    made = save_version(row, values, based_on=None, actor=actor, now=now).row
    _note(made, "catalogue.draft_started", actor=actor, now=now)
    return made


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet to begin with from elsewhere: `origin` says what it comes from, `fields` are those of a
    sheet.
    """

    origin: str
    name: str
    fields: Mapping[str, Any]


@transaction.atomic
def start_drafts(
    *,
    institution: Institution,
    sheets: Iterable[NewSheet],
    actor: User | None,
    now: datetime,
    most: int = 500,
) -> list[ServiceDraft]:
    """Begin a draft of each sheet of which there is none yet, `most` at a time: none of that origin that was
    not left, no draft and nothing published of that name. Return those that were made; done again it makes
    none (8 SQL, 4 where there is nothing to make).

    Raises:
        Refused: what `sheets.cleaned` refuses of one of them; then none is made.
    """
    lock_institution(institution.pk)
    drafts = ServiceDraft.objects.filter(institution=institution).exclude(state=DraftState.LEFT)
    there = list(drafts.values_list("origin", "name", "state"))
    origins = {origin for origin, _, _ in there}
    codes = {service_code(name) for _, name, state in there if state in OPEN}
    codes |= set(Service.objects.filter(institution=institution).values_list("code", flat=True))
    made: list[ServiceDraft] = []
    review_on = institution.local_date(now) + timedelta(days=REVIEWED_EVERY)
    for sheet in sheets:
        code = service_code(sheet.name)
        if sheet.origin in origins or code in codes:
            continue
        if len(made) == most:
            break
        origins.add(sheet.origin)
        codes.add(code)
        values = cleaned(institution, sheet.name[:150], {"review_on": review_on, **sheet.fields})
        made.append(
            ServiceDraft(
                institution=institution, origin=sheet.origin, started_by=actor, started_at=now, **values
            )
        )
    ServiceDraft.objects.bulk_create(made)
    ServiceDraftVersion.objects.bulk_create(
        ServiceDraftVersion(draft=row, number=1, fields=row.snapshot(), saved_by=actor, saved_at=now)
        for row in made
    )
    if made:
        data = {"drafts": [row.pk for row in made]}
        note_configuration(institution.pk, "catalogue.drafts_begun", actor=actor, now=now, data=data)
    return made


@transaction.atomic
def save_draft(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    name: str,
    draft: ServiceDraft | None = None,
    based_on: int | None = None,
    origin: str = "",
    files: Sequence[CheckedFile] = (),
    **fields: Any,
) -> ServiceDraft:
    """Write a draft, or a new one of something that is not published yet; `fields` are those of a sheet,
    `files` become forms of it (12 SQL at most).

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), it is in review or done (sheet_not_open),
            something else published has that name (service_taken), or what `sheets.cleaned` refuses.
    """
    values = cleaned(institution, name, fields)
    today = institution.local_date(now)
    values.setdefault("review_on", today + timedelta(days=REVIEWED_EVERY))
    row = draft or ServiceDraft(institution=institution, started_by=actor, started_at=now, origin=origin)
    service_id = None
    if draft is not None:
        standing = ServiceDraft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        APPROVAL.move(standing.state, ApprovalStep.WRITE)
        check_basis(based_on, standing.version)  # before its files are stored
        service_id = standing.service_id
    taken = Service.objects.filter(institution=institution, code=service_code(name))
    if taken.exclude(pk=service_id or 0).exists():
        raise Refused("service_taken", name=values["name"])
    if draft is None:
        try:
            with transaction.atomic():
                row = save_version(row, values, based_on=None, actor=actor, now=now).row
        except IntegrityError as error:
            raise Refused("sheet_there") from error
        _note(row, "catalogue.draft_started", actor=actor, now=now)
    if files:
        values["form_links"] = [*values["form_links"], *_stored(row, files, actor=actor, now=now)]
        cleaned(institution, name, values)
    return save_version(row, values, based_on=None, actor=actor, now=now).row


def _stored(
    draft: ServiceDraft, files: Sequence[CheckedFile], *, actor: User | None, now: datetime
) -> list[dict[str, Any]]:
    """Keep files as forms of a draft; return their rows."""
    by = actor.pk if actor else None
    rows = attach(draft.institution_id, FORM_FILES, draft.pk, files, actor_id=by, now=now)
    return [
        {"title": row.name.rpartition(".")[0][:150] or row.name[:150], "url": "", "file": row.pk}
        for row in rows
    ]


def _locked(draft: ServiceDraft, step: ApprovalStep) -> ServiceDraft:
    """Return a draft as it stands, locked and moved by a step that needs nothing to be looked at."""
    row = ServiceDraft.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.pk)
    row.state = APPROVAL.move(row.state, step)
    return row


def _missing(draft: ServiceDraft, today: date) -> None:
    if gaps := blocking(draft, today):
        raise Refused("sheet_gaps", gaps="; ".join(gap.words.lower() for gap in gaps))


@transaction.atomic
def submit_draft(
    *, institution: Institution, draft: ServiceDraft, actor: User | None, now: datetime
) -> ServiceDraft:
    """Send a draft to review (5 SQL).

    Raises:
        Refused: it is no draft any more (sheet_not_open), or it lacks what nothing is published without
            (sheet_gaps).
    """
    row = _locked(draft, ApprovalStep.SUBMIT)
    _missing(row, institution.local_date(now))
    row.submitted_by, row.submitted_at, row.returned_because = actor, now, ""
    row.save(update_fields=["state", "submitted_by", "submitted_at", "returned_because"])
    _note(row, "catalogue.draft_submitted", actor=actor, now=now)
    return row


@transaction.atomic
def call_back_draft(
    *, institution: Institution, draft: ServiceDraft, actor: User | None, now: datetime
) -> ServiceDraft:
    """Take a draft back from review, to write on (5 SQL).

    Raises:
        Refused: it is not in review (sheet_not_in_review).
    """
    row = _locked(draft, ApprovalStep.CALL_BACK)
    row.save(update_fields=["state"])
    _note(row, "catalogue.draft_called_back", actor=actor, now=now)
    return row


@transaction.atomic
def return_draft(
    *, institution: Institution, draft: ServiceDraft, actor: User | None, now: datetime, reason: str
) -> ServiceDraft:
    """Give a draft back to whoever wrote it, and say why (5 SQL).

    Raises:
        Refused: it is not in review (sheet_not_in_review), or nobody says why (sheet_reason).
    """
    row = _locked(draft, ApprovalStep.RETURN)
    said = squeeze(legible(reason))[:500]
    if not says_something(said, 5):
        raise Refused("sheet_reason")
    row.returned_because, row.decided_by, row.decided_at = said, actor, now
    row.save(update_fields=["state", "returned_because", "decided_by", "decided_at"])
    _note(row, "catalogue.draft_returned", actor=actor, now=now)
    return row


@transaction.atomic
def leave_draft(
    *, institution: Institution, draft: ServiceDraft, actor: User | None, now: datetime
) -> ServiceDraft:
    """Leave a draft for good; what is published stays as it is (5 SQL).

    Raises:
        Refused: it is no draft any more (sheet_not_open).
    """
    row = _locked(draft, ApprovalStep.DISCARD)
    row.decided_by, row.decided_at = actor, now
    row.save(update_fields=["state", "decided_by", "decided_at"])
    _note(row, "catalogue.draft_left", actor=actor, now=now)
    return row


@transaction.atomic
def publish_draft(
    *,
    institution: Institution,
    draft: ServiceDraft,
    actor: User | None,
    now: datetime,
    seen: str | None = None,
) -> Service:
    """Approve a draft and publish it as the next edition of its service; `seen` is the digest of what was
    looked at (16 SQL at most). `actor` is None for the installation alone.

    Raises:
        Refused: it is not in review (sheet_not_in_review), it or what is published is not what was looked at
            any more (approval_overtaken), whoever approves wrote or sent it (sheet_own), it lacks what
            nothing is published without (sheet_gaps), or as `save_service`.
    """
    row = ServiceDraft.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.pk)
    service = (
        Service.objects.select_for_update(no_key=True).get(pk=row.service_id) if row.service_id else None
    )
    stands = draft_digest(row, service.version if service else None)
    state = APPROVAL.approve(row.state, stands=stands, seen=seen)
    if actor is not None and actor.pk in writers_of(row):
        raise Refused("sheet_own")
    _missing(row, institution.local_date(now))
    fields = {name: getattr(row, name) for name in SHEET_FIELDS if name not in ("name", "sort_key")}
    published = save_service(
        institution=institution, actor=actor, now=now, name=row.name, service=service, **fields
    )
    row.state, row.service, row.edition = state, published, published.version
    row.decided_by, row.decided_at = actor, now
    row.save(update_fields=["state", "service", "edition", "decided_by", "decided_at"])
    return published


def writers_of(draft: ServiceDraft) -> set[int]:
    """Return who wrote or sent a draft, by primary key (1 SQL)."""
    saved = ServiceDraftVersion.objects.filter(draft=draft, saved_by__isnull=False)
    found = set(saved.values_list("saved_by_id", flat=True))
    return found | {pk for pk in (draft.started_by_id, draft.submitted_by_id) if pk}
