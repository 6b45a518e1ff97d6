# SPDX-License-Identifier: EUPL-1.2
"""A file is brought: an entry of another office, or what an office says of what was sent to it."""

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.files.base import File
from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.documents.public import CheckedFile, ScanState, Visibility, attach, put_away
from siac.integrations.sicres.commands.hearing import hear, hear_rejection
from siac.integrations.sicres.domain.layout import CLOCK, CONTROL, ORIGIN, REJECTED
from siac.integrations.sicres.domain.parsing import MOST_BYTES
from siac.integrations.sicres.domain.reading import Exchange, Message, Trouble, addressed_to, moment_of
from siac.integrations.sicres.models import Dispatch, EntryState, RegistryEntry, RegistryOffice
from siac.integrations.sicres.opening import opened
from siac.integrations.sicres.queries import office_of
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

SUBJECT = "sicres_entry"
"""What the file of an entry belongs to, in `documents`."""


def bring(
    *, institution: Institution, content: bytes, actor: User, now: datetime
) -> RegistryEntry | Dispatch:
    """Take a file of exchange or a message; return the entry it is kept as, or the dispatch it is about.

    A file that is no good is kept as an entry that says why; a message that is none is refused.

    Raises:
        Refused: the body has no office (sicres_not_set), the file is too large (sicres_large), the same
            exchange is here already (sicres_again, with `entry` its row), or it speaks of something sent as
            `hear` refuses.
    """
    office = office_of(institution)
    if office is None:
        raise Refused("sicres_not_set")
    if len(content) > MOST_BYTES:
        raise Refused("sicres_large", most=MOST_BYTES // 1_000_000)
    found = opened(content)
    if isinstance(found, Message):
        return hear(institution=institution, message=found, actor=actor, now=now)
    if isinstance(found, Exchange) and found.field(CONTROL, "Tipo_Anotacion") == REJECTED:
        return hear_rejection(institution=institution, exchange=found, actor=actor, now=now)
    row = _row(institution, office, found, now=now)
    row.sha256, row.brought_by, row.brought_at = hashlib.sha256(content).hexdigest(), actor, now
    return _kept(row, content, actor=actor, now=now)


AHEAD = timedelta(hours=2)
"""What is later than now by less than this is a clock that is wrong, or stands elsewhere."""


def _kept(row: RegistryEntry, content: bytes, *, actor: User, now: datetime) -> RegistryEntry:
    stored = put_away([original(content)], now=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            attach(
                row.institution_id, SUBJECT, row.pk, stored, actor_id=actor.pk, now=now,
                visibility=Visibility.INTERNAL,
            )  # fmt: skip
            kind = "sicres.refused" if row.state == EntryState.REFUSED else "sicres.brought"
            data = {"exchange": row.identifier, "sha256": row.sha256, "test": row.is_test}
            record(row.institution_id, row.stream, kind, now, actor.pk, data, new_stream=True)
    except IntegrityError as error:
        if "sicres_entry_once" not in str(error):
            raise
        first = (
            RegistryEntry.objects.exclude(state__in=(EntryState.REFUSED, EntryState.REJECTED))
            .select_related("case")
            .get(institution=row.institution, identifier=row.identifier)
        )
        day = f"{row.institution.local_date(first.brought_at):%d-%m-%Y}"
        where = first.case.folio if first.case else EntryState(first.state).label.lower()
        raise Refused("sicres_again", day=day, where=where, entry=first.pk) from error
    return row


def _row(
    institution: Institution, office: RegistryOffice, found: Exchange | Trouble, *, now: datetime
) -> RegistryEntry:
    row = RegistryEntry(institution=institution)
    if isinstance(found, Trouble):
        return _refused(row, [found])
    row.identifier = found.identifier[:33]
    row.is_test = found.is_test
    row.origin_code = found.field(ORIGIN, "Codigo_Entidad_Registral_Origen")[:21]
    row.origin_name = found.field(ORIGIN, "Decodificacion_Entidad_Registral_Origen")[:80]
    row.origin_number = found.field(ORIGIN, "Numero_Registro_Entrada")[:20]
    wall = moment_of(found.field(ORIGIN, "Fecha_Hora_Entrada"))
    row.entered_at = wall.replace(tzinfo=CLOCK) if wall else None
    troubles = list(found.troubles)
    if row.entered_at is not None and row.entered_at > now + AHEAD:
        troubles.append(Trouble("future", "Fecha_Hora_Entrada"))
    elif row.entered_at is not None:
        row.entered_at = min(row.entered_at, now)
    told_office, told_unit = addressed_to(found)
    if told_office != office.office_code or told_unit not in ("", office.unit_code):
        troubles.append(Trouble("destination"))
    if any(trouble.is_fatal for trouble in troubles):
        return _refused(row, troubles)
    row.troubles = _stored(troubles)
    return row


def _refused(row: RegistryEntry, troubles: Sequence[Trouble]) -> RegistryEntry:
    row.state, row.troubles = EntryState.REFUSED, _stored(troubles)
    return row


def _stored(troubles: Sequence[Trouble]) -> list[list[object]]:
    return [[each.code, each.where[:120], each.is_fatal] for each in troubles[:100]]


def original(content: bytes) -> CheckedFile:
    """Return what came as a file: kept unjudged, handed to staff alone, as a download."""
    is_zip = content.startswith(b"PK")
    name = "intercambio.zip" if is_zip else "intercambio.xml"
    return CheckedFile(
        name=name,
        media_type="application/zip" if is_zip else "application/xml",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        scan_state=ScanState.PENDING,
        file=File(io.BytesIO(content), name=name),
    )
