# SPDX-License-Identifier: EUPL-1.2
"""The pages of calls to return: those to be made, one of them, promising one, and within what time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.callbacks.commands.calling import give_up, note_call, reopen_call, take_call, withdraw_call
from siac.callbacks.commands.promising import promise_call, register_and_promise, save_rule
from siac.callbacks.domain.rights import CallRight
from siac.callbacks.domain.states import Result, State
from siac.callbacks.forms import WITHIN, CallerForm, PromiseForm, RuleForm, WithdrawForm
from siac.callbacks.models import CallBack, CallRule
from siac.callbacks.queries import VIEWS, call_for, narrowed, rule_of
from siac.callbacks.telling import due_words
from siac.callbacks.texts import RESULTS, STATES
from siac.cases.public import SERVICE, attention_for
from siac.catalogue.public import services
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Histories, staff_page
from siac.people.public import names as person_names
from siac.people.public import reveal
from siac.ui.forms import basis_field
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_LIST, _ONE = "workspace:callbacks:calls", "workspace:callbacks:call"


@require_safe
@staff_page(CallRight.CALL)
def call_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the calls to be made, what is due first; those that are over the newest first (3 SQL)."""
    asked = Asked.of(request, Filter("vista", options=VIEWS))
    is_over = asked.kept.get("vista") == "terminadas"
    order = ("-ended_at", "-pk") if is_over else ("due_at", "pk")
    listing = asked.listing(narrowed(access, asked.kept), order)
    institution = access.institution
    people = person_names(
        institution.pk, [row.interaction.person_id for row in listing.rows if row.interaction.person_id]
    )
    context = {
        "views": [
            (f"?vista={code}" if code else "?", label, asked.kept.get("vista", "") == code)
            for code, label in VIEWS
        ],
        "listing": listing, "is_over": is_over, "now": current_time(),
        "rows": [
            (row, people.get(row.interaction.person_id or 0, ""), STATES[State(row.state)], due_words(row))
            for row in listing.rows
        ],
        "may_set_up": access.has(CallRight.SET_UP),
    }  # fmt: skip
    return render(request, "callbacks/workspace/calls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CallRight.CALL)
def promise(request: HttpRequest, access: Access) -> HttpResponse:
    """Take down a telephone and promise a call; about the service in the address, if any."""
    institution, now = access.institution, current_time()
    initial = {"within": rule_of(institution).within, "unit": access.own_unit}
    known = services(institution)
    typed = request.GET.get(SERVICE, "")
    service = known.get(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    if service is not None:
        initial |= {"subject": service.name[:200], "topic": service.topic_id}
    form = CallerForm(institution, request.POST or None, initial=initial)

    def save(fields: dict[str, Any]) -> HttpResponse:
        row = register_and_promise(
            institution=institution, attention=form.attention(now=now), person=form.told,
            within=fields["within"], actor=access.user, now=now,
        )  # fmt: skip
        return _promised(request, access, row)

    return record_form(
        request, form, save, title="Prometer una llamada", back_url=reverse(_LIST, args=[institution.slug]),
        submit="Prometer", intro="Queda una atención por teléfono sin resolver, y la llamada por hacer.",
    )  # fmt: skip


def _promised(request: HttpRequest, access: Access, row: CallBack) -> HttpResponse:
    messages.success(request, f"Dígale que se le llamará a más tardar el {due_words(row)}.")
    return redirect(_ONE, access.institution.slug, row.pk)


@require_POST
@staff_page(CallRight.CALL)
def promise_of(request: HttpRequest, access: Access, attention_id: int) -> HttpResponse:
    """Promise to call the person of an attention."""
    institution = access.institution
    attention, form = attention_for(access, attention_id), PromiseForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("call_within")
        row = promise_call(
            institution=institution, interaction=attention, within=form.cleaned_data["within"],
            actor=access.user, now=current_time(),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refusal_text(refused))
        return redirect("workspace:cases:attention", institution.slug, attention_id)
    return _promised(request, access, row)


@require_safe
@staff_page(CallRight.CALL)
def call(request: HttpRequest, access: Access, call_back_id: int) -> HttpResponse:
    """Show whom to call, at which number, about what, and what became of it; that the number was read is
    noted.
    """
    return _page(request, access, call_for(access, call_back_id), WithdrawForm())


def _page(
    request: HttpRequest, access: Access, row: CallBack, withdraw: WithdrawForm, status: int = 200
) -> HttpResponse:
    institution, person_id = access.institution, row.interaction.person_id
    found = reveal(
        institution.pk, [person_id] if person_id else [], actor_id=access.user.pk, reason=row.stream,
        now=current_time(),
    )  # fmt: skip
    person = found.get(person_id or 0)
    context = {
        "call_back": row, "person": person, "state": STATES[State(row.state)], "withdraw": withdraw,
        "made": [(RESULTS[Result(each.result)], each) for each in row.made.select_related("made_by")],
        "least": rule_of(institution).attempts, "now": current_time(),
        "due": due_words(row),
        "may_reopen": not row.is_open and row.first_call_at is not None,
    }  # fmt: skip
    return render(request, "callbacks/workspace/call.html", context, status=status)


@require_POST
@staff_page(CallRight.CALL)
def act(request: HttpRequest, access: Access, call_back_id: int, code: str) -> HttpResponse:
    """Do what a button of the page of a call says, and show it again.

    Raises:
        Http404: there is no such call or button, or not for this user.
    """
    row, run = call_for(access, call_back_id), _ACTS.get(code)
    if run is None:
        raise Http404(code)
    withdraw = WithdrawForm(request.POST) if code == "retirar" else WithdrawForm()
    if code == "retirar" and not withdraw.is_valid():
        return _page(request, access, row, withdraw, status=422)
    try:
        messages.success(request, run(request, access, row))
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_ONE, access.institution.slug, row.pk)


def _take(request: HttpRequest, access: Access, row: CallBack) -> str:
    take_call(institution=access.institution, call_back_id=row.pk, actor=access.user, now=current_time())
    return "Usted llama: queda a su nombre."


def _noted(result: Result, words: str) -> Callable[[HttpRequest, Access, CallBack], str]:
    def run(request: HttpRequest, access: Access, row: CallBack) -> str:
        typed = request.POST.get("hechas", "")
        note_call(
            institution=access.institution, call_back_id=row.pk, result=result,
            subject=request.POST.get("asunto", "")[:200], is_resolved="pendiente" not in request.POST,
            known=int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None,
            actor=access.user, now=current_time(),
        )  # fmt: skip
        return words

    return run


def _give_up(request: HttpRequest, access: Access, row: CallBack) -> str:
    give_up(institution=access.institution, call_back_id=row.pk, actor=access.user, now=current_time())
    return "Anotado: no se pudo hablar con la persona."


def _withdraw(request: HttpRequest, access: Access, row: CallBack) -> str:
    withdraw_call(
        institution=access.institution, call_back_id=row.pk, reason=request.POST.get("reason", ""),
        actor=access.user, now=current_time(),
    )  # fmt: skip
    return "Anotado: ya no se llama."


def _reopen(request: HttpRequest, access: Access, row: CallBack) -> str:
    reopen_call(institution=access.institution, call_back_id=row.pk, actor=access.user, now=current_time())
    return "La llamada queda por hacerse."


_ACTS: dict[str, Callable[[HttpRequest, Access, CallBack], str]] = {
    "tomar": _take,
    "hablamos": _noted(Result.SPOKE, "Anotado: se habló. Quedó registrada la atención."),
    "no-contesta": _noted(Result.NO_ANSWER, "Anotado: no contesta. Sigue por llamar."),
    "no-es-su-numero": _noted(Result.WRONG_NUMBER, "Anotado: no es su número."),
    "dejar": _give_up,
    "retirar": _withdraw,
    "reabrir": _reopen,
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CallRight.SET_UP)
def rule(request: HttpRequest, access: Access) -> HttpResponse:
    """Say within what time calls are returned."""
    row = rule_of(access.institution)
    form = RuleForm(request.POST or None, initial={"within": row.within, "attempts": row.attempts})
    told: Histories[Access, CallRule] = Histories(lambda access: {"within": dict(WITHIN).__getitem__})
    if row.pk:
        form.fields["based_on"] = basis_field(row.version)

    def save(fields: dict[str, Any]) -> HttpResponse:
        save_rule(institution=access.institution, actor=access.user, now=current_time(), **fields)
        messages.success(request, "Guardado. Vale para las llamadas que se prometan desde ahora.")
        return redirect(_LIST, access.institution.slug)

    return record_form(
        request, form, save, title="Devolver llamadas",
        back_url=reverse(_LIST, args=[access.institution.slug]),
        versions=told.versions(access, row) if row.pk else (),
        overtaken=lambda refused: told.overtaken(access, row, form, refused) if row.pk else (),
    )  # fmt: skip
