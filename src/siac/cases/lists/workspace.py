# SPDX-License-Identifier: EUPL-1.2
"""The work list: standing views by what falls due next, filters, search."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.access import require_reader, visible_to
from siac.cases.bulk.workspace import offered_acts
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.due_days import DueDays
from siac.cases.extensions import strips
from siac.cases.lists.counts import list_counts
from siac.cases.lists.empty import nothing_here, nothing_so_narrow
from siac.cases.lists.heads import (
    draw_heads,
    draw_views,
    first_view,
    grouped,
    heads,
    is_grouped,
    phone_orders,
    standing_links,
)
from siac.cases.lists.row_html import draw_rows
from siac.cases.lists.saved_views import (
    BESIDE,
    current_view,
    editable_views,
    is_free,
    query_of,
    views_for,
)
from siac.cases.lists.shown_rows import drawn_rows
from siac.cases.lists.work_list import WorkList
from siac.cases.models import Channel, SavedView, StateLabel
from siac.cases.queries import VIEW_BY_CODE, Chip, View, kinds, list_names
from siac.cases.workspace.beside_in_list import OpenedFrom
from siac.catalogue.public import services, topics
from siac.infra.counting import count_words
from siac.organizations.public import Access, Institution, staff_page, unit_options
from siac.ui.lists import Asked, Field, Filter
from siac.ui.public import keep_menu_counts


@require_safe
@staff_page()
def case_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the work list: a standing view, filters as chips, search, keyset pages."""
    require_reader(access)
    institution = access.institution
    asked = Asked.of(request, *(Filter(name) for name in list_names()))
    params = asked.kept
    today = institution.local_date(current_time())
    query = params.get("q", "")
    view = VIEW_BY_CODE.get(params.get("vista", "")) or (
        VIEW_BY_CODE["todas"] if query else first_view(access)
    )
    if query and set(request.GET) == {"q"} and (number := parse_folio(query)):
        # Typed whole into the box of every page: whoever knows the folio wants the case, not a list of one.
        case = visible_to(access).filter(year=number[0], number=number[1]).first()
        if case is not None:
            return redirect("workspace:cases:case", institution.slug, case.folio)
    days = DueDays(institution, today)
    wanted = WorkList(access, view, params, days)
    chips = wanted.chips
    listing = asked.listed(wanted.page, chips=[asked.chip(chip.name, chip.label) for chip in chips])
    by_urgency, saved = is_grouped(view, params), current_view(access, params)
    kept = {**params, "vista": view.code}
    counts = list_counts(access, today=today, also=wanted.groups if listing.rows else None)
    keep_menu_counts(request, counts)
    # A search has a statement of its own; whoever looks for a person sees their requests anyway.
    drawn = drawn_rows(
        access,
        listing.rows,
        view.code,
        days,
        with_others=is_free(params),
        suffix=OpenedFrom(kept).suffix,
    )
    acts, empty = offered_acts(access), None
    if not drawn and chips and not query:
        empty = nothing_so_narrow(access, wanted.unfiltered, chips, params, asked.url)
    elif not drawn and not query:
        empty = nothing_here(access, visible_to(access), view, counts, asked.url, today=today)
    context = {
        **_around(asked, access, view, params, counts, is_named=saved is not None),
        "today": today,
        "view": view,
        "total": ""
        if query
        else count_words(counts["listed"])
        if "listed" in counts
        else _total(view.code, chips, counts),
        "saved": saved,
        "may_change": saved in editable_views(access),
        "may_save": bool(query or chips) and saved is None,
        "query": query,
        "listing": listing,
        "rows": drawn,
        "sections": [
            {**section, "drawn": draw_rows(section["rows"], marked=bool(acts))}
            for section in (grouped(drawn, days, counts) if by_urgency else [{"rows": drawn}])
        ],
        "to_refer": [row for row in drawn if row["to_unit"] and row["to_unit"]["pk"]],
        "empty": empty,
        "fields": [Field(item, params.get(item.name, "")) for item in _filters(institution)],
        "hidden": {name: kept[name] for name in ("vista", "q", "orden") if name in kept},
        "export_query": asked.query,
        "acts": acts,
        "kept": kept,
        "kept_query": urlencode(kept),
        "strips": [] if params else strips(access, today, counts),
    }
    return render(request, "cases/workspace/list.html", context)


def _around(
    asked: Asked,
    access: Access,
    view: View,
    params: Mapping[str, str],
    counts: Mapping[str, int],
    *,
    is_named: bool,
) -> dict[str, Any]:
    """Return what stands around the rows: views, heads, orders, and what its reader may do from here."""
    columns = heads(view, params, asked.url)
    links = _view_links(asked, access, "" if is_named else view.code, counts)
    return {
        "views": links,
        "usual_views": draw_views([link for link in links if not link["is_rare"]]),
        "more_views": draw_views([link for link in links if link["is_rare"]]),
        "heads": columns,
        "head_row": draw_heads(columns),
        "orders": phone_orders(view, params, asked.url),
        "may_file": access.has(CaseRight.FILE),
        "may_assign": access.has(CaseRight.ASSIGN),
        "may_export": access.has(CaseRight.EXPORT),
    }


def _total(view: str, chips: list[Chip], counts: Mapping[str, int]) -> str:
    """Return how many rows the whole list has, where that was counted."""
    return "" if chips else count_words(counts[view])


def _view_links(
    asked: Asked, access: Access, current: str, counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return the standing views and the named lists, with what they hold; a search is not counted."""
    kept = {name: value for name, value in asked.kept.items() if name != "orden"}
    links = standing_links(access, current, counts)
    links += [_saved_link(row, kept, counts) for row in views_for(access)[:BESIDE]]
    links.sort(key=lambda link: not link["leads"])
    return [{**link, "url": f"{asked.path}?{query_of(link['params'])}"} for link in links]


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


def _filters(institution: Institution) -> list[Filter]:
    return [
        Filter("tipo", "Tipo", [(pk, kind.name) for pk, kind in kinds(institution).items()]),
        Filter("tema", "Tema", [(pk, topic.name) for pk, topic in topics(institution).items()]),
        Filter("servicio", "Servicio", [(pk, row.name) for pk, row in services(institution).items()]),
        Filter("unidad", "Unidad", unit_options(institution)),
        Filter("canal", "Canal", Channel.choices),
        Filter("estado", "Estado", StateLabel.choices),
        Filter("desde", "Ingresada desde", type="date"),
        Filter("hasta", "Ingresada hasta", type="date"),
        Filter("vence_desde", "Vence desde", type="date"),
        Filter("vence_hasta", "Vence hasta", type="date"),
    ]
