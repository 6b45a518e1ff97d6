# SPDX-License-Identifier: EUPL-1.2
"""What people are told about a mail of theirs."""

from siac.cases.public import case_in, promise_told
from siac.integrations.mailbox.models import IncomingMail, MailState
from siac.notices.public import Notice
from siac.organizations.public import institution_of


def received(notice: Notice) -> tuple[str, str]:
    """Return (subject, text): to which request a mail was added, and which files could not be kept
    and why.
    """
    mail = IncomingMail.objects.get(institution_id=notice.institution_id, pk=notice.context["mail"])
    case = case_in(institution_of(notice.institution_id), notice.subject_id)
    lines = []
    if mail.state == MailState.ADDED:
        lines.append(f"Agregamos su correo a su solicitud {case.folio}.")
        lines += promise_told(case, today=case.institution.local_date(notice.created_at))
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
