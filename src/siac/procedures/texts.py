# SPDX-License-Identifier: EUPL-1.2
"""Words of procedures."""

RECORDED = "procedures.loaded"
"""A record was loaded, or brought up to date by a later file."""
NAMES = {
    "procedure": "Trámite o producto",
    "reason": "Por qué se informa",
    "begins_with": "Hito de inicio",
    "ends_with": "Hito final",
    "promised": "Tiempo comprometido",
    "time_unit": "Unidad de tiempo",
    "year": "Año",
    "handled": "Gestionados en el año",
    "beyond": "Gestionados en más tiempo que el comprometido",
    "mean": "Media",
    "median": "Mediana",
    "least": "Mínimo",
    "greatest": "Máximo",
    "organism": "Institución",
}
PROBLEMS = {
    "row_no_procedure": "Falta el nombre del trámite.",
    "row_bad_year": "«{value}» no es un año.",
    "row_bad_amount": "«{value}» no es un número, en {field}.",
    "row_unknown_time_unit": "La unidad de tiempo «{value}» no se reconoce.",
    "row_no_handled": "Falta cuántos se gestionaron.",
    "row_beyond_handled": "Dice más fuera de plazo ({beyond}) que gestionados ({handled}).",
    "row_other_body": "Es de otra institución: {value}.",
    "row_zero_promise": "El tiempo comprometido es 0.",
}
REASONS = {
    "row_no_procedure": "Falta el nombre del trámite",
    "row_bad_year": "El año no es un año",
    "row_bad_amount": "Un número no se puede leer",
    "row_unknown_time_unit": "No se conoce la unidad de tiempo",
    "row_no_handled": "Falta cuántos se gestionaron",
    "row_beyond_handled": "Hay más fuera de plazo que gestionados",
    "row_other_body": "Son de otra institución",
    "row_zero_promise": "El tiempo comprometido es 0: entra como si no hubiera uno",
}
