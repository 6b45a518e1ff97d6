# SPDX-License-Identifier: EUPL-1.2
"""The work list: standing views by what falls due next, filters, search."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.access import require_reader, visible_to
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.due_days import DueDays
from siac.cases.extensions import filters
from siac.cases.finding import found
from siac.cases.forms.fields import unit_choices
from siac.cases.list_rows import drawn_rows, with_rows
from siac.cases.models import Case, Channel, SavedView, StateLabel
from siac.cases.ordering import order_of, with_order
from siac.cases.queries import LIST_PARAMS, VIEW_BY_CODE, Chip, counters, in_view, kinds, narrowed
from siac.cases.saved_views import (
    BESIDE,
    COUNTED,
    current_view,
    editable_views,
    is_counted,
    is_free,
    query_of,
    views_for,
)
from siac.cases.workspace.beside_in_list import OpenedFrom
from siac.cases.workspace.bulk import offered_acts
from siac.cases.workspace.list_empty import nothing_here, nothing_so_narrow
from siac.cases.workspace.list_heads import (
    first_view,
    group_lists,
    grouped,
    heads,
    is_grouped,
    phone_orders,
    standing_links,
)
from siac.catalogue.public import topics
from siac.infra.counting import count_words
from siac.infra.keyset import BadCursor, page
from siac.organizations.public import Access, Institution, staff_page
from siac.ui.public import keep_menu_counts, menu_lists

PAGE_SIZE = 50


@require_safe
@staff_page()
def case_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the work list: a standing view, filters as chips, search, keyset pages."""
    require_reader(access)
    institution, params = access.institution, request.GET.dict()
    today = institution.local_date(current_time())
    query = params.get("q", "").strip()
    view = VIEW_BY_CODE.get(params.get("vista", "")) or (
        VIEW_BY_CODE["todas"] if query else first_view(access)
    )
    visible = visible_to(access)
    if query and set(request.GET) == {"q"} and (number := parse_folio(query)):
        # Typed whole into the box of every page: whoever knows the folio wants the case, not a list of one.
        case = visible.filter(year=number[0], number=number[1]).first()
        if case is not None:
            return redirect("workspace:cases:case", institution.slug, case.folio)
    in_sight = in_view(visible, view.code, access=access, today=today)
    rows, chips = narrowed(in_sight, access, params)
    if query:
        rows = found(rows, access, query)
    order, days = order_of(view, params), DueDays(institution, today)
    wanted = with_order(with_rows(rows, access, today=today), order)
    try:
        shown = page(wanted, order, cursor=params.get("desde_fila") or None, size=PAGE_SIZE)
    except BadCursor:
        return redirect(request.path)
    by_urgency, saved = is_grouped(view, params), current_view(access, _kept(request))
    counted = group_lists(rows, days) if by_urgency and shown.rows and not query else {}
    counts = counters(
        access,
        visible,
        today=today,
        more={**counted, **_saved_lists(access, visible, today=today), **menu_lists(access)},
    )
    keep_menu_counts(request, counts)
    # A search has a statement of its own; whoever looks for a person sees their requests anyway.
    drawn = drawn_rows(
        access,
        shown.rows,
        view.code,
        days,
        with_others=is_free(_kept(request)),
        suffix=OpenedFrom(_kept(request, vista=view.code)).suffix,
    )
    address = partial(_with, request)
    empty = None
    if not drawn and chips and not query:
        empty = nothing_so_narrow(access, in_sight, chips, params, address)
    elif not drawn and not query:
        empty = nothing_here(access, visible, view, counts, address, today=today)
    context = {
        "today": today,
        "view": view,
        "views": _view_links(request, access, "" if saved else view.code, counts),
        "total": ""
        if query
        else count_words(counts["listed"])
        if "listed" in counts
        else _total(view.code, chips, counts),
        "saved": saved,
        "may_change": saved in editable_views(access),
        "may_save": bool(query or chips) and saved is None,
        "query": query,
        "chips": [_removable(request, chip) for chip in chips],
        "rows": drawn,
        "sections": grouped(drawn, days, counts) if by_urgency else [{"rows": drawn}],
        "heads": heads(view, params, address),
        "orders": phone_orders(view, params, address),
        "empty": empty,
        "next_url": _with(request, desde_fila=shown.next) if shown.next else "",
        "previous_url": _with(request, desde_fila=shown.previous) if shown.previous else "",
        "filters": _filter_options(institution, request),
        "may_file": access.has(CaseRight.FILE),
        "may_assign": access.has(CaseRight.ASSIGN),
        "may_export": access.has(CaseRight.EXPORT),
        "export_query": urlencode(_kept(request)),
        "acts": offered_acts(access),
        "kept": _kept(request, vista=view.code),
        "kept_query": urlencode(_kept(request, vista=view.code)),
    }
    return render(request, "cases/workspace/list.html", context)


def _total(view: str, chips: list[Chip], counts: Mapping[str, int]) -> str:
    """Return how many rows the whole list has, where that was counted."""
    return "" if chips else count_words(counts[view])


def _kept(request: HttpRequest, **changes: str | None) -> dict[str, str]:
    known = (*LIST_PARAMS, *filters())
    params = {name: request.GET[name] for name in known if request.GET.get(name)}
    params |= {name: value for name, value in changes.items() if value}
    for name, value in changes.items():
        if not value:
            params.pop(name, None)
    return params


def _with(request: HttpRequest, **changes: str | None) -> str:
    return f"{request.path}?{urlencode(_kept(request, **changes))}"


def _removable(request: HttpRequest, chip: Chip) -> dict[str, str]:
    return {"label": chip.label, "remove_url": _with(request, **{chip.name: None})}


def _saved_lists(access: Access, visible: QuerySet[Case], *, today: date) -> dict[str, QuerySet[Case]]:
    """Return the named lists that say how many cases they hold."""
    return {
        f"saved:{row.pk}": narrowed(
            in_view(visible, row.params["vista"], access=access, today=today), access, row.params
        )[0]
        for row in [row for row in views_for(access)[:BESIDE] if is_counted(row)][:COUNTED]
    }


def _view_links(
    request: HttpRequest, access: Access, current: str, counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return the standing views and the named lists, with what they hold; a search is not counted."""
    kept = {name: value for name, value in _kept(request).items() if name != "orden"}
    links = standing_links(access, current, counts)
    links += [_saved_link(row, kept, counts) for row in views_for(access)[:BESIDE]]
    links.sort(key=lambda link: not link["leads"])
    return [{**link, "url": f"{request.path}?{query_of(link['params'])}"} for link in links]


def _saved_link(row: SavedView, kept: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, Any]:
    is_current, code = row.params == kept, f"saved:{row.pk}"
    return {
        "name": row.name,
        "params": row.params,
        "count": count_words(counts[code]) if code in counts else "",
        "is_current": is_current,
        "is_saved": True,
        "is_rare": not is_current,
        "leads": is_current,
    }


def _filter_options(institution: Institution, request: HttpRequest) -> list[dict[str, Any]]:
    options: list[tuple[str, str, list[tuple[Any, str]]]] = [
        ("tipo", "Tipo", [(pk, kind.name) for pk, kind in kinds(institution).items()]),
        ("tema", "Tema", [(pk, topic.name) for pk, topic in topics(institution).items()]),
        ("unidad", "Unidad", list(unit_choices(institution))),
        ("canal", "Canal", list(Channel.choices)),
        ("estado", "Estado", list(StateLabel.choices)),
    ]
    return [
        {"name": name, "label": label, "options": choices, "value": request.GET.get(name, "")}
        for name, label, choices in options
    ]
