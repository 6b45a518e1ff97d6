# SPDX-License-Identifier: EUPL-1.2
"""Retention: what each kind keeps and for how long, a dry run, and the approval
without which nothing is erased.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import asks_again
from siac.cases.access import hidden_from
from siac.cases.models import CaseHold, Erases, ErasureItem, ErasureRun, ItemOutcome
from siac.cases.protection.policy import past_retention, policy_history
from siac.cases.protection.runs import approve_erasure, discard_erasure, propose_erasure, resume_erasure
from siac.cases.queries import kinds
from siac.infra.tables.download import csv_response
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.ui.lists import Asked
from siac.ui.public import refusal_text

SHOWN = 50
LISTED = 20


def words(codes: Iterable[str]) -> str:
    """Return what is erased, in words."""
    return "; ".join(Erases(code).label for code in codes)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def retention(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the policy of each kind with how many cases are past it; a POST
    looks and proposes, which erases nothing.
    """
    institution, now = access.institution, current_time()
    if request.method == "POST":
        try:
            run = propose_erasure(institution=institution, actor=access.user, now=now)
            return redirect("workspace:kinds:erasure", institution.slug, run.pk)
        except Refused as refused:
            messages.error(request, refusal_text(refused))
            return redirect("workspace:kinds:retention", institution.slug)
    rows = [
        (
            kind,
            words(kind.retention_erases),
            past_retention(institution, kind, now=now).count() if kind.retention_months else None,
        )
        for kind in kinds(institution).values()
    ]
    runs = ErasureRun.objects.filter(institution=institution).select_related("proposed_by", "decided_by")
    context = {
        "tabs": setup_tabs(institution),
        "rows": rows,
        "changes": policy_history(institution),
        "held": CaseHold.objects.filter(institution=institution).count(),
        "listing": Asked.of(request).listing(runs, ("-pk",), size=LISTED),
    }
    return render(request, "cases/workspace/retention.html", context)


def _run(access: Access, run_id: int) -> ErasureRun:
    found = ErasureRun.objects.filter(institution=access.institution, pk=run_id)
    run = found.select_related("proposed_by", "decided_by").first()
    if run is None:
        raise Http404(str(run_id))
    return run


@require_safe
@staff_page(StaffRight.SETUP)
def erasure(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Show what a run would erase, how far it is, or what it erased."""
    run, by_kind = _run(access, run_id), kinds(access.institution)
    items = ErasureItem.objects.filter(run=run)
    counted = dict(items.order_by().values_list("outcome").annotate(count=Count("pk")))
    per_kind = items.order_by().values_list("case__kind").annotate(count=Count("pk")).order_by("case__kind")
    shown = list(items.select_related("case")[:SHOWN])
    context = {
        "run": run,
        "refreshes": run.is_moving,
        "erased": counted.get(ItemOutcome.ERASED, 0),
        "kept": counted.get(ItemOutcome.KEPT, 0),
        "per_kind": [(by_kind[pk].name, count) for pk, count in per_kind],
        "rows": _rows(access, shown),
        "shown": SHOWN,
    }
    return render(request, "cases/workspace/erasure.html", context)


def _rows(access: Access, items: Sequence[ErasureItem]) -> list[dict[str, Any]]:
    """Return what a list shows of each item (1 SQL); a restricted case that
    this user does not see has no folio.
    """
    hidden = hidden_from(access, [item.case_id for item in items])
    return [_row(access, item, is_named=item.case_id not in hidden) for item in items]


def _row(access: Access, item: ErasureItem, *, is_named: bool) -> dict[str, Any]:
    case = item.case
    return {
        "folio": case.folio if is_named else "Reservada",
        "kind": kinds(access.institution)[case.kind_id].name,
        "closed_on": access.institution.local_date(case.closed_at) if case.closed_at else None,
        "what": words(item.erases),
        "outcome": ItemOutcome(item.outcome).label,
    }


@require_safe
@staff_page(StaffRight.SETUP)
def erasure_csv(request: HttpRequest, access: Access, run_id: int) -> HttpResponseBase:
    """Hand out every case of a run: UTF-8 with its mark and semicolons, as Excel opens it."""
    run = _run(access, run_id)
    heads = ["Folio", "Tipo", "Cerrada", "Qué se borra", "Estado"]
    return csv_response(heads, _told(access, run), name=f"borrado-{run.pk}")


def _told(access: Access, run: ErasureRun) -> Iterator[list[Any]]:
    items = ErasureItem.objects.filter(run=run).select_related("case").order_by("pk")
    found = items.iterator(chunk_size=1000)
    while chunk := list(islice(found, 1000)):
        for row in _rows(access, chunk):
            yield list(row.values())


@require_POST
@staff_page(StaffRight.SETUP)
@asks_again
def erasure_decide(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Approve a run, which needs the box that says it cannot be undone, or put it aside."""
    run, now = _run(access, run_id), current_time()
    try:
        if request.POST.get("accion") == "descartar":
            discard_erasure(institution=access.institution, run_id=run.pk, actor=access.user, now=now)
            messages.success(request, "Descartado: lo que no se borró se volverá a proponer.")
        elif request.POST.get("hacer") == "seguir":
            resume_erasure(institution=access.institution, run_id=run.pk, actor=access.user, now=now)
            messages.success(request, "El borrado sigue donde se interrumpió.")
        elif request.POST.get("accion") == "aprobar" and request.POST.get("entiendo"):
            seen = request.POST.get("visto") or None
            approve_erasure(
                institution=access.institution, run_id=run.pk, seen=seen, actor=access.user, now=now
            )
        else:
            messages.error(request, "Marque que entiende que no se puede deshacer.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:kinds:erasure", access.institution.slug, run.pk)
