# SPDX-License-Identifier: EUPL-1.2
"""Days without appointments, and appointments that cannot be kept."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods

from siac.appointments.access import may_suspend, own_agendas, own_points, suspension_for
from siac.appointments.commands.suspending import LINE, lift, suspend, tell_unfit
from siac.appointments.contact import name_of
from siac.appointments.domain.rights import AppointmentRight
from siac.appointments.forms import SuspendForm
from siac.appointments.queries import unfit_appointments
from siac.appointments.texts import UNFIT, day_words, moment_words
from siac.infra.longwork import begin, stop
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_RIGHT = AppointmentRight.SUSPEND


def _options(access: Access) -> list[tuple[str, str]]:
    found = []
    for point in own_points(access, _RIGHT):
        if may_suspend(access, point.pk, None):
            found.append((f"{point.pk}-0", f"{point.name}: todas las citas"))
        for pk, agenda in own_agendas(access, _RIGHT).items():
            if agenda.point_id == point.pk:
                found.append((f"{point.pk}-{pk}", f"{point.name}: {agenda.name}"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(_RIGHT)
def new(request: HttpRequest, access: Access) -> HttpResponse:
    """Suspend days: nothing is booked from then on, and a job tells everybody who has an appointment."""
    form = SuspendForm([("", "Elija…"), *_options(access)], request.POST or None)

    def save(fields: dict[str, object]) -> HttpResponse:
        point, _, agenda = str(fields["what"]).partition("-")
        row = suspend(
            institution=access.institution, point_id=int(point), agenda_id=int(agenda) or None,
            first_on=form.cleaned_data["first_on"], last_on=form.cleaned_data["last_on"],
            reason=form.cleaned_data["reason"], actor=access.user, now=current_time(),
        )  # fmt: skip
        return redirect("workspace:appointments:suspension", access.institution.slug, row.pk)

    return record_form(
        request, form, save, title="Suspender citas", submit="Suspender y avisar",
        back_url=reverse("workspace:appointments:day", args=[access.institution.slug]),
        intro="Se anulan las citas de esos días y se avisa a cada persona, que puede elegir otra hora con su "
        "mismo enlace. Nadie podrá reservar esos días.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(_RIGHT)
def suspension(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Show how far a suspension is; stop it, go on with it, or open the days again."""
    row, now = suspension_for(access, pk), current_time()
    if row is None:
        raise Http404(str(pk))
    own_url = reverse("workspace:appointments:suspension", args=[access.institution.slug, row.pk])
    if request.method == "POST":
        try:
            _do(request, access, row.pk)
        except Refused as refused:
            messages.error(request, refusal_text(refused))
        return redirect(own_url)
    context = {
        "work": row, "refreshes": row.is_moving, "own_url": own_url, "first": day_words(row.first_on),
        "last": day_words(row.last_on), "is_one_day": row.first_on == row.last_on,
        "may_lift": row.lifted_at is None and row.last_on >= now.astimezone(row.point.zone).date(),
    }  # fmt: skip
    return render(request, "appointments/workspace/suspension.html", context)


def _do(request: HttpRequest, access: Access, pk: int) -> None:
    now, what = current_time(), request.POST.get("hacer", "")
    if what == "levantar":
        lift(institution=access.institution, pk=pk, actor=access.user, now=now)
        messages.success(request, "Esos días se pueden reservar otra vez. Lo anulado queda anulado.")
        return
    row = LINE.locked(pk)
    if row is not None and what == "detener":
        stop(row, now=now, refusal="suspension_begun")
    elif row is not None and what == "seguir":
        if row.lifted_at is not None:
            raise Refused("suspension_lifted")
        begin(LINE, row, now=now, refusal="suspension_begun")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(AppointmentRight.ATTEND)
def unfit(request: HttpRequest, access: Access) -> HttpResponse:
    """List appointments to come that cannot be kept as things stand, and tell their people."""
    institution, own = access.institution, own_agendas(access, AppointmentRight.ATTEND)
    chosen: set[int] = set()
    problem, reason = "", request.POST.get("motivo", "")[:200]
    if request.method == "POST":
        access.require(_RIGHT)
        sent = request.POST.getlist("cita")
        chosen = {int(pk) for pk in sent if pk.isascii() and pk.isdigit() and len(pk) < 16}
        mine = own_agendas(access, _RIGHT)
        known = unfit_appointments(institution, mine).filter(pk__in=chosen)
        try:
            told = tell_unfit(
                institution=institution, pks=list(known.values_list("pk", flat=True)), actor=access.user,
                reason=reason, now=current_time(),
            )  # fmt: skip
            messages.success(request, f"Citas anuladas y avisadas: {told}.")
            return redirect("workspace:appointments:unfit", institution.slug)
        except Refused as refused:
            problem = refusal_text(refused)
    asked = Asked.of(request)
    rows = unfit_appointments(institution, own).select_related("agenda", "point__institution")
    listing = asked.listing(rows, ("begins_at", "pk"))
    shown = [
        (row, moment_words(row.begins_at, row.zone), name_of(row), UNFIT.get(row.unfit, ""), row.pk in chosen)
        for row in listing.rows
    ]
    context = {
        "listing": listing, "shown": shown, "may_tell": access.has(_RIGHT), "problem": problem,
        "reason": reason,
    }  # fmt: skip
    status = 422 if problem else 200
    return render(request, "appointments/workspace/unfit.html", context, status=status)
