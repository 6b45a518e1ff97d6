# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of incoming mail."""

from datetime import datetime, timedelta
from typing import Protocol

from siac.integrations.mailbox.domain.guard import MAILS_PER_HOUR, Reason
from siac.integrations.mailbox.server import Trouble

SLOW_PROBE = timedelta(seconds=90)

TROUBLES: dict[str, str] = {
    Trouble.HOST_UNKNOWN: "No existe un servidor con ese nombre. Revise cómo está escrito.",
    Trouble.REFUSED: (
        "El servidor no acepta conexiones en ese puerto. Revise el puerto y el tipo de conexión."
    ),
    Trouble.TIMED_OUT: (
        "El servidor no contestó a tiempo. Puede estar detenido o un cortafuegos impide llegar a él."
    ),
    Trouble.CERTIFICATE: (
        "El certificado del servidor no es válido para ese nombre. No se envió la contraseña."
    ),
    Trouble.NO_TLS: (
        "El servidor no ofrece esa conexión cifrada en ese puerto. Pruebe el otro tipo de conexión."
    ),
    Trouble.LOGIN: "El servidor rechazó el usuario o la contraseña.",
    Trouble.FOLDER: "El usuario entra, pero la carpeta indicada no existe.",
    Trouble.DONE_FOLDER: (
        "La carpeta para lo ya recibido no existe. Créela en el correo o deje el campo vacío."
    ),
    Trouble.BROKEN_OFF: "La conexión se cortó. Se intentará de nuevo.",
    Trouble.NOT_ALLOWED: "Ese nombre lleva a esta misma máquina o a una "
    "dirección de gestión de la red, a la que no se permite"
    " conectar. Quien opera el sistema puede permitirla.",
    Trouble.KEY_MISSING: (
        "No se puede leer la contraseña guardada: falta la clave con que se cifró. Escríbala otra vez."
    ),
}
REASONS: dict[str, str] = {
    Reason.DELIVERY_REPORT: "Informe de entrega de un servidor de correo",
    Reason.BOUNCE: "Un aviso nuestro no pudo entregarse",
    Reason.AUTOMATIC: "Respuesta automática: contestarla podría iniciar un ciclo",
    Reason.BULK: "Lista o envío masivo",
    Reason.OWN_ADDRESS: "Viene de una dirección de la propia institución",
    Reason.TOO_MANY: f"Más de {MAILS_PER_HOUR} correos de la misma dirección en una hora",
    Reason.FLAGGED: "El servidor de correo lo marcó como no deseado",
    Reason.BLOCKED: "Dirección bloqueada por la institución",
    Reason.ONLY_PROGRAMS: "Sin texto y solo con programas adjuntos",
    Reason.NO_SENDER: "No dice de quién viene",
    Reason.EMPTY: "Sin asunto, texto ni archivos",
    Reason.CASE_FINISHED: "Habla de una solicitud que ya se respondió",
    Reason.OTHER_ADDRESS: "Menciona otra solicitud, pero viene de otra dirección",
    Reason.REPEATED: "El mismo correo llegó también a otra casilla",
    Reason.NOT_PROVEN: (
        "Dice venir de quien presentó la solicitud, pero el "
        "servidor de correo no lo comprobó: véalo y agréguelo"
    ),
    Reason.SAME_TEXT: (
        "La misma dirección escribió lo mismo varias veces en la semana: se agregó, pero no se le respondió"
    ),
    Reason.OTHER_RECIPIENT: (
        "Dice que no se entregó un aviso nuestro, pero a una dirección que no es la de ese aviso: véalo"
    ),
    Reason.UNREADABLE: "No se pudo leer; vea el original",
}
REFUSALS: dict[str, str] = {
    "practice_without_mailbox": (
        "Un organismo de práctica no recibe ni envía correo: conecte la casilla en el organismo."
    ),
    "mailbox_taken": "Esa carpeta de ese usuario ya está conectada.",
    "mailbox_kind_needs_document": (
        "Ese tipo de solicitud exige documento de identidad, y un correo no lo trae. Elija otro."
    ),
    "mailbox_not_encrypted": "Sin cifrar solo se admite un servidor en esta misma máquina.",
    "mailbox_password_missing": "Escriba la contraseña.",
    "mail_settled": "Otra persona ya decidió sobre este correo.",
    "mail_erased": "El original ya se borró al cumplirse su plazo: no se puede ingresar.",
    "mail_without_case": "Indique a qué solicitud se agrega.",
    "mail_case_unknown": "No hay una solicitud con ese folio que usted pueda ver.",
    "mail_no_sender": "Este correo no dice de quién viene.",
}


class Probed(Protocol):
    """What is known of the last test of a connection."""

    folder: str
    probe_asked_at: datetime | None
    probe_trouble: str
    probe_messages: int | None

    @property
    def is_being_probed(self) -> bool:
        """Whether it goes on."""
        ...


def probe_text(box: Probed, now: datetime) -> str:
    """Return how the last test of the connection went, or that it goes on; empty where none was asked."""
    if box.probe_asked_at is None:
        return ""
    if box.is_being_probed:
        slow = now - box.probe_asked_at > SLOW_PROBE
        return "Probando la conexión…" + (
            " Tarda más de lo normal: puede que los trabajos estén detenidos." if slow else ""
        )
    if box.probe_trouble:
        return TROUBLES.get(box.probe_trouble, box.probe_trouble)
    mails = "1 correo" if box.probe_messages == 1 else f"{box.probe_messages} correos"
    return f"La conexión funciona. La carpeta «{box.folder}» tiene {mails}."


def reason_text(code: str, refusals: dict[str, str]) -> str:
    """Return the words for why a mail is where it is; a refused filing in the words of its refusal."""
    return REASONS.get(code) or refusals.get(code, "")


def cut_sentence(name: str) -> str:
    """Return what is said of a file that did not come whole."""
    return f"«{name}»: el correo es demasiado grande y el archivo no se pudo recibir completo."


def others_sentence(count: int) -> str:
    """Return what is said of the files that are not told one by one."""
    return f"Y otros {count} archivos."


def other_address_note(folio: str) -> str:
    """Return the internal note on a request that quotes another one from an unknown address."""
    return (
        f"Este correo menciona la solicitud {folio}, pero no viene "
        "de la dirección registrada en ella. Por eso se ingresó"
        " aparte y no se agregó allí. Si es de la misma persona, anótelo en esa solicitud."
    )


def linked_note(folio: str) -> str:
    """Return the internal note on a request filed from a mail that spoke of another one."""
    return f"Este correo llegó como continuación de la solicitud {folio}, que ya estaba respondida."


RECORDED = ("mailbox.saved", "mailbox.settled", "mailbox.unblocked")
"""Every kind of entry that this context writes in the journal."""
