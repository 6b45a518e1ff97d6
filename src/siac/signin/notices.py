# SPDX-License-Identifier: EUPL-1.2
"""What people of the house are told of how people come in."""

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of

REFUSED = "signin.directory_refused"
TITLE = "El directorio quiso quitar a quien administra"
KEY_TITLE = "El directorio quiso quitar a quien tiene su clave"
ANOTHER_SERVER = "signin.another_server"
ANOTHER_TITLE = "Cambió el servidor con que entra el personal"
BOUND = "signin.identity_bound"
BOUND_TITLE = "Su cuenta se abre con la de su institución"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice (1 SQL)."""
    body = institution_of(notice.institution_id)
    people = f"{settings.SITE_URL}{reverse('workspace:setup:people', args=[body.slug])}"
    groups = f"{settings.SITE_URL}{reverse('workspace:signin:groups', args=[body.slug])}"
    if notice.context.get("why") == "directory_key_owner":
        return KEY_TITLE, "\n\n".join(_of_the_key(body.name, people))
    lines = [
        "El directorio de su institución (SCIM) dio de baja o quitó el rol a la última persona que administra"
        " el sistema. No se hizo: alguien debe poder administrarlo.",
        f"Nombre a otra persona: {people}",
        f"O revise qué rol da cada grupo del directorio: {groups}",
        "Mientras no se arregle, el directorio seguirá intentándolo; le avisamos una vez al día.",
        body.name,
    ]
    return TITLE, "\n\n".join(lines)


def _of_the_key(name: str, people: str) -> list[str]:
    return [
        "El directorio de su institución (SCIM) dio de baja, o quitó la administración, a la persona en cuyo"
        " nombre está su propia clave. No se hizo: con la clave cerrada, quien se fuera después conservaría"
        " su acceso sin que nadie lo viera.",
        "Pida a quien opera la instalación una clave a nombre de otra persona que administre, póngala en el"
        f" directorio y revoque la anterior; después se puede dar de baja: {people}",
        "Mientras no se arregle, el directorio seguirá intentándolo; le avisamos una vez al día.",
        name,
    ]


def render_another(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice to who administers of another server for staff (1 SQL)."""
    body = institution_of(notice.institution_id)
    page = f"{settings.SITE_URL}{reverse('workspace:signin:provider', args=[body.slug])}"
    before = notice.context["before"]
    lines = [
        f"Desde ahora el personal de {body.name} puede entrar con la cuenta que tiene en el servidor "
        f"{notice.context['issuer']}.",
        f"Antes era {before}." if before else "Antes no había ninguno en uso.",
        "Lo que ese servidor diga de una persona vale como su contraseña: quien lo maneja puede entrar como "
        "cualquiera de ustedes. La bitácora dice quién hizo el cambio.",
        f"Si su institución no lo decidió, cámbielo ahora y avise a quien opera la instalación: {page}",
        body.name,
    ]
    return ANOTHER_TITLE, "\n\n".join(lines)


def render_bound(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice to somebody that a server opens their account (1 SQL)."""
    body = institution_of(notice.institution_id)
    lines = [
        f"Alguien entró a su cuenta de {body.name} con una cuenta del servidor "
        f"{notice.context['issuer']}, que dijo ser la suya. Desde ahora esa cuenta abre la de usted.",
        "Si fue usted, no haga nada.",
        "Si no fue usted, avise ahora a quien administra el sistema en su institución, a su jefatura y a "
        "quien opera la instalación: alguien puede actuar en su nombre.",
        body.name,
    ]
    return BOUND_TITLE, "\n\n".join(lines)
