# SPDX-License-Identifier: EUPL-1.2
import json
from argparse import FileType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from siac.integrations.mailbox.foretelling import Foretold, foretell
from siac.integrations.mailbox.models import Mailbox, MailState
from siac.integrations.mailbox.texts import reason_text

_OUTCOMES = {
    MailState.FILED: "Se ingresaría como solicitud nueva",
    MailState.ADDED: "Se agregaría a la solicitud {folio}",
    MailState.REVIEW: "Quedaría en «Por revisar»",
    MailState.SPAM: "Quedaría en «No deseado»",
    MailState.LOOP: "Quedaría en «Automático», sin respuesta",
}


class Command(BaseCommand):
    help = (
        "Correo: «mail read ARCHIVO.eml» muestra cómo se lee un correo y qué pasaría con él. No guarda nada."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["read"])
        parser.add_argument(
            "file", type=FileType("rb"), help="el correo, como archivo .eml; «-» lo lee de la entrada"
        )
        parser.add_argument("--mailbox", default="", help="dirección de la casilla a la que habría llegado")
        parser.add_argument("--institution", default="", help="organismo de esa casilla, si varios la tienen")
        parser.add_argument("--json", action="store_true", help="para programas")

    def handle(self, *args: Any, **options: Any) -> None:
        with options["file"] as file:
            raw = file.read()
        with transaction.atomic():
            told = foretell(raw, _mailbox(options["mailbox"], options["institution"]), now=timezone.now())
            transaction.set_rollback(True)
        write = _as_json if options["json"] else _in_words
        self.stdout.write(write(told))


def _mailbox(address: str, institution: str) -> Mailbox | None:
    if not address:
        if institution:
            raise CommandError("Indique también la casilla: --mailbox DIRECCIÓN")
        return None
    rows = Mailbox.objects.filter(address__iexact=address).select_related("institution")
    if institution:
        rows = rows.filter(institution__slug=institution)
    found = list(rows.order_by("pk")[:2])
    if not found:
        raise CommandError(f"Ninguna casilla conectada tiene la dirección {address}.")
    if len({row.institution_id for row in found}) > 1:
        raise CommandError(f"Varios organismos tienen la casilla {address}: indique cuál con --institution.")
    return found[0]


def _why(told: Foretold) -> str:
    return reason_text(told.reason, {}) if told.reason else ""


def _outcome(told: Foretold) -> str:
    return _OUTCOMES[told.state].format(folio=told.folio)


def _as_json(told: Foretold) -> str:
    mail = told.mail
    values = {
        "sender": mail.sender,
        "sender_name": mail.sender_name,
        "reply_to": mail.answer_address,
        "subject": mail.subject,
        "text": mail.text,
        "rest": mail.rest,
        "unread_parts": list(mail.unread_parts),
        "files": [{"name": name, "size": size} for name, size in told.kept],
        "left_out": list(told.left_out),
        "state": str(told.state),
        "outcome": _outcome(told),
        "reason": str(told.reason),
        "why": _why(told),
        "folio": told.folio,
        "without_receipt": told.without_receipt,
        "headers": mail.machine,
    }
    return json.dumps(values, ensure_ascii=False, indent=2)


def _in_words(told: Foretold) -> str:
    mail = told.mail
    sender = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender
    lines = [
        f"De: {sender or '(no dice de quién viene)'}",
        *([f"Responder a: {mail.answer_address}"] if mail.answer_address else []),
        f"Asunto: {mail.subject or '(sin asunto)'}",
        "",
        mail.text or "(sin texto)",
        *(["", "--- Firma y mensajes anteriores ---", mail.rest] if mail.rest else []),
        "",
        *(f"Archivo: {name} ({size} bytes)" for name, size in told.kept),
        *(f"No se guardaría: {line}" for line in told.left_out),
        *(f"No se pudo leer: {part}" for part in mail.unread_parts),
        f"Qué pasaría: {_outcome(told)}." + (f" {_why(told)}." if _why(told) else ""),
        *(
            ["Sin comprobante: el correo pide que no se le conteste de forma automática."]
            if told.without_receipt
            else []
        ),
    ]
    return "\n".join(lines)
