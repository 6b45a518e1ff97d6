# SPDX-License-Identifier: EUPL-1.2
"""Filing for someone who came, called or wrote."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import case_for, may, require_reader, seen_by, visible_to
from siac.cases.answer_day import answer_day
from siac.cases.commands.citizen import add_information
from siac.cases.commands.filing import Filing, file_case
from siac.cases.commands.revealing import is_revealable, reveal_code
from siac.cases.desk.commands import answer_at_once
from siac.cases.desk.forms import StaffFilingForm
from siac.cases.desk.known import known
from siac.cases.desk.resembling import Resembling, repeated, resembling
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.rights import CaseRight
from siac.cases.features import suggested_for
from siac.cases.models import Case, Channel
from siac.cases.pages import clock_lines
from siac.cases.papers import receipt_response
from siac.cases.queries import kinds
from siac.catalogue.public import services
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution, staff_page
from siac.people.public import PeopleRight, known_people
from siac.ui.public import refusal_text

_ENTRIES = 200
"""Entries of one person at most that a new request is held against."""
_SENDING_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def file_for_someone(request: HttpRequest, access: Access) -> HttpResponse:
    """File a request that came by counter, phone, letter or e-mail."""
    institution, now = access.institution, current_time()
    kind_id = request.POST.get("kind") or request.GET.get("kind", "")
    if {"sugerir", "buscar", "usar"} & request.POST.keys():
        return _look_up(request, access, StaffFilingForm.typed(institution, request.POST, kind_id=kind_id))
    form = StaffFilingForm(
        institution,
        request.POST or None,
        request.FILES or None,
        initial={"channel": Channel.COUNTER, "kind": kind_id, **begun_about(institution, request.GET)},
        kind_id=kind_id,
    )
    if not (form.is_bound and form.is_valid()):
        return _show(request, access, form)
    if "responder" in request.POST and not form.cleaned_data["answer"].strip():
        form.add_error("answer", "Escriba qué se le respondió.")
        return _show(request, access, form)
    people = known_ids(access, form)
    alike = _repeated(access, form, people, now=now)
    same = next((row.case for row in alike if row.case.folio == request.POST.get("misma")), None)
    if alike and same is None and not ("distinta" in request.POST or _is_filed(request, access, form)):
        return _show(request, access, form, repeated=alike)
    try:
        return _take(request, access, form, same, now=now)
    except Refused as refused:
        form.refuse(refusal_text(refused))
    return _show(request, access, form)


def begun_about(institution: Institution, params: Mapping[str, str]) -> dict[str, Any]:
    """Return with what the form opens where the address names a service that is given: it and its topic. No
    SQL when warm.
    """
    found = next(
        (row for pk, row in services(institution).items() if str(pk) == params.get("servicio")), None
    )
    return {"service": found.pk, "topic": found.topic_id} if found and found.is_active else {}


def _is_filed(request: HttpRequest, access: Access, form: StaffFilingForm) -> bool:
    """Return whether this very request was filed a moment ago: then it is itself what it resembles."""
    key = _content_key(request, access, form)
    return (
        key is not None and Case.objects.filter(institution=access.institution, idempotency_key=key).exists()
    )


def known_ids(access: Access, form: StaffFilingForm) -> list[int]:
    """Return the entries with the contact that was typed; none for whoever may
    not read identities (1 SQL at most).
    """
    may_read = access.has(PeopleRight.IDENTITY)
    return known_people(access.institution.pk, form.contact(), limit=_ENTRIES) if may_read else []


def _repeated(access: Access, form: StaffFilingForm, people: list[int], *, now: datetime) -> list[Resembling]:
    kind = kinds(access.institution)[form.cleaned_data["kind"]]
    return repeated(access, kind=kind, body=form.cleaned_data["body"], person_ids=people, now=now)


def _take(
    request: HttpRequest, access: Access, form: StaffFilingForm, same: Case | None, *, now: datetime
) -> HttpResponse:
    """File what was typed, add it to the case that it repeats, or file it with the answer given aloud."""
    institution, data = access.institution, form.cleaned_data
    if same is not None:
        add_information(
            institution=institution,
            case_id=same.pk,
            body=data["body"],
            files=data["attachments"],
            actor=access.user,
            now=now,
        )
        messages.success(request, f"Agregado a {same.folio}. No se ingresó otra solicitud.")
        return redirect("workspace:cases:case", institution.slug, same.folio)
    filing = _filing(request, access, form, now=now)
    if "responder" in request.POST:
        case = answer_at_once(access=access, filing=filing, body=data["answer"], now=now)
        messages.success(request, f"{case.folio}: ingresada, respondida y cerrada.")
    else:
        case = file_case(institution=institution, filing=filing, actor=access.user, now=now)
    return redirect("workspace:cases:filed", institution.slug, case.folio)


def _look_up(request: HttpRequest, access: Access, form: StaffFilingForm) -> HttpResponse:
    """Show what is suggested for what was typed so far, who is known by it, or
    the form with what is known of somebody.
    """
    asked = bool({"buscar", "usar"} & request.POST.keys())
    found = known(access, form.contact(), now=current_time()) if asked else []
    chosen = next((one for one in found if str(one.pk) == request.POST.get("usar")), None)
    if chosen is not None:
        form.fill_from(chosen.data)
    return _show(request, access, form, known=found, searched=asked and any(form.contact_given()))


def _show(request: HttpRequest, access: Access, form: StaffFilingForm, **more: Any) -> HttpResponse:
    """Show the form, with the topics and units that the words typed so far
    suggest: a choice of its own, never made by us.
    """
    said = request.POST.get("body", "")
    context = {
        "form": form,
        "key": _sending_key(request) or secrets.token_urlsafe(24),
        "suggestions": [
            {**row, "chosen": request.POST.get(f"suggested_{row['target']}", "")}
            for row in suggested_for(access.institution, said)
        ],
        "asked": "sugerir" in request.POST,
        "at_once": "responder" in request.POST,
        "had_files": bool(request.FILES),
        **more,
    }
    return render(request, "cases/workspace/file.html", context, status=422 if form.is_bound else 200)


def _sending_key(request: HttpRequest) -> str:
    """Return the key that keeps one form from being filed twice, or nothing where it is none of ours."""
    key = request.POST.get("envio", "")
    return key if _SENDING_KEY.fullmatch(key) else ""


def _content_key(request: HttpRequest, access: Access, form: StaffFilingForm) -> str | None:
    """Return the key of this very request: sent twice it is one case, changed after going back it is
    another.
    """
    key = _sending_key(request)
    if not key:
        return None
    files = [file.sha256 for file in form.cleaned_data["attachments"]]
    typed = {name: str(value) for name, value in form.cleaned_data.items() if name != "attachments"}
    content = json.dumps([access.user.pk, key, typed, files], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _received_at(institution: Institution, day: date | None, *, now: datetime) -> datetime | None:
    """Return the moment stood for by the day on a paper: its local noon; today
    is now, which may be before noon.
    """
    if day is None or day == institution.local_date(now):
        return None
    return datetime.combine(day, time(12), tzinfo=institution.zone)


def _filing(request: HttpRequest, access: Access, form: StaffFilingForm, *, now: datetime) -> Filing:
    data = form.cleaned_data
    return Filing(
        kind_id=data["kind"],
        channel=Channel(data["channel"]),
        body=data["body"],
        person=form.person(),
        topic_id=data["topic"],
        unit_id=data["unit"],
        service_point_id=data["service_point"],
        service_id=data["service"],
        received_at=_received_at(access.institution, data["received_on"], now=now),
        files=data["attachments"],
        offered={"topic": data["offered_topic"], "unit": data["offered_unit"]},
        idempotency_key=_content_key(request, access, form),
        answers=form.answers(),
        partial=True,
    )


@require_safe
@staff_page(CaseRight.FILE)
def filed(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show what to tell the person: folio and due day, and how to hand out the code.

    Only to whoever filed it.
    """
    number = parse_folio(folio)
    if number is None:
        raise Http404(folio)
    case = (
        Case.objects.filter(
            institution=access.institution, filed_by=access.user, year=number[0], number=number[1]
        )
        .select_related("kind", "unit", "text")
        .first()
    )
    if case is None:
        raise Http404(folio)
    today = access.institution.local_date(current_time())
    lines = clock_lines(case)
    context = {
        "case": case,
        "clocks": lines,
        "promise": answer_day(case, lines, today=today),
        "today": today,
        "may_open": visible_to(access).filter(pk=case.pk).exists(),
        "may_reveal": is_revealable(case),
    }
    return render(request, "cases/workspace/filed.html", context)


@require_safe
@staff_page(CaseRight.FILE)
def receipt(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Give the receipt as PDF, without the code, to whoever filed the case or may see it."""
    today = access.institution.local_date(current_time())
    return receipt_response(access.institution, _own_or_visible(access, folio), with_code=False, today=today)


@require_POST
@staff_page(CaseRight.FILE)
def code(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show the tracking code, or print it on the receipt, to hand it to the
    person; that it was seen is journaled.
    """
    case, on_paper, now = _own_or_visible(access, folio), "papel" in request.POST, current_time()
    shown = reveal_code(
        institution=access.institution,
        case_id=case.pk,
        on_paper=on_paper,
        actor=access.user,
        now=now,
    )
    if on_paper:
        return receipt_response(
            access.institution, case, with_code=True, today=access.institution.local_date(now)
        )
    context = {"case": case, "code": shown, "may_open": visible_to(access).filter(pk=case.pk).exists()}
    return render(request, "cases/workspace/code.html", context)


def _own_or_visible(access: Access, folio: str) -> Case:
    number = parse_folio(folio)
    own_or_seen = Q(filed_by=access.user) | seen_by(access)
    case = (
        Case.objects.filter(own_or_seen, institution=access.institution, year=number[0], number=number[1])
        .select_related("kind", "unit", "text", "institution")
        .first()
        if number
        else None
    )
    if case is None:
        raise Http404(folio)
    return case


@require_safe
@staff_page()
def alike(request: HttpRequest, access: Access, folio: str) -> HttpResponse:
    """Show the open requests that may be this one again, each a click away from being joined with it."""
    require_reader(access)
    now = current_time()
    case = case_for(access, folio, to=None, now=now)
    context = {
        "case": case,
        "today": access.institution.local_date(now),
        "rows": resembling(access, case, now=now),
        "may_join": case.is_open and may(access, case, CaseRight.CLASSIFY),
    }
    return render(request, "cases/workspace/alike.html", context)
