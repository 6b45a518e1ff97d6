# SPDX-License-Identifier: EUPL-1.2
"""Answering a survey: a page a section, without an account and without JavaScript, on a phone or a kiosk."""

import math
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.ratelimit import Verdict, client_address, hit, limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.surveys.commands.answering import half_key, half_of, keep_half, questionnaire_of, take_answer
from siac.surveys.commands.panel import panel_of
from siac.surveys.commands.refusing import has_refused, person_of, refuse_surveys
from siac.surveys.domain.questionnaire import Questionnaire, Section
from siac.surveys.doors import Door, door_for
from siac.surveys.forms import LANGUAGES, SectionForm
from siac.surveys.models import Invitation
from siac.surveys.promised import promised_of
from siac.surveys.texts import CHROME, CLOSED, OWN_NAMES
from siac.ui.public import refusal_text

COOKIE, DONE_COOKIE = "siac_encuesta", "siac_respondida"
_SECRET = re.compile(r"[\w-]{22}", re.ASCII)
_DONE_FOR = 30 * 24 * 3600  # seconds that a browser remembers that it answered through an open door
TRAP = "sitio_web"
"""A box that nobody sees; whoever fills it in is a program."""
MOST_OF_KIOSK, MOST_OF_LINK = 400, 60
"""Answers that one address may send in an hour: a whole office may sit behind one."""
SHEET = "hoja"
"""The field with the secret of this one answer: who sends it a second time is thanked, and counted once."""
_KIOSK_KEEPS = 180
"""Seconds that a screen remembers what somebody left half answered: they went."""


def _language(request: HttpRequest) -> str:
    """Return the language that somebody answers in, of those that the house itself speaks."""
    asked = request.POST if request.method == "POST" else request.GET
    language = str(asked.get("idioma", "es"))
    return language if language in CHROME else "es"


def _closed(request: HttpRequest, refused: Refused) -> HttpResponse:
    language = _language(request)
    words = CLOSED.get(language, {}).get(refused.code) or refusal_text(refused)
    context = {"words": words, "language": language, "chrome": CHROME[language]}
    return unkept(render(request, "surveys/portal/closed.html", context, status=410))


def unkept(response: HttpResponse) -> HttpResponse:
    """Keep it in no cache. Its address is a key, and the policy of the house tells it to nobody else; without
    any referrer a browser sends forms from nowhere, and they are refused.
    """
    response["Cache-Control"] = "private, no-store"
    return response


def _door(institution: Institution, token: str) -> Door:
    door = door_for(institution, token, today=institution.local_date(current_time()))
    if door is None:
        raise Http404("survey")
    return door


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page of an answer goes by."""

    door: Door
    key: str
    version: int
    questionnaire: Questionnaire
    answers: dict[str, object]
    section: Section
    language: str
    address: str
    secret: str

    def url(self, section: Section | None = None) -> str:
        """Return the address of a page of the same answer."""
        asked = {"pagina": section.code if section else "", "idioma": self.language}
        told = {name: value for name, value in asked.items() if value and value != "es"}
        return f"{self.address}?{urlencode(told)}" if told else self.address

    @property
    def before(self) -> Section | None:
        """The page before this one."""
        shown = self.questionnaire.shown(self.answers)
        place = shown.index(self.section)
        return shown[place - 1] if place else None


def _secret(request: HttpRequest, door: Door) -> str:
    """Return the secret of the answer that a browser is giving: of the page that is sent, else the one it
    keeps. Who comes to the first page of a screen begins anew, whatever the one before left.
    """
    if request.method != "POST" and door.is_kiosk and not request.GET.get("pagina"):
        return ""
    for kept in (request.POST.get(SHEET, ""), request.COOKIES.get(COOKIE, "")):
        if _SECRET.fullmatch(kept):
            return kept
    return ""


def _page(request: HttpRequest, institution: Institution, door: Door, given: str) -> _Page:
    """Return what a page goes by.

    Raises:
        Refused: this very answer was sent already (survey_sent_before).
    """
    secret = given or secrets.token_urlsafe(16)
    key = half_key(door, secret)
    half = half_of(key) if given or door.invitation_id is not None else None
    if half is not None and half.is_sent:
        raise Refused("survey_sent_before")
    version = half.version if half else door.survey.version
    questionnaire = questionnaire_of(door.survey, version)
    answers: dict[str, object] = dict(half.answers) if half else {}
    asked = request.POST if request.method == "POST" else request.GET
    shown = questionnaire.shown(answers)
    wanted = str(asked.get("pagina", ""))
    section = next((each for each in shown if each.code == wanted), shown[0])
    language = str(asked.get("idioma", "es"))
    language = language if language in questionnaire.translations else "es"
    address = reverse("portal:surveys:answer", args=[institution.slug, door.token])
    return _Page(door, key, version, questionnaire, answers, section, language, address, secret)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("surveys.page", limit=1500, window_seconds=3600)
@portal_page
def answer(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Show a page of a survey, or take what was answered on it and go on."""
    try:
        door = _door(institution, token)
        if request.method != "POST" and door.is_kiosk and "nueva" in request.GET:
            anew = redirect("portal:surveys:answer", institution.slug, token)
            return unkept(_without_secret(anew, institution))
        secret = _secret(request, door)
        page = _page(request, institution, door, secret)
        if request.COOKIES.get(DONE_COOKIE) == _mark(door) and (request.method == "POST" or not secret):
            raise Refused("survey_answered_here")
        if request.method == "POST":
            return _posted(request, institution, page)
        shown = _shown(request, page)
        return shown if secret or not door.is_kiosk else _without_secret(shown, institution)
    except Refused as refused:
        if refused.code == "survey_sent_before":
            return _thanked(request, institution, token)
        return _closed(request, refused)


def _thanked(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Lead to the thanks: of what is sent a second time nothing is counted."""
    thanks = reverse("portal:surveys:thanks", args=[institution.slug, token])
    language = _language(request)
    response = redirect(thanks if language == "es" else f"{thanks}?idioma={language}")
    return unkept(_without_secret(response, institution))


def _mark(door: Door) -> str:
    """Return how a browser remembers an open door that it answered through; of others, something that none
    remembers.
    """
    return half_key(door, "done") if door.way == "link" else "-"


def _posted(request: HttpRequest, institution: Institution, page: _Page) -> HttpResponse:
    door = page.door
    if request.POST.get(TRAP):
        return unkept(redirect("portal:surveys:thanks", institution.slug, door.token))
    form = SectionForm(page.questionnaire, page.section, page.language, page.answers, request.POST)
    if not form.is_valid():
        return _shown(request, page, form)
    own = {question.code for question in page.section.questions}
    answers = {code: value for code, value in page.answers.items() if code not in own} | form.answers
    following = page.questionnaire.after(page.section.code, answers)
    if following is None:
        following = _unfinished(page.questionnaire, answers)
    if following is None:
        return _sent(request, institution, page, form, answers)
    verdict = _count(request, door, "half") if half_of(page.key) is None else _FREE
    if not verdict.allowed:
        return _told_to_wait(request, page, form, verdict)
    keep_half(door, page.key, page.version, answers, today=institution.local_date(current_time()))
    return unkept(_with_secret(request, redirect(page.url(following)), institution, page))


def _sent(
    request: HttpRequest, institution: Institution, page: _Page, form: SectionForm, answers: dict[str, object]
) -> HttpResponse:
    """Take a whole answer; where an address sends too much, keep what was typed and say when to try again."""
    door, today = page.door, institution.local_date(current_time())
    verdict = _count(request, door, "answer")
    if not verdict.allowed:
        if half_of(page.key) is not None or _count(request, door, "half").allowed:
            keep_half(door, page.key, page.version, answers, today=today)
        return _with_secret(request, _told_to_wait(request, page, form, verdict), institution, page)
    take_answer(door, page.version, answers, today=today, key=page.key)
    thanks = reverse("portal:surveys:thanks", args=[institution.slug, door.token])
    response = redirect(thanks if page.language == "es" else f"{thanks}?idioma={page.language}")
    _without_secret(response, institution)
    if door.way == "link":
        response.set_cookie(
            DONE_COOKIE, _mark(door), max_age=_DONE_FOR, path=_path(institution),
            httponly=True, samesite="Lax", secure=request.is_secure(),
        )  # fmt: skip
    return unkept(response)


def _unfinished(questionnaire: Questionnaire, answers: dict[str, object]) -> Section | None:
    """Return the first page with a question that is still owed: somebody came to the last one past it."""
    owed = {question.code for question in questionnaire.missing(answers)}
    shown = questionnaire.shown(answers)
    return next((each for each in shown if owed & {q.code for q in each.questions}), None)


_FREE = Verdict(allowed=True)


def _count(request: HttpRequest, door: Door, what: str) -> Verdict:
    """Count one more of what an address sends through a door, and say whether a place can send as much
    (1 SQL, none of personal links).
    """
    if door.invitation_id is not None:
        return _FREE
    limit = MOST_OF_KIOSK if door.is_kiosk else MOST_OF_LINK
    return hit(f"surveys.{what}", f"{door.token} {client_address(request)}", limit, 3600, current_time())


def _told_to_wait(request: HttpRequest, page: _Page, form: SectionForm, verdict: Verdict) -> HttpResponse:
    """Show the page once more with what was typed, and after how long it can be sent."""
    minutes = math.ceil(verdict.retry_after / 60)
    form.refuse(CHROME.get(page.language, CHROME["es"])["wait"].format(minutes=minutes))
    response = _shown(request, page, form, status=429)
    response["Retry-After"] = str(verdict.retry_after)
    return response


def _with_secret(
    request: HttpRequest, response: HttpResponse, institution: Institution, page: _Page
) -> HttpResponse:
    if page.door.invitation_id is None:
        response.set_cookie(
            COOKIE, page.secret, path=_path(institution), httponly=True, samesite="Lax",
            secure=request.is_secure(), max_age=_KIOSK_KEEPS if page.door.is_kiosk else None,
        )  # fmt: skip
    return response


def _without_secret(response: HttpResponse, institution: Institution) -> HttpResponse:
    """Take the secret away: whoever uses the browser next goes on with nothing of this person."""
    response.delete_cookie(COOKIE, path=_path(institution), samesite="Lax")
    return response


def _path(institution: Institution) -> str:
    return f"/{institution.slug}/encuesta/"


def _shown(
    request: HttpRequest, page: _Page, form: SectionForm | None = None, status: int = 422
) -> HttpResponse:
    asked, survey = page.questionnaire, page.door.survey
    is_first, before = page.before is None, page.before
    words = CHROME.get(page.language, CHROME["es"])
    others = [(code, OWN_NAMES[code]) for code, _ in LANGUAGES if code in asked.translations]
    context = {
        "form": form or SectionForm(asked, page.section, page.language, page.answers),
        "page": page,
        "door": page.door,
        "heading": asked.said(survey.title, page.language),
        "intro": asked.said(survey.intro, page.language) if is_first else "",
        "chrome": words,
        "is_first": is_first,
        "before_url": page.url(before) if before else "",
        "ends": not _may_go_on(page),
        "languages": [("es", "Castellano"), *others] if others and is_first else [],
        "trap": TRAP,
        "sheet": SHEET if page.door.invitation_id is None else "",
        "restart_url": f"{page.address}?nueva=1" if page.door.is_kiosk else "",
    }  # fmt: skip
    status = 200 if form is None else status
    return unkept(render(request, "surveys/portal/section.html", context, status=status))


def _may_go_on(page: _Page) -> bool:
    """Return whether some answer to this page could lead to a further one."""
    codes = [section.code for section in page.questionnaire.sections]
    return codes.index(page.section.code) + 1 < len(codes)


@require_safe
@portal_page
def thanks(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Thank whoever answered."""
    try:
        door = _door(institution, token)
        survey, kiosk = door.survey, door.is_kiosk
    except Refused as refused:
        if refused.code != "survey_link_used":
            return _closed(request, refused)
        survey, kiosk = refused.context["survey"], False
    language = _language(request)
    address = reverse("portal:surveys:answer", args=[institution.slug, token])
    restart, today = f"{address}?nueva=1" if kiosk else "", institution.local_date(current_time())
    panel = panel_of(institution) if not (kiosk or survey.for_staff) else None
    context = {
        "thanks": survey.asked.said(survey.thanks, str(request.GET.get("idioma", "es"))),
        "restart_url": restart,
        "may_join": panel is not None and panel.is_open,
        "language": language,
        "chrome": CHROME[language],
        "promised": [] if survey.for_staff else promised_of(institution, survey, today=today),
    }
    return unkept(render(request, "surveys/portal/thanks.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@limited("surveys.refuse", limit=60, window_seconds=3600)
@portal_page
def refuse(request: HttpRequest, institution: Institution, token: str) -> HttpResponse:
    """Let whoever was invited say that they want no more surveys, or want them again: one press, never by
    opening the page, which programs that read mail do too. Their link need not be open any more.
    """
    row = Invitation.objects.filter(institution=institution, token=token).first()
    person_id = person_of(row) if row is not None else None
    if row is None or person_id is None:
        raise Http404("invitation")
    if request.method == "POST":
        refuse_surveys(institution, row, wanted="volver" in request.POST, now=current_time())
        return unkept(redirect("portal:surveys:refuse", institution.slug, token))
    context = {"refused": has_refused(institution, [person_id])}
    return unkept(render(request, "surveys/portal/refuse.html", context))
