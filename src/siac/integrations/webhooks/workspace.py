# SPDX-License-Identifier: EUPL-1.2
"""Pages of webhooks, for those who administer a body."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.accounts.public import asks_again
from siac.integrations.webhooks.commands import setup
from siac.integrations.webhooks.commands.sending import envelope
from siac.integrations.webhooks.forms import WebhookForm, offered
from siac.integrations.webhooks.models import Delivery, DeliveryTry, Webhook
from siac.integrations.webhooks.queries import deliveries_of, last_tries, webhook_of, webhooks
from siac.integrations.webhooks.texts import PAUSES, PING, STATES
from siac.journal.public import outside_events
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_list


@require_safe
@staff_page(StaffRight.SETUP)
def hooks(request: HttpRequest, access: Access) -> HttpResponse:
    """List the programs that are told, with how they are."""
    body = access.institution
    rows = [
        Row(
            (row.name, row.url, str(len(row.events)), _standing(access, row)),
            reverse("workspace:webhooks:webhook", args=[body.slug, row.pk]),
        )
        for row in webhooks(body)
    ]
    return record_list(
        request,
        title="Avisos a programas",
        columns=("Nombre", "Dirección", "Hechos", "Estado"),
        rows=rows,
        tabs=setup_tabs(body),
        add=("Avisar a un programa", reverse("workspace:webhooks:webhook_new", args=[body.slug])),
        intro=(
            "Un programa suyo recibe un mensaje firmado cuando pasa algo: una solicitud ingresa o se"
            " responde, un plazo cambia, un compromiso se incumple."
        ),
        empty="No se avisa a ningún programa.",
    )


def _standing(access: Access, row: Webhook) -> str:
    if row.pause:
        return PAUSES[row.pause]
    if row.failing_since is not None:
        since = row.failing_since.astimezone(access.institution.zone)
        return f"Con problemas desde el {since:%d-%m-%Y %H:%M}"
    return "Activo"


def _own(access: Access, webhook_id: int) -> Webhook:
    row = webhook_of(access.institution, webhook_id)
    if row is None:
        raise Http404(str(webhook_id))
    return row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def new(request: HttpRequest, access: Access) -> HttpResponse:
    """Add a program; its secret is shown once, on the page that follows the form."""
    form = WebhookForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row, secret = setup.save_webhook(
                institution=access.institution, actor=access.user, now=current_time(), **_fields(form)
            )
            return _shown_once(request, row, secret)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"title": "Avisar a un programa", "form": form}
    return render(request, "webhooks/workspace/edit.html", context, status=422 if form.is_bound else 200)


def _fields(form: WebhookForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("name", "url", "events")}


def _shown_once(request: HttpRequest, row: Webhook, secret: str) -> HttpResponse:
    """Show a secret in the answer itself: it is in no address, session or page that can be opened again."""
    return render(request, "webhooks/workspace/secret.html", {"row": row, "secret": secret})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
@asks_again
def edit(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    """Change where a program is told, and of what."""
    row = _own(access, webhook_id)
    initial = {"name": row.name, "url": row.url, "events": row.events, "version": row.version}
    form = WebhookForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            setup.save_webhook(
                institution=access.institution, webhook_id=row.pk, actor=access.user, now=current_time(),
                based_on=form.cleaned_data["version"], **_fields(form),
            )  # fmt: skip
            messages.success(request, "Guardado.")
            return redirect("workspace:webhooks:webhook", access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
            form.data = {**request.POST.dict(), "events": request.POST.getlist("events")}
            form.data["version"] = str(_own(access, webhook_id).version)
    context = {"title": f"Cambiar {row.name}", "form": form, "row": row}
    return render(request, "webhooks/workspace/edit.html", context, status=422 if form.is_bound else 200)


@require_safe
@staff_page(StaffRight.SETUP)
def hook(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    """Show a program: how it is, and what was told to it, the newest first (5 SQL)."""
    row = _own(access, webhook_id)
    asked = Asked.of(
        request, Filter("estado", "Estado", [(each.value, words) for each, words in STATES.items()])
    )
    deliveries = deliveries_of(row)
    if state := asked.kept.get("estado"):
        deliveries = deliveries.filter(state=state)
    listing = asked.listing(deliveries, ("-pk",))
    tries = last_tries(list(listing.rows))
    context = {
        "row": row,
        "standing": _standing(access, row),
        "events": [event.title for event in offered() if event.type in row.events],
        "asked": asked,
        "listing": listing,
        "told": [(each, _title(each), tries.get(each.pk)) for each in listing.rows],
        "both_until": row.old_until if row.old_until and row.old_until > current_time() else None,
        "zone": access.institution.zone,
    }
    return render(request, "webhooks/workspace/webhook.html", context)


def _title(delivery: Delivery) -> str:
    if delivery.event == PING:
        return "Mensaje de prueba"
    known = outside_events().get(delivery.event)
    return known.title if known else delivery.event


@require_safe
@staff_page(StaffRight.SETUP)
def delivery(request: HttpRequest, access: Access, webhook_id: int, delivery_id: int) -> HttpResponse:
    """Show a message, set out in lines, with every try."""
    row = _own(access, webhook_id)
    found = deliveries_of(row).filter(pk=delivery_id).first()
    if found is None:
        raise Http404(str(delivery_id))
    context = {
        "row": row,
        "delivery": found,
        "title": f"{_title(found)}: {found.subject}",
        "content": json.dumps(json.loads(envelope(found)), indent=2, ensure_ascii=False),
        "tries": list(DeliveryTry.objects.filter(delivery=found).order_by("-pk")[:100]),
        "is_over": found.state in ("done", "failed"),
        "zone": access.institution.zone,
    }
    return render(request, "webhooks/workspace/delivery.html", context)


def _done(
    request: HttpRequest, access: Access, webhook_id: int, work: Callable[..., Any], said: str, **more: Any
) -> HttpResponse:
    """Do something to a webhook, say so or why not, and go back to its page."""
    row = _own(access, webhook_id)
    try:
        work(institution=access.institution, webhook_id=row.pk, now=current_time(), **more)
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    except Delivery.DoesNotExist:
        raise Http404(str(webhook_id)) from None
    return redirect("workspace:webhooks:webhook", access.institution.slug, row.pk)


@never_cache
@require_POST
@staff_page(StaffRight.SETUP)
@asks_again
def rotate(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    """Change the secret for another, which is shown once."""
    row = _own(access, webhook_id)
    changed, secret = setup.change_secret(
        institution=access.institution, webhook_id=row.pk, actor=access.user, now=current_time()
    )
    return _shown_once(request, changed, secret)


@require_POST
@staff_page(StaffRight.SETUP)
def pause(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    """Send nothing more for now."""
    return _done(request, access, webhook_id, setup.pause_webhook, "En pausa.", actor=access.user)


@require_POST
@staff_page(StaffRight.SETUP)
def resume(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    """Send again."""
    return _done(request, access, webhook_id, setup.resume_webhook, "Se envía otra vez.", actor=access.user)


@require_POST
@staff_page(StaffRight.SETUP)
def ping(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    """Send a message that only tries the way."""
    return _done(request, access, webhook_id, setup.send_ping, "Mensaje de prueba por enviar.")


@require_POST
@staff_page(StaffRight.SETUP)
def again(request: HttpRequest, access: Access, webhook_id: int, delivery_id: int) -> HttpResponse:
    """Send a message again, as it was."""
    said = "Se envía otra vez, con el mismo número."
    return _done(request, access, webhook_id, setup.send_again, said, delivery_id=delivery_id)


@require_POST
@staff_page(StaffRight.SETUP)
def remove(request: HttpRequest, access: Access, webhook_id: int) -> HttpResponse:
    """Forget a program."""
    row = _own(access, webhook_id)
    setup.remove_webhook(
        institution=access.institution, webhook_id=row.pk, actor=access.user, now=current_time()
    )
    messages.success(request, "Ya no se le avisa.")
    return redirect("workspace:webhooks:list", access.institution.slug)
