# SPDX-License-Identifier: EUPL-1.2
"""The work list: standing views by what falls due next, filters, search."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.accounts.public import Permission
from siac.cases.access import require_reader, visible_to
from siac.cases.domain.numbers import parse_folio
from siac.cases.extensions import filters
from siac.cases.finding import found
from siac.cases.forms.fields import unit_choices
from siac.cases.models import Case, Channel, StateLabel
from siac.cases.pages import state_tags
from siac.cases.queries import (
    LIST_PARAMS,
    VIEW_BY_CODE,
    VIEWS,
    Chip,
    counters,
    in_view,
    kinds,
    narrowed,
)
from siac.cases.saved_views import (
    BESIDE,
    COUNTED,
    current_view,
    editable_views,
    is_counted,
    query_of,
    views_for,
)
from siac.cases.texts import ANONYMOUS, IDENTIFIED
from siac.cases.workspace.beside_in_list import OpenedFrom
from siac.cases.workspace.bulk import offered_acts
from siac.catalogue.public import topics
from siac.infra.keyset import BadCursor, page
from siac.organizations.public import Access, Institution, staff_page, unit_tree
from siac.people.public import names
from siac.ui.public import draw_due

PAGE_SIZE = 50
_SUBJECT_SHOWN = 90
_SHOWN = (
    "year", "number", "kind_id", "state", "topic_id", "unit_id", "person_id", "due_on", "answered_at", "reviews", "ending",
    "is_restricted", "snoozed_until", "text__subject", "assignee__name",
)  # fmt: skip


@require_safe
@staff_page(Permission.CHARTER_READ)
def case_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the work list: a standing view, filters as chips, search, keyset pages."""
    require_reader(access)
    institution = access.institution
    today = institution.local_date(current_time())
    query = request.GET.get("q", "").strip()
    view = VIEW_BY_CODE.get(
        request.GET.get("vista", ""), VIEW_BY_CODE["todas" if query else _first_view(access)]
    )
    visible = visible_to(access)
    if query and set(request.GET) == {"q"} and (number := parse_folio(query)):
        # Typed whole into the box of every page: whoever knows the folio wants the case, not a list of one.
        case = visible.filter(year=number[0], number=number[1]).first()
        if case is not None:
            return redirect("workspace:cases:case", institution.slug, case.folio)
    rows, chips = narrowed(in_view(visible, view.code, access=access, today=today), access, request.GET)
    if query:
        rows = found(rows, access, query)
    rows = rows.select_related("text", "assignee").only(*_SHOWN)
    try:
        shown = page(rows, view.order, cursor=request.GET.get("desde_fila") or None, size=PAGE_SIZE)
    except BadCursor:
        return redirect(request.path)
    saved = current_view(access, _kept(request))
    context = {
        "today": today,
        "view": view,
        "views": _view_links(request, access, visible, "" if saved else view.code, today=today),
        "saved": saved,
        "may_change": saved in editable_views(access),
        "may_save": bool(query or chips) and saved is None,
        "query": query,
        "chips": [_removable(request, chip) for chip in chips],
        "rows": _rows(
            access, shown.rows, view.code, OpenedFrom(_kept(request, vista=view.code)), today=today
        ),
        "next_url": _with(request, desde_fila=shown.next) if shown.next else "",
        "previous_url": _with(request, desde_fila=shown.previous) if shown.previous else "",
        "filters": _filter_options(institution, request),
        "may_file": access.has(Permission.CASE_FILE),
        "may_export": access.has(Permission.CASE_EXPORT),
        "export_query": urlencode(_kept(request)),
        "acts": offered_acts(access),
        "kept": _kept(request, vista=view.code),
        "kept_query": urlencode(_kept(request, vista=view.code)),
    }
    return render(request, "cases/workspace/list.html", context)


def _first_view(access: Access) -> str:
    return "mias" if access.has(Permission.CASE_WORK) else "abiertas"


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


def _view_links(
    request: HttpRequest, access: Access, visible: QuerySet[Case], current: str, *, today: date
) -> list[dict[str, Any]]:
    """Return the standing views and the named lists, with what they hold; a search is not counted."""
    saved = views_for(access)[:BESIDE]
    counted = {
        f"saved:{row.pk}": narrowed(
            in_view(visible, row.params["vista"], access=access, today=today), access, row.params
        )[0]
        for row in [row for row in saved if is_counted(row)][:COUNTED]
    }
    counts = counters(access, visible, today=today, more=counted)
    kept = _kept(request)
    links = [(view.code, view.name, {"vista": view.code}, view.code == current) for view in VIEWS]
    links += [(f"saved:{row.pk}", row.name, row.params, row.params == kept) for row in saved]
    return [
        {
            "name": name,
            "url": f"{request.path}?{query_of(params)}",
            "count": ("99+" if counts[code] > 99 else str(counts[code])) if code in counts else "",
            "is_current": is_current,
            "is_saved": code.startswith("saved:"),
        }
        for code, name, params, is_current in links
    ]


def _rows(
    access: Access, cases: list[Case], view: str, place: OpenedFrom, *, today: date
) -> list[dict[str, Any]]:
    institution, may_read = access.institution, access.has(Permission.IDENTITY_READ)
    people = names(institution.pk, [case.person_id for case in cases if case.person_id]) if may_read else {}
    by_kind, by_topic, by_unit = kinds(institution), topics(institution), unit_tree(institution).nodes
    base, suffix = reverse("workspace:cases:list", args=[institution.slug]), place.suffix
    return [
        {
            "pk": case.pk,
            "folio": case.folio,
            "url": f"{base}{case.folio}/{suffix}",
            "subject": _shortened(case.text.subject) or "Datos borrados",
            "kind": by_kind[case.kind_id].name,
            "topic": by_topic[case.topic_id].name if case.topic_id else "",
            "unit": by_unit[case.unit_id].name if case.unit_id else "Sin unidad",
            "person": people.get(case.person_id, IDENTIFIED) if case.person_id else ANONYMOUS,
            "assignee": case.assignee.name if case.assignee else "Sin asignar",
            "restricted": case.is_restricted,
            "state": state_tags(case),
            "due": draw_due(case.due_on, today) if case.is_open else "",
            "snoozed_until": case.snoozed_until if view == "pospuestas" else None,
            "answered_on": institution.local_date(case.answered_at) if case.answered_at else None,
        }
        for case in cases
    ]


def _shortened(subject: str) -> str:
    return subject if len(subject) <= _SUBJECT_SHOWN else Truncator(subject).chars(_SUBJECT_SHOWN)


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
