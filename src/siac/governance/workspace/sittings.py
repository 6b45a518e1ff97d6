# SPDX-License-Identifier: EUPL-1.2
"""The pages of sessions: planning one, holding it, voting, its minutes, and what was agreed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.governance.commands.minutes import (
    approve_minutes,
    end_agreement,
    minutes_digest,
    write_minutes,
)
from siac.governance.commands.sittings import (
    agree,
    call_sitting,
    cancel_sitting,
    cast_vote,
    change_sitting,
    close_motion,
    close_sitting,
    come,
    leave,
    open_motion,
    open_sitting,
    plan_sitting,
)
from siac.governance.domain.deciding import Choice, Result
from siac.governance.domain.rights import CouncilRight
from siac.governance.domain.states import AgreementState, Move, SessionState, may_move
from siac.governance.domain.subjects import decidable
from siac.governance.forms import AgreementForm, OutcomeForm, SittingForm, sitting_filled
from siac.governance.links import sitting_links
from siac.governance.models import AgendaItem, Agreement, SeatRole, Sitting
from siac.governance.papers import minutes_paper
from siac.governance.queries import (
    Room,
    agreements,
    council_for,
    counted,
    day_of,
    open_agreements,
    room,
    sitting_for,
)
from siac.governance.texts import AGREEMENT_STATES, CHOICES, RESULTS, STATES
from siac.infra.pdf import PdfUnavailable
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.signing.public import SignRight
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_ONE, _COUNCIL = "workspace:governance:sitting", "workspace:governance:council"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CouncilRight.KEEP)
def plan(
    request: HttpRequest, access: Access, council_id: int = 0, sitting_id: int | None = None
) -> HttpResponse:
    """Plan a session of a body, or change one that was not opened."""
    institution = access.institution
    row = sitting_for(access, sitting_id) if sitting_id is not None else None
    council = row.council if row else council_for(access, council_id)
    form = SittingForm(
        access,
        request.POST or None,
        initial=sitting_filled(row, institution) if row else {"points": [{}, {}]},
    )

    def save(fields: dict[str, Any]) -> HttpResponse:
        common = {"institution": institution, "actor": access.user, "now": current_time(), **form.saved}
        made = change_sitting(sitting_id=row.pk, **common) if row else plan_sitting(council=council, **common)
        messages.success(request, "Sesión guardada. Cite a quienes la integran.")
        return redirect(_ONE, institution.slug, made.pk)

    back = reverse(_ONE, args=[institution.slug, row.pk]) if row else reverse(
        _COUNCIL, args=[institution.slug, council.pk]
    )  # fmt: skip
    title = f"Sesión {row.number} de {council.name}" if row else f"Nueva sesión de {council.name}"
    return record_form(request, form, save, title=title, back_url=back)


@require_safe
@staff_page()
def sitting(request: HttpRequest, access: Access, sitting_id: int) -> HttpResponse:
    """Show a session as it stands: its agenda with votes and agreements, who is there, what may be done (9
    SQL, 1 more while its minutes are to be approved, and those of what is decided about).
    """
    return _page(request, access, sitting_for(access, sitting_id))


def _page(
    request: HttpRequest,
    access: Access,
    row: Sitting,
    *,
    form: AgreementForm | None = None,
    status: int = 200,
) -> HttpResponse:
    institution = access.institution
    keeps = access.has(CouncilRight.KEEP)
    related = ("motions__votes", "agreements__unit")
    items = list(row.items.prefetch_related(*related).order_by("place", "pk"))
    found = room(row, day_of(institution, row))
    own = next((seat for seat in found.seats if seat.user_id == access.user.pk), None)
    writes = keeps and row.state in (SessionState.OPEN, SessionState.CLOSED)
    context = {
        "sitting": row, "state": STATES[SessionState(row.state)], "items": _items(access, items),
        "room": found, "seats": _seats(found), "keeps": keeps, "writes": writes,
        "may": {move.value: keeps and may_move(row.state, move) for move in Move},
        "is_open": row.state == SessionState.OPEN, "choices": CHOICES.items(),
        "own": own if own and own.pk in found.voters else None,
        "form": form or (AgreementForm(institution, items) if writes and items else None),
        "seen": minutes_digest(row, items) if keeps and row.state == SessionState.CLOSED else "",
        "may_sign": access.has(SignRight.SIGN), "results": RESULTS, "leads": sitting_links(access, row.pk),
    }  # fmt: skip
    return render(request, "governance/workspace/sitting.html", context, status=status)


@dataclass(frozen=True, slots=True)
class _Item:
    item: AgendaItem
    about: Any
    motions: list[tuple[Any, Any, str, Mapping[int, str]]]
    agreements: list[tuple[Agreement, str]]


def _items(access: Access, items: list[AgendaItem]) -> list[_Item]:
    names: dict[tuple[str, int], Any] = {}
    for kind in {item.subject_kind for item in items if item.subject_kind}:
        of = decidable(kind)
        numbers = [item.subject_id for item in items if item.subject_kind == kind and item.subject_id]
        if of is not None:
            names |= {(kind, pk): told for pk, told in of.names(access, numbers).items()}
    return [
        _Item(
            item,
            names.get((item.subject_kind, item.subject_id or 0)),
            [
                (
                    motion, counted(motion), RESULTS[Result(motion.result)] if motion.result else "",
                    {vote.seat_id: CHOICES[Choice(vote.choice)] for vote in motion.votes.all()},
                )
                for motion in item.motions.all()
            ],
            [(each, AGREEMENT_STATES[AgreementState(each.state)]) for each in item.agreements.all()],
        )
        for item in items
    ]  # fmt: skip


def _seats(found: Room) -> list[tuple[Any, str, bool, bool]]:
    voters = found.voters
    return [
        (seat, SeatRole(seat.role).label, seat.pk in found.here, seat.pk in voters) for seat in found.seats
    ]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent to a session, by whom and when."""

    access: Access
    row: Sitting
    post: Any
    now: datetime

    @property
    def common(self) -> dict[str, Any]:
        return {
            "institution": self.access.institution, "sitting_id": self.row.pk, "actor": self.access.user,
            "now": self.now,
        }  # fmt: skip

    def number(self, name: str) -> int:
        typed = self.post.get(name, "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0

    def numbers(self, name: str) -> list[int]:
        return [int(each) for each in self.post.getlist(name) if each.isascii() and each.isdigit()][:500]


def _call(sent: _Sent) -> str:
    told = call_sitting(**sent.common)
    return f"Sesión citada. Se avisó a {told} {'persona' if told == 1 else 'personas'} con cuenta."


def _cancel(sent: _Sent) -> str:
    cancel_sitting(**sent.common)
    return "Sesión suspendida."


def _open(sent: _Sent) -> str:
    open_sitting(**sent.common, present=sent.numbers("presente"))
    return "Sesión abierta."


def _come(sent: _Sent) -> str:
    come(**sent.common, seat_id=sent.number("lugar"))
    return "Anotado: llegó."


def _leave(sent: _Sent) -> str:
    leave(**sent.common, seat_id=sent.number("lugar"))
    return "Anotado: se retiró."


def _propose(sent: _Sent) -> str:
    open_motion(**sent.common, item_id=sent.number("punto"), text=sent.post.get("mocion", ""))
    return "Votación abierta."


def _vote_for(sent: _Sent) -> str:
    cast_vote(
        **sent.common, motion_id=sent.number("votacion"), seat_id=sent.number("lugar"),
        choice=sent.post.get("voto", ""),
    )  # fmt: skip
    return "Voto anotado."


def _count(sent: _Sent) -> str:
    result = close_motion(**sent.common, motion_id=sent.number("votacion"))
    return f"Votación cerrada. {RESULTS[result]}."


def _close(sent: _Sent) -> str:
    close_sitting(**sent.common)
    return "Sesión terminada. Escriba el acta y apruébela."


def _write(sent: _Sent) -> str:
    said = {item.pk: sent.post.get(f"dicho_{item.pk}", "") for item in sent.row.items.all()}
    write_minutes(**sent.common, notes=sent.post.get("notas", ""), discussions=said)
    return "Acta guardada."


def _approve(sent: _Sent) -> str:
    approve_minutes(**sent.common, seen=sent.post.get("visto", ""))
    return "Acta aprobada. Desde ahora no cambia."


ACTS: dict[str, Callable[[_Sent], str]] = {
    "citar": _call, "suspender": _cancel, "abrir": _open, "llego": _come, "se-retiro": _leave,
    "proponer": _propose, "votar-por": _vote_for, "contar": _count, "terminar": _close, "escribir": _write,
    "aprobar": _approve,
}  # fmt: skip


@require_POST
@staff_page(CouncilRight.KEEP)
def act(request: HttpRequest, access: Access, sitting_id: int, code: str) -> HttpResponse:
    """Do what a button of a session says, and show it again.

    Raises:
        Http404: there is no such session or button, or not for this user.
    """
    row, run = sitting_for(access, sitting_id), ACTS.get(code)
    if run is None:
        raise Http404(code)
    try:
        messages.success(request, run(_Sent(access, row, request.POST, current_time())))
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)


@require_POST
@staff_page()
def vote(request: HttpRequest, access: Access, sitting_id: int) -> HttpResponse:
    """Cast one's own vote.

    Raises:
        PermissionDenied: whoever votes has no seat with a vote there now.
    """
    row, now = sitting_for(access, sitting_id), current_time()
    found = room(row, day_of(access.institution, row))
    own = next((seat for seat in found.seats if seat.user_id == access.user.pk), None)
    if own is None:
        raise PermissionDenied("vote")
    sent = _Sent(access, row, request.POST, now)
    try:
        cast_vote(
            **sent.common, motion_id=sent.number("votacion"), seat_id=own.pk,
            choice=request.POST.get("voto", ""),
        )  # fmt: skip
        messages.success(request, "Su voto quedó anotado.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)


@require_POST
@staff_page(CouncilRight.KEEP)
def note_agreement(request: HttpRequest, access: Access, sitting_id: int) -> HttpResponse:
    """Note what a session agreed."""
    row = sitting_for(access, sitting_id)
    form = AgreementForm(access.institution, list(row.items.all()), request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            agree(
                institution=access.institution, sitting_id=row.pk, item_id=data["item"], text=data["text"],
                unit_id=data["unit"], due_on=data["due_on"], actor=access.user, now=current_time(),
            )  # fmt: skip
            messages.success(request, "Acuerdo anotado.")
            return redirect(_ONE, access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _page(request, access, row, form=form, status=422)


@require_safe
@staff_page()
def minutes(request: HttpRequest, access: Access, sitting_id: int) -> HttpResponse:
    """Hand out the minutes of a session as PDF."""
    row = sitting_for(access, sitting_id)
    try:
        content = minutes_paper(access.institution, row)
    except PdfUnavailable:
        messages.error(request, "El PDF no se puede hacer ahora. Inténtelo otra vez en un momento.")
        return redirect(_ONE, access.institution.slug, row.pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="acta-{row.council_id}-{row.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@staff_page()
def agreement_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what was agreed, what is due first; or all of it, the latest first (2 SQL)."""
    if not access.has(CouncilRight.READ) and not agreements(access).exists():
        raise Http404("agreements")
    asked = Asked.of(request, Filter("vista", options=[("todos", "Todos")]))
    shows_all = "vista" in asked.kept
    rows = agreements(access) if shows_all else open_agreements(access)
    listing = asked.listing(rows, ("-agreed_at", "-pk") if shows_all else ("due_on", "pk"))
    context = {
        "listing": listing, "shows_all": shows_all,
        "rows": [(row, AGREEMENT_STATES[AgreementState(row.state)]) for row in listing.rows],
        "today": access.institution.local_date(current_time()),
    }  # fmt: skip
    return render(request, "governance/workspace/agreements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CouncilRight.KEEP)
def agreement(request: HttpRequest, access: Access, agreement_id: int) -> HttpResponse:
    """Say what became of what was agreed.

    Raises:
        Http404: there is none, or not for this user.
    """
    row = agreements(access).filter(pk=agreement_id).first()
    if row is None:
        raise Http404(str(agreement_id))
    institution, now = access.institution, current_time()

    def save(fields: dict[str, Any]) -> HttpResponse:
        end_agreement(
            institution=institution, agreement_id=row.pk, state=AgreementState(fields["state"]),
            outcome=fields["outcome"], today=institution.local_date(now), actor=access.user, now=now,
        )  # fmt: skip
        messages.success(request, "Anotado.")
        return redirect("workspace:governance:agreements", institution.slug)

    return record_form(
        request, OutcomeForm(request.POST or None), save, title="Qué pasó con el acuerdo", intro=row.text,
        back_url=reverse("workspace:governance:agreements", args=[institution.slug]),
    )  # fmt: skip
