# SPDX-License-Identifier: EUPL-1.2
"""Letters about working in a body."""

from siac.accounts.public import User
from siac.organizations.models import Institution, Invitation
from siac.organizations.texts import ROLE_NAMES


def invitation_letter(row: Invitation, link: str) -> tuple[str, str]:
    """Return subject and text of the letter that offers a role; it names the
    body, the system and who invites.
    """
    who = f"{row.invited_by.name}, de {row.institution.name}," if row.invited_by else row.institution.name
    where = f" en {row.unit.name}" if row.unit else ""
    lasting = f" hasta el {row.until:%d-%m-%Y}" if row.until else ""
    lines = [
        f"Hola, {row.name}:",
        f"{who} le invita a trabajar en SIAC, el sistema con que "
        f"{row.institution.name} recibe y responde solicitudes"
        f" de la ciudadanía, como {ROLE_NAMES[row.role].lower()}{where}{lasting}.",
        f"Para aceptar, abra este enlace dentro de los próximos catorce días:\n{link}",
        "Si no esperaba esta carta, no haga nada: sin su aceptación no se abre ninguna cuenta.",
        row.institution.name,
    ]
    return f"{row.institution.name} le invita a SIAC", "\n\n".join(lines)


def second_step_letter(institution: Institution, actor: User) -> tuple[str, str]:
    """Return subject and text of the letter that tells somebody that their second step was taken away."""
    lines = [
        (
            f"{actor.name} quitó el segundo paso con que usted entra "
            f"a SIAC en {institution.name} y cerró sus sesiones."
        ),
        "Si lo pidió, entre con su clave y defina otro en "
        "«Verificación en dos pasos». Si no lo pidió, avise de inmediato"
        " a quien administra el sistema.",
        institution.name,
    ]
    return "Se quitó el segundo paso de su cuenta", "\n\n".join(lines)
