# SPDX-License-Identifier: EUPL-1.2
"""Words of starter kits."""

REFUSALS = {
    "kit_unknown": "No hay un paquete inicial para {country}.",
    "kit_of_another_country": "Ese paquete inicial es para {country}: sus plazos no rigen aquí.",
    "kit_nothing_ticked": "Marque al menos una parte.",
    "kit_part_unknown": "El paquete inicial no tiene «{key}». Vuelva a elegir en la lista.",
}
