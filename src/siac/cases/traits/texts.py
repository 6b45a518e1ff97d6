# SPDX-License-Identifier: EUPL-1.2
"""Words of the page that asks traits."""

REFUSALS = {"traits_not_asked": "Esta institución no pregunta esto."}
WHY = (
    "Sirve para saber a quiénes atendemos y si todas las personas reciben el mismo trato. Se usa solo en "
    "cifras de muchas personas: quien lleva su solicitud no ve lo que conteste, y no cambia cómo se resuelve."
)
FREE = "Puede contestar todo, una parte o nada. Se borra cuando se borran sus datos."
THANKS = "Gracias. Guardamos lo que contestó."
NOTHING = "No contestó nada: está bien."
