# SPDX-License-Identifier: EUPL-1.2
"""An entry of another office becomes a request, or is rejected."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import Case, Channel, Filing, file_case
from siac.documents.public import (
    CheckedFile,
    Limits,
    Sending,
    attachments_of,
    check_uploads,
    open_file,
    sentence,
)
from siac.integrations.sicres.commands.bringing import SUBJECT
from siac.integrations.sicres.domain.layout import SUBJECT as SUBJECT_SEGMENT
from siac.integrations.sicres.domain.reading import AnnexFile, Exchange, Party, acting, is_known, request_of
from siac.integrations.sicres.models import EntryState, RegistryEntry
from siac.integrations.sicres.opening import opened
from siac.integrations.sicres.queries import office_of
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution
from siac.people.public import PersonData, PersonKind, clean_person

_DOCUMENTS = {"N": "dni_es", "C": "nif_legal", "E": "nie", "P": "passport"}
"""`Tipo_Documento_Identificacion` -> the document as it is known here; others are another document."""

_AGENT = 600
"""Signs of who acts for somebody that are kept; the norm's own fields together hardly have more."""


@dataclass(frozen=True)
class Preview:
    """What an entry would become."""

    exchange: Exchange
    person: PersonData | None
    text: str
    files: Sequence[CheckedFile]
    left_out: Sequence[str]
    """A sentence for each annex that may not be kept here; it stays in the file of the entry."""


def file_content(entry: RegistryEntry) -> bytes:
    """Return the file of an entry as it came (1 SQL).

    Raises:
        Refused: it was erased (sicres_erased).
    """
    kept = attachments_of(entry.institution_id, SUBJECT, [entry.pk])[entry.pk]
    if not kept or kept[0].erased_at is not None:
        raise Refused("sicres_erased")
    with open_file(kept[0]) as stored:
        content: bytes = stored.read()
    return content


def exchange_of(entry: RegistryEntry) -> Exchange | None:
    """Return what the file of an entry says (1 SQL); None where it says nothing that can be read.

    Raises:
        Refused: it was erased (sicres_erased).
    """
    found = opened(file_content(entry))
    return found if isinstance(found, Exchange) else None


def read_or_none(entry: RegistryEntry) -> Exchange | None:
    """Return what the file of an entry says; None where it was erased or says nothing that can be read (1
    SQL).

    Raises:
        StoreAway: it cannot be fetched now.
    """
    try:
        return exchange_of(entry)
    except Refused:
        return None


def preview_of(entry: RegistryEntry, exchange: Exchange) -> Preview:
    """Return what an entry would become as a request. No SQL."""
    files, left_out = _checked(exchange.annexes)
    person, more = _person(*exchange.people[0]) if exchange.people else (None, [])
    parts = [request_of(exchange), *more]
    if left_out:
        parts.append("Anexos que no se pudieron guardar:\n" + "\n".join(f"- {each}" for each in left_out))
    return Preview(exchange, person, "\n\n".join(parts), files, left_out)


def file_entry(
    *, institution: Institution, entry_id: int, kind_id: int | None = None, actor: User, now: datetime
) -> Case:
    """Make the request of an entry: filed when it was entered at its origin, of the person it names, with the
    annexes that may be kept; those that may not are told in its text. `kind_id`: None: that of the office.

    The file is fetched and read before anything is locked: that may take a while, and it stays the same.

    Raises:
        Refused: decided already (sicres_decided), sent as a test (sicres_test), its file was erased
            (sicres_erased) or cannot be read (sicres_unreadable), the body has no office, or as
            `cases.file_case`.
        StoreAway: its file cannot be fetched now.
    """
    entry = RegistryEntry.objects.select_related("institution").get(institution=institution, pk=entry_id)
    office = office_of(institution)
    if office is None:
        raise Refused("sicres_not_set")
    if entry.state != EntryState.WAITING:
        raise Refused("sicres_decided")
    if entry.is_test:
        raise Refused("sicres_test")
    exchange = exchange_of(entry)
    if exchange is None or entry.entered_at is None:
        raise Refused("sicres_unreadable")
    made = preview_of(entry, exchange)
    return _filed(institution, entry_id, exchange, made, kind_id or office.kind_id, actor=actor, now=now)


@transaction.atomic
def _filed(
    institution: Institution,
    entry_id: int,
    exchange: Exchange,
    made: Preview,
    kind_id: int,
    *,
    actor: User,
    now: datetime,
) -> Case:
    entry = _locked(institution, entry_id)
    if entry.erased_at is not None:
        raise Refused("sicres_erased")
    filing = Filing(
        kind_id=kind_id,
        channel=Channel.PLATFORM,
        subject=exchange.field(SUBJECT_SEGMENT, "Resumen"),
        body=made.text,
        person=made.person,
        received_at=entry.entered_at,
        files=made.files,
        idempotency_key=f"sicres:{entry.pk}",
        partial=True,
    )
    case = file_case(institution=institution, filing=filing, actor=actor, now=now)
    data = {"exchange": entry.identifier, "office": entry.origin_code, "number": entry.origin_number}
    record(institution.pk, case.stream, "sicres.filed", now, actor.pk, data)
    entry.case = case
    _decide(entry, EntryState.FILED, "sicres.entry_filed", {"case": case.pk}, actor=actor, now=now)
    return case


@transaction.atomic
def reject_entry(
    *, institution: Institution, entry_id: int, reason: str, actor: User, now: datetime
) -> RegistryEntry:
    """Reject an entry, with a reason that its origin is told (at most 80 signs, as the norm has it).

    Raises:
        Refused: decided already (sicres_decided), or no reason (sicres_reason).
    """
    entry = _locked(institution, entry_id)
    entry.reason = squeeze(reason)[:80]
    if not entry.reason:
        raise Refused("sicres_reason")
    _decide(entry, EntryState.REJECTED, "sicres.entry_rejected", {}, actor=actor, now=now)
    return entry


def _locked(institution: Institution, entry_id: int) -> RegistryEntry:
    rows = RegistryEntry.objects.select_for_update(of=("self",)).select_related("institution")
    entry = rows.get(institution=institution, pk=entry_id)
    if entry.state != EntryState.WAITING:
        raise Refused("sicres_decided")
    return entry


def _decide(
    entry: RegistryEntry, state: EntryState, kind: str, data: dict[str, object], *, actor: User, now: datetime
) -> None:
    entry.state, entry.decided_by, entry.decided_at = state, actor, now
    entry.save(update_fields=["state", "reason", "case", "decided_by", "decided_at"])
    told = {"exchange": entry.identifier, **data}
    record(entry.institution_id, entry.stream, kind, now, actor.pk, told)


def _person(party: Party, agent: Party) -> tuple[PersonData | None, list[str]]:
    """Return whom an entry names as people are kept here, with who acts for them, and lines with what cannot
    be kept of them.
    """
    if not is_known(party):
        return None, []
    kind = PersonKind.LEGAL if party.company else PersonKind.NATURAL
    document = _DOCUMENTS.get(party.document_type, "other") if party.document_number else ""
    whole = PersonData(
        kind=kind, given_names="" if party.company else party.given_names,
        family_names=party.company or party.family_names, document_type=document,
        document_number=party.document_number, email=party.email, phone=party.phone, address=party.address,
        agent=acting(agent)[:_AGENT] if agent.name else "",
    )  # fmt: skip
    told: list[str] = []
    if _is_refused(PersonData(email=whole.email)):
        told.append(f"Correo que no se pudo usar: {whole.email}.")
        whole = replace(whole, email="")
    if _is_refused(PersonData(phone=whole.phone)):
        told.append(f"Teléfono que no se pudo usar: {whole.phone}.")
        whole = replace(whole, phone="")
    if _is_refused(PersonData(document_type=document, document_number=whole.document_number)):
        told.append(f"El documento {whole.document_number} no es válido como el que dice ser.")
        whole = replace(whole, document_type="other")
    return whole, told


def _is_refused(data: PersonData) -> bool:
    try:
        clean_person(data)
    except Refused:
        return True
    return False


def _checked(annexes: Sequence[AnnexFile]) -> tuple[list[CheckedFile], list[str]]:
    """Return the annexes that may be kept and a sentence for each that may not, checked one by one."""
    taken: list[CheckedFile] = []
    left_out: list[str] = []
    sending = Sending()
    for annex in annexes:
        given: File[bytes] = File(io.BytesIO(annex.content or b""), name=annex.name)
        try:
            carried = sum(each.size for each in taken)
            taken += check_uploads(
                [given], already=len(taken), already_bytes=carried, limits=Limits(), sending=sending
            )
        except Refused as refused:
            left_out += [f"{annex.name}: {sentence(each)}" for each in refused.context["problems"]]
    return taken, left_out
