# SPDX-License-Identifier: EUPL-1.2
"""The files that an office hands back to the origin of an entry; made anew whenever they are asked for."""

import base64
import hashlib
from collections.abc import Mapping, Sequence

from siac.integrations.sicres.commands.deciding import read_or_none
from siac.integrations.sicres.domain.layout import (
    ACK,
    CLOCK,
    CONFIRMED,
    CONTROL,
    ERROR,
    FORM,
    ORIGIN,
    REJECTED,
    SUBJECT,
)
from siac.integrations.sicres.domain.reading import Exchange
from siac.integrations.sicres.domain.writing import exchange_xml, message_xml
from siac.integrations.sicres.models import EntryState, RegistryEntry, RegistryOffice
from siac.integrations.sicres.texts import trouble_text
from siac.kernel.errors import Refused

RECEIVED, DECIDED = "acuse", "respuesta"


def reply_of(entry: RegistryEntry, office: RegistryOffice, which: str) -> bytes:
    """Return the message about an entry, as XML: that it came (`acuse`, 01), or what became of it
    (`respuesta`): 03 once it is a request, with its folio and when; 02 for a file that is no good; and the
    entry itself sent back as rejected (`Tipo_Anotacion` 04), for which the norm has no message. One whose
    file cannot be read any more cannot be sent back: its origin gets an error (02) with the reason.

    Raises:
        Refused: there is nothing to say (sicres_no_message): it is not decided, or does not say whose it is.
    """
    if not entry.identifier or not entry.origin_code:
        raise Refused("sicres_no_message")
    if which == RECEIVED and entry.state != EntryState.REFUSED:
        return message_xml({**_head(entry, office), "Tipo_Mensaje": ACK})
    if which == DECIDED and entry.state == EntryState.FILED and entry.case and entry.decided_at:
        local = entry.decided_at.astimezone(CLOCK)
        return message_xml({
            **_head(entry, office), "Tipo_Mensaje": CONFIRMED,
            "Descripcion_Mensaje": "Entrada confirmada",
            "Numero_Registro_Entrada_Destino": entry.case.folio,
            "Fecha_Hora_Entrada_Destino": f"{local:%Y%m%d%H%M%S}",
        })  # fmt: skip
    if which == DECIDED and entry.state == EntryState.REFUSED:
        said = " ".join(trouble_text(code, where) for code, where, is_fatal in entry.troubles if is_fatal)
        return message_xml(
            {**_head(entry, office), "Tipo_Mensaje": ERROR, "Descripcion_Mensaje": said[:1024]}
        )
    if which == DECIDED and entry.state == EntryState.REJECTED:
        return _sent_back(entry, office)
    raise Refused("sicres_no_message")


def _head(entry: RegistryEntry, office: RegistryOffice) -> Mapping[str, str]:
    return {
        "Codigo_Entidad_Registral_Origen": office.office_code,
        "Codigo_Entidad_Registral_Destino": entry.origin_code,
        "Identificador_Intercambio": entry.identifier,
        "Indicador_Prueba": "1" if entry.is_test else "0",
    }


def _sent_back(entry: RegistryEntry, office: RegistryOffice) -> bytes:
    found = read_or_none(entry)
    if found is None:
        said = f"Rechazada: {entry.reason}. No se pudo devolver la entrada: su archivo no se puede leer."
        return message_xml({**_head(entry, office), "Tipo_Mensaje": ERROR, "Descripcion_Mensaje": said})
    origin, control = found.values[ORIGIN], found.values[CONTROL]
    return exchange_xml(
        origin={
            **{name: value for name, value in origin.items() if name != "Timestamp_Entrada"},
            "Codigo_Entidad_Registral_Origen": office.office_code,
            "Decodificacion_Entidad_Registral_Origen": office.office_name,
            "Codigo_Unidad_Tramitacion_Origen": office.unit_code,
            "Decodificacion_Unidad_Tramitacion_Origen": entry.institution.name,
        },
        destination=_back(origin),
        people=found.parties,
        subject=found.values[SUBJECT],
        annexes=_annexes(found),
        control={
            **control,
            "Tipo_Anotacion": REJECTED,
            "Descripcion_Tipo_Anotacion": entry.reason,
            "Aplicacion_Version_Emisora": "SIAC",
        },
        form=found.values[FORM],
    )


def _back(origin: Mapping[str, str]) -> Mapping[str, str]:
    names = ("Codigo_Entidad_Registral", "Decodificacion_Entidad_Registral", "Codigo_Unidad_Tramitacion",
             "Decodificacion_Unidad_Tramitacion")  # fmt: skip
    return {f"{name}_Destino": origin.get(f"{name}_Origen", "") for name in names}


def _annexes(found: Exchange) -> Sequence[Mapping[str, str]]:
    """Return the annexes as they came, each within its segment and with its SHA-256."""
    return [
        {
            **{name: value for name, value in fields.items() if value},
            "Hash": base64.b64encode(hashlib.sha256(annex.content or b"").digest()).decode(),
            "Anexo": base64.b64encode(annex.content or b"").decode(),
        }
        for fields, annex in zip(found.annex_fields, found.annexes, strict=True)
    ]
