# SPDX-License-Identifier: EUPL-1.2
"""What another office says of a request that was sent to it."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.public import Case, lock_cases
from siac.integrations.sicres.domain.layout import ACK, CONFIRMED, CONTROL, DESTINATION, ORIGIN
from siac.integrations.sicres.domain.reading import Exchange, Message
from siac.integrations.sicres.models import Dispatch, DispatchState
from siac.integrations.sicres.texts import trouble_text
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution

_OPEN = frozenset({DispatchState.SENT, DispatchState.RECEIVED})


@transaction.atomic
def hear(*, institution: Institution, message: Message, actor: User, now: datetime) -> Dispatch:
    """Take a message: 01 it was received, 02 something was wrong, 03 it was accepted, with its number there.

    Raises:
        Refused: the message is not whole (sicres_message_odd), it is one to try with (sicres_message_test),
            nothing was sent under its identifier (sicres_unknown), it comes from another office
            (sicres_other_office), or that one has decided already (sicres_answered).
    """
    fatal = [trouble for trouble in message.troubles if trouble.is_fatal]
    if fatal:
        raise Refused("sicres_message_odd", problem=trouble_text(fatal[0].code, fatal[0].where))
    said = message.values
    if said.get("Indicador_Prueba") == "1":
        raise Refused("sicres_message_test")
    sent = _sent(institution, said["Identificador_Intercambio"], said["Codigo_Entidad_Registral_Origen"])
    kind = said["Tipo_Mensaje"]
    if kind == CONFIRMED and not said.get("Numero_Registro_Entrada_Destino"):
        raise Refused(
            "sicres_message_odd", problem=trouble_text("missing", "Numero_Registro_Entrada_Destino")
        )
    states = {ACK: DispatchState.RECEIVED, CONFIRMED: DispatchState.ACCEPTED}
    sent.number = said.get("Numero_Registro_Entrada_Destino", "")[:20] if kind == CONFIRMED else ""
    told = " ".join((said.get("Codigo_Error", ""), said.get("Descripcion_Mensaje", "")))
    return _keep(sent, states.get(kind, DispatchState.FAILED), told, actor=actor, now=now)


@transaction.atomic
def hear_rejection(*, institution: Institution, exchange: Exchange, actor: User, now: datetime) -> Dispatch:
    """Take an entry that comes back rejected (`Tipo_Anotacion` 04), with why.

    Raises:
        Refused: as `hear`; a rejection of what was not sent from here is none of ours (sicres_unknown).
    """
    if exchange.is_test:
        raise Refused("sicres_message_test")
    origin = exchange.field(ORIGIN, "Codigo_Entidad_Registral_Origen")
    if not exchange.identifier or not exchange.field(DESTINATION, "Codigo_Entidad_Registral_Destino"):
        raise Refused("sicres_message_odd", problem=trouble_text("missing", "Identificador_Intercambio"))
    sent = _sent(institution, exchange.identifier, origin)
    told = exchange.field(CONTROL, "Descripcion_Tipo_Anotacion")
    return _keep(sent, DispatchState.REJECTED, told, actor=actor, now=now)


def _sent(institution: Institution, identifier: str, origin: str) -> Dispatch:
    """Return what was sent under an identifier, with its case locked before it."""
    found = Dispatch.objects.filter(institution=institution, identifier=identifier).first()
    if found is None:
        raise Refused("sicres_unknown", identifier=identifier[:33])
    lock_cases([found.case_id])
    sent = Dispatch.objects.select_for_update(of=("self",)).select_related("case").get(pk=found.pk)
    if origin != sent.destination_code:
        raise Refused("sicres_other_office")
    if sent.state not in _OPEN:
        raise Refused("sicres_answered", state=DispatchState(sent.state).label.lower())
    return sent


def _keep(sent: Dispatch, state: DispatchState, told: str, *, actor: User, now: datetime) -> Dispatch:
    sent.state, sent.told, sent.answered_at = state, squeeze(told)[:300], now
    sent.save(update_fields=["state", "told", "number", "answered_at"])
    case: Case = sent.case
    data = {"exchange": sent.identifier, "office": sent.destination_code, "number": sent.number}
    record(case.institution_id, case.stream, f"sicres.{state}", now, actor.pk, data)
    return sent
