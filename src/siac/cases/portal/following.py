# SPDX-License-Identifier: EUPL-1.2
"""The citizen follows: state, due day and why, answer; completes, contests, rates."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.access import case_by_code, configured, unit_of
from siac.cases.answer_day import answer_day
from siac.cases.commands.citizen import add_information, contest_answer, rate_answer
from siac.cases.commands.endings import withdraw_case
from siac.cases.commands.lost_codes import send_codes
from siac.cases.commands.replying import reply_to_answer
from siac.cases.commands.silence import certify_silence, report_delay
from siac.cases.domain.clock_kinds import CORRECTION
from siac.cases.domain.numbers import CODE_LENGTH, parse_code
from siac.cases.domain.states import Move, allowed
from siac.cases.extensions import panels
from siac.cases.forms.citizen import (
    ContestForm,
    DelayForm,
    InformationForm,
    LostCodeForm,
    RatingForm,
    ReplyForm,
    TrackForm,
    WithdrawalForm,
)
from siac.cases.models import Case
from siac.cases.pages import any_missed, files_of
from siac.cases.papers import silence_response
from siac.cases.portal.browser import forget
from siac.cases.portal.knowing import knowing
from siac.cases.situation import situation_of
from siac.cases.texting import texts_sent_by
from siac.cases.texts import ENDING_FOR_CITIZEN, STATE_FOR_CITIZEN
from siac.cases.undisclosed import seen_by_citizen
from siac.documents.public import attachment, download_response
from siac.infra.ratelimit import hit, limited, too_many
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.signin.public import goodbye, identified, leave_identification
from siac.ui.forms import Form
from siac.ui.public import refusal_text

FOLLOWING_SECONDS = 2 * 60 * 60
TRIES_PER_CODE = 10
"""Within fifteen minutes, from wherever."""
DONE: dict[str, str] = {
    "information": "Recibimos sus antecedentes.",
    "contest": "Recibimos su petición: revisaremos la respuesta.",
    "reply": "Recibimos su comentario.",
    "rating": "Gracias por calificar la respuesta.",
    "withdrawal": "Registramos que desiste de su solicitud.",
    "delay": "Recibimos su denuncia de la demora.",
}
"""What is told after each act of the citizen, by the name of its form."""
FOLLOWING = TimestampSigner(salt="cases.following")
Rest = ParamSpec("Rest")


def cookie_name(institution: Institution) -> str:
    """Return the name of the cookie that keeps a case of a body open to its citizen."""
    return f"siac_caso_{institution.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.track", limit=30, window_seconds=900)
@portal_page
def track(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Open a case with its code and a second factor; the browser then keeps it open for two hours."""
    form = (
        TrackForm(request.POST)
        if request.method == "POST"
        else TrackForm(initial={"code": request.GET.get("codigo", "")})
    )
    if form.is_bound and form.is_valid():
        # Many addresses may try the second factor of one code; the person who has both can still come later.
        verdict = hit("portal.code", code_key(institution, form), TRIES_PER_CODE, 900, current_time())
        if not verdict.allowed:
            return too_many(request, verdict.retry_after)
        case = case_by_code(institution, form.cleaned_data["code"], form.cleaned_data["second_factor"])
        if case is not None:
            return open_case(request, redirect("portal:cases:case", institution.slug), institution, case)
        form.refuse(
            "No encontramos una solicitud con esos datos. "
            "Revise el código y el correo, documento, teléfono o apellido que indicó."
        )
    context = {"form": form, "known": knowing(request, institution, now=current_time())}
    return render(request, "cases/portal/track.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.lost_code", limit=5, window_seconds=3600)
@portal_page
def lost_code(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Send the codes of whoever gives their address; what is answered is the same whether there was
    anything.
    """
    form = LostCodeForm(request.POST or None)
    sent = form.is_bound and form.is_valid()
    if sent:
        now, email = current_time(), form.cleaned_data["email"]
        if hit("portal.lost_code.email", f"{institution.pk} {email.casefold()}", 3, 86_400, now).allowed:
            send_codes(institution=institution, email=email, now=now)
    context = {"form": form, "sent": sent}
    status = 422 if form.is_bound and not sent else 200
    return render(request, "cases/portal/lost_code.html", context, status=status)


def code_key(institution: Institution, form: Form) -> str:
    """Return what the tries of one code are counted under, however it was typed."""
    typed = str(form.cleaned_data["code"])
    return f"{institution.pk} {parse_code(typed) or typed[:CODE_LENGTH]}"


@require_POST
@portal_page
def leave(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Close what this browser has open: the followed case, the receipts and the drafts."""
    away = goodbye(request, institution, now=current_time())
    response = render(request, "cases/portal/left.html", {"away": away})
    response.headers["Clear-Site-Data"] = '"cache"'
    return leave_all(request, response, institution)


def leave_all(request: HttpRequest, response: HttpResponse, institution: Institution) -> HttpResponse:
    """Let a response end all that a browser has open at a body: the followed case, its receipts and drafts,
    and who identified themselves in it (1 SQL, none where nobody did).
    """
    response.delete_cookie(cookie_name(institution), path=f"/{institution.slug}/seguimiento/", samesite="Lax")
    return forget(leave_identification(request, response, institution), institution)


def open_case(
    request: HttpRequest, response: HttpResponse, institution: Institution, case: Case, *, mark: str = ""
) -> HttpResponse:
    """Let a browser follow a case for two hours; with the `mark` of an identification, while that lasts."""
    response.set_cookie(
        cookie_name(institution),
        FOLLOWING.sign(f"{case.pk}:{mark}" if mark else str(case.pk)),
        max_age=FOLLOWING_SECONDS,
        path=f"/{institution.slug}/seguimiento/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def followed(
    view: Callable[Concatenate[HttpRequest, Institution, Case, Rest], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Institution, Rest], HttpResponseBase]:
    """Give the view the case that this browser opened; without one, ask for the code again."""

    @wraps(view)
    def opened(
        request: HttpRequest, institution: Institution, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        try:
            said = FOLLOWING.unsign(
                request.COOKIES.get(cookie_name(institution), ""), max_age=FOLLOWING_SECONDS
            )
        except BadSignature:
            return redirect("portal:cases:track", institution.slug)
        pk, _, mark = said.partition(":")
        if mark and not _lasts(request, institution, mark):
            return redirect("portal:cases:track", institution.slug)
        found = Case.objects.filter(institution=institution, pk=pk, erased_at=None)
        found = found.filter(is_restricted=False) if mark else found
        found = found.select_related("text", "undoable")
        case = next(iter(found.order_by()), None)
        if case is None:
            return redirect("portal:cases:track", institution.slug)
        response = view(request, institution, configured(institution, case), *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")  # a shared browser keeps nothing
        return response

    return opened


def _lasts(request: HttpRequest, institution: Institution, mark: str) -> bool:
    known = identified(request, institution, now=current_time())
    return known is not None and known.mark == mark


def _show(
    request: HttpRequest, institution: Institution, case: Case, status: int = 200, **forms: Any
) -> HttpResponse:
    now = current_time()
    today = institution.local_date(now)
    seen = seen_by_citizen(case, now=now)
    moves = allowed(case.state)
    lines = seen.lines()
    situation = situation_of(institution, case, [line.clock for line in lines], now=now)
    context: dict[str, Any] = {
        "case": case,
        "unit": unit_of(institution, case),
        "state_words": ENDING_FOR_CITIZEN.get(case.ending) or STATE_FOR_CITIZEN[case.state],
        "clocks": lines,
        "promise": answer_day(case, lines, today=today),
        "situation": situation,
        "correction": next(iter(situation.live(CORRECTION)), None),
        "messages_list": seen.messages(),
        "files": files_of(case),
        "history": seen.history(),
        "panels": panels(case, None, missed=any_missed(lines)),
        "may_inform": Move.INFORM in moves,
        "may_contest": Move.CONTEST in moves
        and case.contest_until is not None
        and today <= case.contest_until,
        "may_rate": Move.RATE in moves and case.rating is None and case.answered_at is not None,
        "may_reply": Move.REPLY in moves,
        "may_withdraw": Move.WITHDRAW in moves,
        "gets_texts": case.person_id is not None and texts_sent_by(institution),
        "information": InformationForm(),
        "contest": ContestForm(),
        "reply": ReplyForm(),
        "rating": RatingForm(),
        "withdrawal": WithdrawalForm(),
        "delay": DelayForm(),
        **forms,
    }
    for name in ("information", "contest", "reply", "rating", "withdrawal", "delay"):
        context[name].auto_id = f"{name}_%s"  # the forms of one page must not share ids
    return render(request, "cases/portal/case.html", context, status=status)


@require_safe
@portal_page
@followed
def case(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Show the state, the due day and why, the answer, and what can be done."""
    return _show(request, institution, case)


def _take(
    request: HttpRequest,
    institution: Institution,
    case: Case,
    name: str,
    form: Form,
    command: Callable[..., Case],
) -> HttpResponse:
    """Do what the citizen asked in the form `name` of the page; what is refused
    is shown there, with what was typed.
    """
    if form.is_valid():
        values = dict(form.cleaned_data)
        if "attachments" in values:
            values["files"] = values.pop("attachments")
        try:
            command(institution=institution, case_id=case.pk, now=current_time(), **values)
            messages.success(request, DONE[name])
            return redirect("portal:cases:case", institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _show(request, institution, case, 422, **{name: form})


@require_POST
@limited("portal.write", limit=30, window_seconds=3600)
@portal_page
@followed
def inform(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Add information."""
    form = InformationForm(request.POST, request.FILES)
    return _take(request, institution, case, "information", form, add_information)


@require_POST
@limited("portal.write", limit=30, window_seconds=3600)
@portal_page
@followed
def contest(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Contest the answer."""
    return _take(request, institution, case, "contest", ContestForm(request.POST), contest_answer)


@require_POST
@limited("portal.write", limit=30, window_seconds=3600)
@portal_page
@followed
def reply(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Say something about the answer without contesting it."""
    return _take(request, institution, case, "reply", ReplyForm(request.POST, request.FILES), reply_to_answer)


@require_POST
@limited("portal.write", limit=30, window_seconds=3600)
@portal_page
@followed
def rate(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Rate the answer."""
    return _take(request, institution, case, "rating", RatingForm(request.POST), rate_answer)


@require_POST
@limited("portal.write", limit=30, window_seconds=3600)
@portal_page
@followed
def withdraw(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Give the request up."""
    form = WithdrawalForm(request.POST)
    return _take(request, institution, case, "withdrawal", form, partial(withdraw_case, actor=None))


@require_POST
@limited("portal.write", limit=30, window_seconds=3600)
@portal_page
@followed
def complain_of_delay(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Report that the term has passed without an answer."""
    return _take(request, institution, case, "delay", DelayForm(request.POST), report_delay)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("portal.receipt_pdf", limit=60, window_seconds=3600, methods=("GET", "POST"))
@portal_page
@followed
def silence_paper(request: HttpRequest, institution: Institution, case: Case) -> HttpResponse:
    """Certify the silence on request, without more ado, and give the certificate as PDF."""
    if request.method == "POST":
        try:
            certify_silence(institution=institution, case_id=case.pk, actor=None, now=current_time())
        except Refused as refused:
            return _show(request, institution, case, 422, silence_refusal=refusal_text(refused))
        return redirect("portal:cases:silence_pdf", institution.slug)
    if case.silence_certified_at is None:
        raise Http404("silence")
    return silence_response(institution, case)


@require_safe
@portal_page
@followed
def file(
    request: HttpRequest,
    institution: Institution,
    case: Case,
    attachment_id: int,
    give: Callable[..., FileResponse] = download_response,
) -> FileResponse:
    """Give a file of the followed case to its citizen, to keep or (`give`) to look at."""
    seen = seen_by_citizen(case, now=current_time())
    public = {pk for message in seen.messages() for pk in message.file_ids}
    public |= {own.pk for own in files_of(case)}
    if attachment_id not in public:
        raise Http404(str(attachment_id))
    return give(attachment(institution.pk, attachment_id), to_staff=False)
