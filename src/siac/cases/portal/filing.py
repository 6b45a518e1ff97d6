# SPDX-License-Identifier: EUPL-1.2
"""The citizen files: choose, fill in, check, send, receipt."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.answer_day import answer_day
from siac.cases.commands.drafts import case_of_draft, files_of_draft, new_key, open_draft, save_draft
from siac.cases.commands.filing import Filing, file_case
from siac.cases.forms.citizen import PersonForm, RequestForm, WhetherNamedForm
from siac.cases.models import Case, CaseKind, Channel, FilingDraft, Nature
from siac.cases.pages import clock_lines
from siac.cases.papers import receipt_response
from siac.cases.portal.browser import browser_of, new_browser, remember
from siac.cases.portal.door import Door
from siac.cases.portal.knowing import SHOWN, TURNS, Knowing, knowing
from siac.cases.queries import book_door, kinds, portal_kinds
from siac.catalogue.public import Service, service_coded, topics
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, entered, portal_page
from siac.people.public import PersonData, meant_address
from siac.signin.public import Identified
from siac.ui.forms import Form
from siac.ui.languages.known import NAMES, SPANISH
from siac.ui.languages.speaking import long_date_said, marked, said, spoken
from siac.ui.public import refusal_text

NOTHING_KEPT = "private, no-store"


def _door(request: HttpRequest, institution: Institution) -> Door:
    """Return the way through the pages of the portal, for the browser that asks."""
    return Door(institution.slug, browser_of(request) or new_browser())


@require_safe
@portal_page
def choose(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Choose by need."""
    return choose_at(request, institution, _door(request, institution))


def choose_at(request: HttpRequest, institution: Institution, door: Door) -> HttpResponse:
    """Show what can be filed through a door."""
    about = service_coded(institution, request.GET.get("servicio", ""))
    offered = [(kind, door.url("fill", kind.code)) for kind in portal_kinds(institution)]
    context = {"kinds": offered, "about": about, "door": door}
    return render(request, "cases/portal/choose.html", context)


def _kind(institution: Institution, code: str) -> CaseKind:
    for kind in portal_kinds(institution):
        if kind.code == code:
            return kind
    raise Http404(code)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.form", limit=60, window_seconds=3600)
@portal_page
def fill(request: HttpRequest, institution: Institution, kind: str) -> HttpResponse:
    """Fill in one page; what is typed is kept for a day under a random address,
    for the browser that wrote it.
    """
    key = request.POST.get("borrador") or request.GET.get("borrador") or ""
    door = _door(request, institution)
    page, is_kept = fill_at(request, institution, kind, key, door)
    if is_kept:
        # An empty form may be kept by the browser, which brings back what was typed when it goes back.
        page.headers["Cache-Control"] = NOTHING_KEPT
        remember(page, request, institution, door.browser)
    return page


def fill_at(
    request: HttpRequest, institution: Institution, kind: str, key: str, door: Door
) -> tuple[HttpResponse, bool]:
    """Return the form as filled in through a door, or the way on to what follows, and whether what was typed
    is kept there: in the draft `key`.
    """
    chosen = _kind(institution, kind)
    now, browser = current_time(), door.browser
    known = _known(request, institution, chosen, door, now=now)
    opened = open_draft(institution.slug, key, browser=browser, now=now) if key else None
    if opened and opened[0].case_id is not None:
        opened = None  # sent already: what is typed now is another request
    draft = opened[0] if opened else None
    files = files_of_draft(draft) if draft else []
    if request.method == "POST":
        unwanted = [file.pk for file in files if str(file.pk) in request.POST.getlist("quitar")]
        already = len(files) - len(unwanted)
        ask = RequestForm(institution, chosen, request.POST, request.FILES, already=already)
        whether, who = _whom(institution, chosen, request.POST, known.identity)
        turns = known.turns(request)
        goes_on = not turns and not (_names(whether) and known.is_lost(request))
        valid = all([ask.is_valid(), _is_told(whether, who)]) and goes_on
        # A browser sends a file once: what is good is kept at once.
        if valid or turns or ask.good_files or unwanted:
            draft = save_draft(
                institution=institution,
                kind=chosen,
                browser=browser,
                typed={
                    **_typed(request),
                    "anonima": whether.said if whether else "no",
                    **known.kept(turns),
                },
                files=ask.good_files,
                without=unwanted,
                key=draft.key if draft else key,
                now=now,
            )
            if valid:
                return redirect(door.url("check", door.key_of(draft.key))), True
            if turns:
                here = f"{door.url('fill', chosen.code)}?borrador={door.key_of(draft.key)}"
                return known.turned(request, here), True
            files = files_of_draft(draft)
    else:
        ask, whether, who = _shown(request, institution, chosen, opened[1] if opened else None, known)
    said = request.POST or (opened[1] if opened else request.GET)
    book = book_door(institution)
    context = {
        "about": service_coded(institution, said.get("servicio", "")),
        "door": door,
        "kind": chosen,
        "book": book,
        "book_url": door.url("fill", book.kind.code) if book and book.kind else "",
        "ask": ask,
        "who": who,
        "whether": whether,
        "asks_who_first": whether is not None and chosen.nature == Nature.WRONGDOING,
        "files": files,
        "draft_key": door.key_of(draft.key if draft else new_key()),
        "expired": bool(request.GET.get("borrador")) and opened is None,
        "known": known,
        "ended": known.ended(request, opened[1] if opened else {}) if _names(whether) else None,
    }
    page = render(request, "cases/portal/fill.html", context, status=422 if request.method == "POST" else 200)
    return page, draft is not None or known.identity is not None or request.method == "POST"


def _known(
    request: HttpRequest, institution: Institution, kind: CaseKind, door: Door, *, now: datetime
) -> Knowing:
    """Return who is known; in a frame, which reads no cookie, nobody is, nor can be."""
    return Knowing(institution) if door.is_framed else knowing(request, institution, kind, now=now)


def _names(whether: WhetherNamedForm | None) -> bool:
    """Return whether who writes says who they are."""
    return whether is None or whether.said == "no"


def _unchecked(*forms: Form | None) -> None:
    """Blame nobody for what is missing who went away in the midst of it and is back."""
    for form in forms:
        if form is not None and form.is_bound:
            form.errors.clear()


def _shown(
    request: HttpRequest,
    institution: Institution,
    kind: CaseKind,
    typed: dict[str, Any] | None,
    known: Knowing,
) -> tuple[RequestForm, WhetherNamedForm | None, PersonForm]:
    """Return the forms as they are first shown: empty, or as they were when the draft was kept."""
    about = service_coded(institution, request.GET.get("servicio", ""))
    ask = RequestForm(institution, kind, typed, initial={"topic": about.topic_id} if about else None)
    whether, who = _whom(institution, kind, _begun(typed, known), known.identity)
    if typed is not None and known.went(typed):
        _unchecked(ask, who, whether)
    return ask, whether, who


def _begun(typed: dict[str, Any] | None, known: Knowing) -> dict[str, Any] | None:
    """Return what was typed so far, as a form shows it; who identified themselves in the midst of it wants to
    give their name, unless they said otherwise.
    """
    if typed is None or known.identity is None or typed.get("identificada") == "si":
        return typed
    return {**typed, "anonima": typed.get("anonima") or "no"}


def _whom(
    institution: Institution,
    kind: CaseKind,
    typed: Mapping[str, Any] | None,
    identity: Identified | None = None,
) -> tuple[WhetherNamedForm | None, PersonForm]:
    """Return whether the person gives a name (None where the kind needs one) and who they are.

    Who they are is not checked before they said that they tell it.
    """
    whether = WhetherNamedForm.of(typed) if kind.allows_anonymous else None
    told = typed if whether is None or whether.said == "no" else None
    initial = dict(typed.items()) if typed else None
    return whether, PersonForm(institution, kind, told, initial=initial, identity=identity)


def _is_told(whether: WhetherNamedForm | None, who: PersonForm) -> bool:
    if whether is not None and whether.said != "no":
        return whether.said == "si"
    return who.is_valid()


def _typed(request: HttpRequest) -> dict[str, str]:
    skipped = {"csrfmiddlewaretoken", "borrador", "attachments", "quitar", SHOWN, *TURNS}
    return {name: request.POST[name] for name in request.POST if name not in skipped}


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@limited("portal.send", limit=30, window_seconds=3600)
def check(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Show what will be sent; sending it twice files it once.

    The draft brings its body along: one query less.
    """
    return check_at(request, key, Door(slug, browser_of(request)))


def check_at(request: HttpRequest, key: str, door: Door) -> HttpResponseBase:
    """Show what the draft `key` will send through a door, or send it."""
    opened = open_draft(door.slug, key, browser=door.browser, now=current_time())
    if opened is None:
        return draft_gone(request, door.slug, door=door)
    if opened[0].case_id is not None:
        return redirect(door.url("receipt", door.key_of(key)))
    with entered(request, opened[0].institution):
        return _check(request, opened[0].institution, *opened, door)


@portal_page
def draft_gone(request: HttpRequest, institution: Institution, door: Door) -> HttpResponse:
    """Say that what was typed is no longer kept."""
    return render(request, "cases/portal/draft_expired.html", {"door": door}, status=410)


def _check(
    request: HttpRequest, institution: Institution, draft: FilingDraft, typed: dict[str, Any], door: Door
) -> HttpResponse:
    now = current_time()
    kind = kinds(institution)[draft.kind_id]
    ask = RequestForm(institution, kind, typed)
    known = _known(request, institution, kind, door, now=now) if typed.get("identificada") else None
    identity = known.identity if known else None
    whether, who = _whom(institution, kind, typed, identity)
    anonymous = whether is not None and whether.said == "si"
    about = service_coded(institution, typed.get("servicio", ""))
    change_url = f"{door.url('fill', kind.code)}?borrador={door.key_of(draft.key)}"
    if not all([ask.is_valid(), _is_told(whether, who)]):
        return redirect(change_url)
    error = ""
    if request.method == "POST":
        try:
            _send(institution, kind, draft, ask, None if anonymous else who.person(), about, now=now)
            return redirect(door.url("receipt", door.key_of(draft.key)))
        except Refused as refused:
            error = refusal_text(refused)
    context = {
        "kind": kind,
        "door": door,
        "about": about,
        "rows": _answers(institution, kind, ask),
        "error": error,
        "person": None if anonymous else who.person(),
        "files": files_of_draft(draft),
        "change_url": change_url,
        "own": ("", "") if identity else ("given_names", "document_number"),
        "meant": "" if anonymous else meant_address(who.cleaned_data.get("email", "")),
    }
    return render(request, "cases/portal/check.html", context, status=422 if error else 200)


def _send(
    institution: Institution,
    kind: CaseKind,
    draft: FilingDraft,
    ask: RequestForm,
    person: PersonData | None,
    about: Service | None,
    *,
    now: datetime,
) -> Case:
    topic = ask.cleaned_data.get("topic")
    filing = Filing(
        kind_id=kind.pk,
        channel=Channel.WEB,
        body=ask.cleaned_data["body"],
        subject=ask.cleaned_data["subject"],
        answers=ask.answers(),
        place=ask.cleaned_data.get("place", ""),
        person=person,
        topic_id=int(topic) if topic else None,
        service_id=about.pk if about else None,
        language="" if spoken() == SPANISH else spoken(),
        draft_id=draft.pk,
        idempotency_key=draft.key,
    )
    return file_case(institution=institution, filing=filing, actor=None, now=now)


def _answers(institution: Institution, kind: CaseKind, ask: RequestForm) -> list[tuple[str, str, str]]:
    """Return what was answered as (question, answer in words, field to change it at)."""
    rows = [
        (said(ask.fields[name].label), ask.cleaned_data.get(name), name)
        for name in ask.fields
        if name not in {"attachments", "topic"}
    ]
    topic = ask.cleaned_data.get("topic")
    if topic:
        rows.append(("Tema", marked(topics(institution)[int(topic)].name), "topic"))
    if spoken() != SPANISH:
        rows.append(("Idioma de los avisos", NAMES[spoken()], ""))
    return [
        ("Tipo", marked(kind.name), ""),
        *((label, _in_words(value), name) for label, value, name in rows if value),
    ]


def _in_words(value: Any) -> str:
    return long_date_said(value) if isinstance(value, date) else str(value)


@require_safe
@cache_control(private=True, no_store=True)
@portal_page
def receipt(request: HttpRequest, institution: Institution, key: str) -> HttpResponse:
    """Show the receipt of what this browser sent within the last day."""
    return receipt_at(request, institution, key, Door(institution.slug, browser_of(request)))


def receipt_at(request: HttpRequest, institution: Institution, key: str, door: Door) -> HttpResponse:
    """Show the receipt of what the draft `key` became."""
    now = current_time()
    case = case_of_draft(institution, key, browser=door.browser, now=now)
    if case is None:
        return render(request, "cases/portal/receipt_expired.html", {"door": door}, status=410)
    today, lines = institution.local_date(now), clock_lines(case)
    context = {
        "case": case,
        "key": key,
        "door": door,
        "paper_url": door.url("receipt_pdf", door.key_of(key)),
        "end_url": door.url("end", door.key_of(key)) if door.is_framed else "",
        "clocks": lines,
        "promise": answer_day(case, lines, today=today),
        "today": today,
        "asks_traits": institution.asks_traits and case.person_id is not None and not door.is_framed,
    }
    return render(request, "cases/portal/receipt.html", context)


@require_safe
@cache_control(private=True, no_store=True)
@limited("portal.receipt_pdf", limit=60, window_seconds=3600, methods=("GET",))
@portal_page
def receipt_paper(request: HttpRequest, institution: Institution, key: str) -> HttpResponse:
    """Give the receipt as PDF, to the browser that sent it."""
    return receipt_paper_at(request, institution, key, Door(institution.slug, browser_of(request)))


def receipt_paper_at(request: HttpRequest, institution: Institution, key: str, door: Door) -> HttpResponse:
    """Give the receipt of what the draft `key` became as PDF."""
    now = current_time()
    case = case_of_draft(institution, key, browser=door.browser, now=now)
    if case is None:
        return render(request, "cases/portal/receipt_expired.html", {"door": door}, status=410)
    return receipt_response(institution, case, with_code=True, today=institution.local_date(now))
