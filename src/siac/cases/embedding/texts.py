# SPDX-License-Identifier: EUPL-1.2
"""Words of the form in other sites."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "site_odd": (
        "Escriba la dirección de un sitio que empiece con https://, por ejemplo https://www.municipio.cl:"
        " sin asteriscos, usuarios ni números de red."
    ),
    "site_crowded": "El formulario se puede mostrar en {most} sitios como máximo.",
    "site_practice": "Un organismo de práctica no muestra su formulario en otros sitios.",
}
EVENTS: tuple[CaseEvent, ...] = ()
RECORDED = ("cases.site_added", "cases.site_removed")
"""Entries in other chains than those of cases."""
