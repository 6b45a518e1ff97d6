# SPDX-License-Identifier: EUPL-1.2
"""The pages of bodies and of who sits in them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.governance.commands.councils import save_council, save_seat
from siac.governance.domain.rights import CouncilRight
from siac.governance.domain.states import AgreementState, SessionState
from siac.governance.forms import CouncilForm, SeatForm, council_filled, seat_filled
from siac.governance.models import Council, CouncilKind, Seat, SeatRole
from siac.governance.queries import agreements, council_for, seats_on, sittings, visible_councils
from siac.governance.texts import AGREEMENT_STATES, STATES
from siac.organizations.public import Access, Histories, Words, staff_page
from siac.ui.forms import Form, basis_field
from siac.ui.records import Records, record_form

_LIST, _ONE = "workspace:governance:councils", "workspace:governance:council"
_LATEST = 20
"""Sessions and agreements on the page of a body; the rest stands in their lists."""


@require_safe
@staff_page()
def council_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the bodies that whoever asks may read (1 SQL).

    Raises:
        Http404: they may read none, and keep none.
    """
    rows = list(visible_councils(access))
    if not rows and not access.has(CouncilRight.READ):
        raise Http404("councils")
    context = {
        "rows": [(row, CouncilKind(row.kind).label) for row in rows],
        "may_keep": access.has(CouncilRight.KEEP),
    }
    return render(request, "governance/workspace/councils.html", context)


@require_safe
@staff_page()
def council(request: HttpRequest, access: Access, council_id: int) -> HttpResponse:
    """Show a body: who sits in it today, its sessions and what was agreed (5 SQL)."""
    row, today = council_for(access, council_id), access.institution.local_date(current_time())
    held = [(each, STATES[SessionState(each.state)]) for each in sittings([row])[:_LATEST]]
    agreed = agreements(access).filter(item__sitting__council=row)[:_LATEST]
    context = {
        "council": row, "kind": CouncilKind(row.kind).label, "held": held,
        "seats": [(seat, SeatRole(seat.role).label) for seat in seats_on(row.pk, today)],
        "past": Seat.objects.filter(council=row, until__lt=today).order_by("-until", "pk"),
        "agreed": [(each, AGREEMENT_STATES[AgreementState(each.state)]) for each in agreed],
        "may_keep": access.has(CouncilRight.KEEP), "today": today,
    }  # fmt: skip
    return render(request, "governance/workspace/council.html", context)


def _form(access: Access, row: Council | None, data: QueryDict | None) -> Form:
    return CouncilForm(data, initial=council_filled(row) if row else None)


def _save(access: Access, row: Council | None, fields: dict[str, Any]) -> None:
    save_council(institution=access.institution, council=row, actor=access.user, now=current_time(), **fields)


def _cells(access: Access) -> Iterator[tuple[int, list[str]]]:
    for row in visible_councils(access):
        yield row.pk, [row.name, CouncilKind(row.kind).label]


def _load(access: Access, pk: int) -> Council | None:
    return visible_councils(access).filter(pk=pk).first()


_COUNCILS: Records[Access, Council] = Records(
    title="Órganos",
    columns=("Órgano", "Qué es"),
    listed=_LIST,
    one="workspace:governance:council_change",
    add="Agregar un órgano",
    new="Nuevo órgano",
    saved="Órgano guardado.",
    cells=_cells,
    load=_load,
    name=lambda row: row.name,
    form=_form,
    save=_save,
    history=Histories(lambda access: {}),
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CouncilRight.KEEP)
def council_form(request: HttpRequest, access: Access, council_id: int | None = None) -> HttpResponse:
    """Set up a body, or change it."""
    return _COUNCILS.form_page(request, access, council_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CouncilRight.KEEP)
def seat_form(
    request: HttpRequest, access: Access, council_id: int, seat_id: int | None = None
) -> HttpResponse:
    """Give somebody a place in a body, or change it."""
    institution, row = access.institution, council_for(access, council_id)
    seats = list(Seat.objects.filter(council=row).order_by("pk"))
    seat = next((each for each in seats if each.pk == seat_id), None)
    if seat_id is not None and seat is None:
        raise Http404(str(seat_id))
    others = [each for each in seats if each is not seat]
    form = SeatForm(institution, others, request.POST or None, initial=seat_filled(seat) if seat else None)
    told: Histories[Access, Seat] = Histories(_words(others))
    if seat is not None:
        form.fields["based_on"] = basis_field(seat.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_seat(
            institution=institution,
            council=row,
            seat=seat,
            actor=access.user,
            now=current_time(),
            **form.saved,
        )
        messages.success(request, "Guardado.")
        return redirect(_ONE, institution.slug, row.pk)

    return record_form(
        request, form, save, title=seat.name if seat else f"Nuevo integrante de {row.name}",
        back_url=reverse(_ONE, args=[institution.slug, row.pk]),
        versions=told.versions(access, seat) if seat else (),
        overtaken=lambda refused: told.overtaken(access, seat, form, refused) if seat else (),
    )  # fmt: skip


def _words(others: list[Seat]) -> Any:
    names = {each.pk: each.name for each in others}

    def words(access: Access) -> Words:
        return {"role": lambda code: SeatRole(code).label, "stands_for_id": lambda pk: names.get(pk, "Nadie")}

    return words
