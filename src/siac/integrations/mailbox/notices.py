# SPDX-License-Identifier: EUPL-1.2
"""What people are told about a mail of theirs."""

from siac.cases.public import Case
from siac.integrations.mailbox.models import IncomingMail, MailState
from siac.notices.public import Notice
from siac.ui.public import long_date


def received(notice: Notice) -> tuple[str, str]:
    """Return (subject, text): to which request a mail was added, and which files could not be kept
    and why.
    """
    mail = IncomingMail.objects.get(institution_id=notice.institution_id, pk=notice.context["mail"])
    case = Case.objects.select_related("institution").get(pk=notice.subject_id)
    lines = []
    if mail.state == MailState.ADDED:
        lines.append(f"Agregamos su correo a su solicitud {case.folio}.")
        if case.is_open and case.legal_due_on and case.due_on:
            lines.append(f"La respuesta debe llegarle a más tardar el {long_date(case.legal_due_on)}.")
        subject = "Agregamos su correo"
    else:
        lines.append(
            f"Su solicitud {case.folio} está ingresada. Algunos archivos de su correo no se guardaron."
        )
        subject = "Archivos que no pudimos guardar"
    if mail.left_out:
        lines.append("\n".join(["Lo que no se guardó:", *(f"- {line}" for line in mail.left_out)]))
        lines.append("Puede enviarlos de otra forma respondiendo a este correo.")
    lines.append(case.institution.name)
    return f"{subject} [{case.folio}]", "\n\n".join(lines)
