# SPDX-License-Identifier: EUPL-1.2
"""What the work list says where it has no row: why, and what to do next."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from siac.cases.models import Case
from siac.cases.queries import DUE_FIRST, Chip, View, in_view, narrowed
from siac.infra.counting import capped_counts, count_words
from siac.organizations.public import Access
from siac.ui.public import day_in_list

NOTHING: Mapping[str, tuple[str, str]] = {
    "por-derivar": ("Todo está derivado", "Lo que entre sin unidad aparecerá aquí."),
    "mias": ("No tiene solicitudes a su cargo", "Puede tomar una de las que nadie tiene."),
    "unidad": ("Su unidad no tiene solicitudes abiertas", ""),
    "sin-asignar": ("Todas tienen responsable", ""),
    "hoy": ("Nada vence hoy", ""),
    "atrasadas": ("Nada está atrasado", ""),
    "en-espera": ("Nada espera", "Aquí quedan las solicitudes cuyo plazo se detuvo."),
    "pospuestas": (
        "No ha pospuesto nada",
        "«Posponer» saca una solicitud de «Mías» hasta un día o hasta que pase algo.",
    ),
    "abiertas": ("No hay solicitudes abiertas", ""),
    "comentarios": ("No hay comentarios sin leer", ""),
    "cerradas": ("Nada se ha respondido todavía", ""),
    "todas": ("Todavía no hay solicitudes", "Las que ingresen las personas o el personal aparecerán aquí."),
}
_ELSEWHERE: Mapping[str, str] = {"mias": "sin-asignar", "en-espera": "abiertas", "comentarios": "abiertas"}
"""To which view an empty one leads on; else to all that is open."""
_ABOUT_DAYS = frozenset({"mias", "hoy", "atrasadas"})
"""Empty views that name the next case that falls due."""


def nothing_here(
    access: Access,
    cases: QuerySet[Case],
    view: View,
    counts: Mapping[str, int],
    address: Callable[..., str],
    *,
    today: date,
) -> dict[str, Any]:
    """Return what an empty view says: the next that falls due among the `cases`
    somebody sees, and where to go (1 SQL at most).
    """
    title, text = NOTHING[view.code]
    opened = in_view(cases, "abiertas", access=access, today=today)
    following = opened.filter(due_on__gte=today).select_related("text")
    following = following.only("year", "number", "due_on", "text__subject").order_by(*DUE_FIRST)
    first = following.first() if view.code in _ABOUT_DAYS else None
    leads_to = _ELSEWHERE.get(view.code, "abiertas")
    count = counts.get(leads_to, 0)
    names = {"abiertas": "Ver todas las abiertas", "sin-asignar": "Ver las que nadie tiene"}
    return {
        "title": title,
        "text": text,
        "next": first,
        "next_day": day_in_list(first.due_on, today) if first is not None and first.due_on else "",
        "links": [(f"{names[leads_to]} ({count_words(count)})", address(vista=leads_to))] if count else [],
    }


def nothing_so_narrow(
    access: Access,
    cases: QuerySet[Case],
    chips: Sequence[Chip],
    params: Mapping[str, str],
    address: Callable[..., str],
) -> dict[str, Any]:
    """Return what is said where the filters leave nothing of `cases`: how many
    there are without each, and without any.

    1 SQL, and what the filters themselves cost.
    """
    lists = {"": cases}
    for chip in chips:
        rest = {name: value for name, value in params.items() if name != chip.name}
        lists[chip.name] = narrowed(cases, access, rest)[0]
    counts = capped_counts(lists)
    without = [f"{count_words(counts[chip.name])} sin «{chip.label}»" for chip in chips if counts[chip.name]]
    told = (
        [*without, f"{count_words(counts[''])} sin ningún filtro"]
        if len(chips) > 1 or not without
        else without
    )
    none = dict.fromkeys(chip.name for chip in chips)
    links = [(f"Quitar «{chip.label}»", address(**{chip.name: None})) for chip in chips if counts[chip.name]]
    return {
        "title": "Ninguna solicitud con estos filtros",
        "text": f"Hay {' y '.join(told)}." if counts[""] else "Tampoco hay sin filtros en esta vista.",
        "links": [*links, ("Quitar todos los filtros", address(**none))]
        if len(chips) > 1 or not links
        else links,
    }
