# SPDX-License-Identifier: EUPL-1.2
"""Letters about accounts (a forgotten password), sealed while they wait in the
queue: whoever reads it gets no way in.
"""

import json

from django.core.mail import EmailMessage

from siac.infra.crypto import seal, unseal, vault_keys

SEND_LETTER = "accounts.send_letter"
_PURPOSE = "account letter"


def sealed_letter(to: str, subject: str, body: str) -> str:
    """Return a letter as a job carries it."""
    return seal(vault_keys(), _PURPOSE, json.dumps([to, subject, body]).encode(), bound_to="").hex()


def readdressed_letter(before: str, after: str) -> tuple[str, str]:
    """Return subject and text of the letter that tells both addresses of an account that it changed them."""
    lines = [
        f"El directorio de su institución cambió el correo con que entra a SIAC: era {before}, es {after}.",
        "Se cerraron las sesiones, y la contraseña, las llaves de acceso y el segundo paso que había ya no "
        "valen. "
        "Quien lee el correo nuevo define la suya en «¿Ha olvidado su contraseña?», al entrar.",
        "Si no lo esperaba, avise a quien administra el sistema en su institución.",
    ]
    return "Cambió el correo con que entra a SIAC", "\n\n".join(lines)


def send_letter(letter: str) -> None:
    """Send a letter that `sealed_letter` made; raises what the mail backend
    raises, and the job is tried again.
    """
    to, subject, body = json.loads(unseal(vault_keys(), _PURPOSE, bytes.fromhex(letter), bound_to=""))
    EmailMessage(" ".join(subject.split()), body, to=[to]).send()
