# SPDX-License-Identifier: EUPL-1.2
"""How long each kind of request is kept, in words for the privacy notice."""

from siac.cases.models import Erases
from siac.cases.queries import kinds
from siac.organizations.public import Institution


def retention_lines(institution: Institution) -> list[list[str]]:
    """Return (kind, what is erased and when) of the active kinds of a body, as
    they are set today; no SQL when warm.
    """
    return [
        [kind.name, _words(kind.retention_months, kind.retention_erases)]
        for kind in kinds(institution).values()
        if kind.is_active
    ]


def _words(months: int | None, erases: list[str]) -> str:
    if not months:
        return "Sin plazo de borrado: se guarda como archivo público."
    span = f"{months // 12} {'año' if months == 12 else 'años'}" if months % 12 == 0 else f"{months} meses"
    what = ", ".join(str(Erases(code).label).lower() for code in erases)
    return f"{span} desde que se cierra; después se borra: {what}."
