# SPDX-License-Identifier: EUPL-1.2
"""Which cases the work list shows, in which order: on the screen, in exports, in bulk, beside a case."""

from collections.abc import Mapping
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy

from siac.cases.access import visible_to
from siac.cases.finding import found
from siac.cases.models import Case
from siac.cases.ordering import order_of, with_order
from siac.cases.queries import VIEW_BY_CODE, in_view, narrowed
from siac.organizations.public import Access

_NULLABLE = frozenset({"-due_on", "-unit__sort_key"})
"""Of the others no index would be read backwards, were they asked to put last what is never empty."""


def listed(access: Access, params: Mapping[str, str], *, today: date) -> QuerySet[Case]:
    """Return the cases that the work list shows under `params` (view, search, filters), in its order.

    Without a view or with an unknown one: every case that the holder of `access` may see.

    Lazy: no SQL until it is read.
    """
    view = VIEW_BY_CODE.get(params.get("vista", ""), VIEW_BY_CODE["todas"])
    cases = in_view(visible_to(access), view.code, access=access, today=today)
    cases, _ = narrowed(cases, access, params)
    query = params.get("q", "").strip()
    if query:
        cases = found(cases, access, query)
    order = order_of(view, params)
    return with_order(cases, order).order_by(*(_ordered(name) for name in order))


def _ordered(name: str) -> OrderBy:
    column = F(name.lstrip("-"))
    if name.startswith("-"):
        return column.desc(nulls_last=True) if name in _NULLABLE else column.desc()
    return column.asc(nulls_last=True)
