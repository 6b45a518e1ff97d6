# SPDX-License-Identifier: EUPL-1.2
"""Configuration of mailboxes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import asks_again
from siac.integrations.mailbox.commands.setup import ask_probe, save_mailbox
from siac.integrations.mailbox.forms import MailboxForm
from siac.integrations.mailbox.models import Mailbox
from siac.integrations.mailbox.queries import mailboxes
from siac.integrations.mailbox.texts import TROUBLES, probe_text
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_list


@require_safe
@staff_page(StaffRight.SETUP)
def boxes(request: HttpRequest, access: Access) -> HttpResponse:
    """List the mailboxes with how they are."""
    institution = access.institution
    rows = [
        Row(
            (box.name, box.address, box.kind.name, _health(box)),
            reverse("workspace:mailbox:box", args=[institution.slug, box.pk]),
        )
        for box in mailboxes(institution)
    ]
    return record_list(
        request,
        title="Casillas de correo",
        columns=("Nombre", "Dirección", "Se ingresa como", "Estado"),
        rows=rows,
        tabs=setup_tabs(institution),
        add=("Conectar casilla", reverse("workspace:mailbox:box_new", args=[institution.slug])),
        empty="Ninguna casilla conectada. Los correos que lleguen a una se ingresan solos como solicitudes.",
    )


def _health(box: Mailbox) -> str:
    if not box.is_active:
        return "Inactiva"
    if box.last_error:
        return (
            f"Con problemas desde hace {box.failures} intentos: "
            f"{TROUBLES.get(box.last_error, box.last_error)}"
        )
    if box.last_success_at is None:
        return "Todavía no se ha leído"
    return f"Leída {localtime(box.last_success_at):%d-%m-%Y %H:%M}"


def _own(access: Access, mailbox_id: int) -> Mailbox:
    row = Mailbox.objects.filter(institution=access.institution, pk=mailbox_id).first()
    if row is None:
        raise Http404(str(mailbox_id))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def box(request: HttpRequest, access: Access, mailbox_id: int | None = None) -> HttpResponse:
    """Connect or change a mailbox."""
    institution, now = access.institution, current_time()
    row = _own(access, mailbox_id) if mailbox_id else None
    initial = {} if row else {"since": institution.local_date(now)}
    form = MailboxForm(
        institution,
        request.POST or None,
        instance=Mailbox.objects.get(pk=row.pk) if row else Mailbox(institution=institution),
        initial=initial,
    )
    if form.is_bound and form.is_valid():
        fields = dict(form.cleaned_data)
        fields["kind_id"], unit = fields.pop("kind").pk, fields.pop("unit")
        try:
            saved = save_mailbox(
                institution=institution,
                mailbox=row,
                actor=access.user,
                now=now,
                unit_id=unit.pk if unit else None,
                **fields,
            )
            messages.success(request, "Casilla guardada. Pruebe la conexión.")
            return redirect("workspace:mailbox:box", institution.slug, saved.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {
        "form": form,
        "box": row,
        "health": _health(row) if row else "",
        "probe": probe_text(row, now) if row else "",
        "refreshes": row is not None and row.is_being_probed,
        "title": row.name if row else "Conectar casilla",
    }
    return render(request, "mailbox/workspace/box.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_page(StaffRight.SETUP)
def test(request: HttpRequest, access: Access, mailbox_id: int) -> HttpResponse:
    """Have the connection tested by a job; the page shows what it finds."""
    row = _own(access, mailbox_id)
    ask_probe(mailbox=row, now=current_time())
    return redirect("workspace:mailbox:box", access.institution.slug, row.pk)
