# SPDX-License-Identifier: EUPL-1.2
"""A request goes out to another registry office; and, once that office accepted it, ends here."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import Case, Move, keep_case, locked_case, said_beside, transfer_case
from siac.documents.public import (
    Attachment,
    CheckedFile,
    ScanState,
    Visibility,
    attach,
    attachments_of,
    open_file,
    put_away,
)
from siac.integrations.sicres.commands.office import code_of
from siac.integrations.sicres.domain.layout import CLOCK, SENT
from siac.integrations.sicres.domain.writing import (
    annex_values,
    exchange_xml,
    half_seconds,
    identifier_of,
    surnames,
)
from siac.integrations.sicres.models import Dispatch, DispatchState, RegistryOffice
from siac.integrations.sicres.queries import entry_of
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution
from siac.people.public import PersonData, PersonKind, reveal

SUBJECT = "sicres_dispatch"
"""What the file of what was sent belongs to, in `documents`."""
MOST_BYTES = 15_000_000
MOST_ANNEXES = 20
_TEXT = 4000
_DOCUMENTS = {"dni_es": "N", "nif_legal": "C", "nie": "E", "passport": "P"}


def send_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    office_code: str,
    unit_code: str,
    name: str,
    note: str = "",
    actor: User,
    now: datetime,
) -> Case:
    """Make the file of exchange that sends a request, with its files, to another office, and note it; the
    request stays here and its term runs on.

    Its files are fetched, and what is sent is stored, while nothing is locked: that may take a while.
    Whatever changed meanwhile is told to whoever sends.

    Raises:
        StoreAway: a file cannot be fetched now.
        Refused: the body has no office, a code is none, or is its own (sicres_own_code), its person is not
            known, its files do not fit (sicres_heavy), one is on its way already (sicres_open_dispatch),
            its files changed meanwhile (sicres_files_changed), or as a transfer.
    """
    files = _fetched(institution.pk, case_id)
    sent, content = _made(
        institution, case_id, version, files, office_code=office_code, unit_code=unit_code, name=name,
        note=note, actor=actor, now=now,
    )  # fmt: skip
    (stored,) = put_away([_file(sent, content)], now=now)
    return _sent(institution, sent, stored, set(files), actor=actor, now=now)


@transaction.atomic
def _made(
    institution: Institution,
    case_id: int,
    version: int | None,
    files: Mapping[int, bytes],
    *,
    office_code: str,
    unit_code: str,
    name: str,
    note: str,
    actor: User,
    now: datetime,
) -> tuple[Dispatch, bytes]:
    """Return what is sent, with its number, and its file; neither is kept yet. A number that is not used in
    the end is left out.
    """
    case, _ = locked_case(institution, case_id, version, Move.TRANSFER)
    office = RegistryOffice.objects.select_for_update().filter(institution=institution).first()
    if office is None:
        raise Refused("sicres_not_set")
    code, unit = code_of(office_code), code_of(unit_code) if unit_code.strip() else ""
    if code == office.office_code:
        raise Refused("sicres_own_code")
    _check_none_goes(case)
    sent = Dispatch(
        institution=institution, case=case, identifier=_next(office, institution, now),
        destination_code=code, destination_name=squeeze(name)[:80], destination_unit=unit, sent_by=actor,
        sent_at=now,
    )  # fmt: skip
    return sent, _written(office, case, sent, note, files, actor=actor, now=now)


def _check_none_goes(case: Case) -> None:
    going = Dispatch.objects.filter(case=case, state__in=(DispatchState.SENT, DispatchState.RECEIVED)).first()
    if going is not None:
        raise Refused("sicres_open_dispatch", name=going.destination_name)


@transaction.atomic
def _sent(
    institution: Institution,
    sent: Dispatch,
    stored: CheckedFile,
    file_ids: set[int],
    *,
    actor: User,
    now: datetime,
) -> Case:
    seen = sent.case.version - 1  # it was raised for a change that was not kept
    case, _ = locked_case(institution, sent.case_id, seen, Move.TRANSFER)
    _check_none_goes(case)
    if {each.pk for each in _living(institution.pk, case.pk)} != file_ids:
        raise Refused("sicres_files_changed")
    sent.save(force_insert=True)
    attach(
        institution.pk, SUBJECT, sent.pk, [stored], actor_id=actor.pk, now=now,
        visibility=Visibility.INTERNAL,
    )  # fmt: skip
    data = {"exchange": sent.identifier, "office": sent.destination_code, "sha256": stored.sha256}
    return keep_case(case, "sicres.sent", actor=actor, now=now, fields=(), data=data)


@transaction.atomic
def transfer_accepted(
    *, institution: Institution, dispatch_id: int, reason: str, actor: User, now: datetime
) -> Case:
    """End here a request that the other office accepted: its person is told where it went and why.

    Raises:
        Refused: that office did not accept it (sicres_not_accepted), or as `cases.transfer_case`.
    """
    sent = Dispatch.objects.get(institution=institution, pk=dispatch_id)
    if sent.state != DispatchState.ACCEPTED:
        raise Refused("sicres_not_accepted")
    return transfer_case(
        institution=institution, case_id=sent.case_id, version=None, reason=reason, actor=actor, now=now,
        competent_body=f"{sent.destination_name} (registro {sent.number})",
    )  # fmt: skip


def _next(office: RegistryOffice, institution: Institution, now: datetime) -> str:
    """Return the identifier of a new exchange; the row of the office is locked.

    Where a backup was restored, numbers of what was sent after it are forgotten here and known to others. So
    the number goes on from the last one, or from the half seconds of the year, whichever is more.
    """
    year = institution.local_date(now).year
    passed = half_seconds(now, datetime(year, 1, 1, tzinfo=institution.zone))
    last = office.sent_number if office.sent_year == year else 0
    office.sent_year, office.sent_number = year, max(last + 1, passed)
    office.save(update_fields=["sent_year", "sent_number"])
    return identifier_of(office.office_code, year, office.sent_number)


def _written(
    office: RegistryOffice,
    case: Case,
    sent: Dispatch,
    note: str,
    files: Mapping[int, bytes],
    *,
    actor: User,
    now: datetime,
) -> bytes:
    body = case.institution
    people = reveal(
        body.pk, [case.person_id] if case.person_id else [], actor_id=actor.pk, reason=case.stream, now=now
    )
    person = people.get(case.person_id or 0)
    if person is None:
        raise Refused("sicres_anonymous")
    came = entry_of(case)
    agent = [f"Actúa en representación: {person.agent}"] if person.agent else []
    text = "\n\n".join([case.text.body, *said_beside(case), *agent])
    return exchange_xml(
        origin={
            "Codigo_Entidad_Registral_Origen": office.office_code,
            "Decodificacion_Entidad_Registral_Origen": office.office_name,
            "Numero_Registro_Entrada": case.folio,
            "Fecha_Hora_Entrada": f"{case.filed_at.astimezone(CLOCK):%Y%m%d%H%M%S}",
            "Codigo_Unidad_Tramitacion_Origen": office.unit_code,
            "Decodificacion_Unidad_Tramitacion_Origen": body.name,
        },
        destination={
            "Codigo_Entidad_Registral_Destino": sent.destination_code,
            "Decodificacion_Entidad_Registral_Destino": sent.destination_name,
            "Codigo_Unidad_Tramitacion_Destino": sent.destination_unit,
        },
        people=[_interested(person)],
        subject={"Resumen": case.text.subject, "Numero_Expediente": case.folio},
        annexes=_annexes(case, sent.identifier, text, files),
        control={
            "Nombre_Usuario": actor.name,
            "Identificador_Intercambio": sent.identifier,
            "Aplicacion_Version_Emisora": "SIAC",
            "Tipo_Anotacion": SENT,
            "Descripcion_Tipo_Anotacion": "Envío",
            "Tipo_Registro": "0",
            "Documentacion_Fisica": "3",  # no paper goes with it
            "Observaciones_Apunte": squeeze(note),
            "Indicador_Prueba": "0",
            "Codigo_Entidad_Registral_Inicio": came.origin_code if came else office.office_code,
        },
        form={"Expone": text, "Solicita": ""},
    )


def _interested(person: PersonData) -> Mapping[str, str]:
    first, second = surnames(person.family_names)
    is_legal = person.kind == PersonKind.LEGAL
    names = (
        {"Razon_Social_Interesado": person.display_name}
        if is_legal
        else {
            "Nombre_Interesado": person.given_names,
            "Primer_Apellido_Interesado": first,
            "Segundo_Apellido_Interesado": second,
        }
    )
    document = _DOCUMENTS.get(person.document_type, "X") if person.document_number else ""
    return {
        **names,
        "Tipo_Documento_Identificacion_Interesado": document,
        "Documento_Identificacion_Interesado": person.document_number,
        "Direccion_Interesado": person.address,
        "Correo_Electronico_Interesado": person.email,
        "Telefono_Contacto_Interesado": person.phone,
    }


def _living(institution_id: int, case_id: int) -> list[Attachment]:
    """Return the files of a case that go along (1 SQL).

    Raises:
        Refused: one is infected, or they do not fit.
    """
    files = attachments_of(institution_id, "case", [case_id])[case_id]
    living = [each for each in files if each.erased_at is None]
    for each in living:
        if each.scan_state == ScanState.INFECTED:
            raise Refused("sicres_infected", file=each.name)
    if len(living) > MOST_ANNEXES or sum(each.size for each in living) > MOST_BYTES:
        raise Refused("sicres_heavy", most=MOST_BYTES // 1_000_000, count=MOST_ANNEXES)
    return living


def _fetched(institution_id: int, case_id: int) -> Mapping[int, bytes]:
    return {each.pk: _content(each) for each in _living(institution_id, case_id)}


def _annexes(
    case: Case, identifier: str, text: str, files: Mapping[int, bytes]
) -> Sequence[Mapping[str, str]]:
    living = _living(case.institution_id, case.pk)
    if {each.pk for each in living} != set(files):
        raise Refused("sicres_files_changed")
    given = [(each.name, each.media_type, files[each.pk]) for each in living]
    if len(text) > _TEXT:  # the norm has room for so much: the whole goes along as a file
        given.append(("solicitud-completa.txt", "text/plain", text.encode()))
    return [
        annex_values(name=name, identifier=identifier, place=place, media_type=media, content=content)
        for place, (name, media, content) in enumerate(given, start=1)
    ]


def _content(file: Attachment) -> bytes:
    with open_file(file) as stored:
        content: bytes = stored.read()
    return content


def _file(sent: Dispatch, content: bytes) -> CheckedFile:
    name = f"{sent.identifier}.xml"
    return CheckedFile(
        name=name, media_type="application/xml", size=len(content), scan_state=ScanState.CLEAN,
        sha256=hashlib.sha256(content).hexdigest(), file=File(io.BytesIO(content), name=name),
    )  # fmt: skip
