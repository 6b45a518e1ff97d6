# SPDX-License-Identifier: EUPL-1.2
"""Words of lists and saved views."""

REFUSALS = {
    "cursor_invalid": "El cursor no es de esta lista: empiece de nuevo sin él.",
    "view_unknown": "Esa vista no existe.",
    "view_unnamed": "Escriba un nombre.",
    "view_taken": "Ya hay una vista llamada «{name}».",
    "view_empty": "Esta lista no tiene nada que guardar: elija una vista, un filtro o una búsqueda.",
}
RECORDED = ("cases.exported", "cases.view_saved", "cases.view_removed")
"""Entries in other chains than those of cases."""
