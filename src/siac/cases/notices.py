# SPDX-License-Identifier: EUPL-1.2
"""What citizens are told by mail. Texts are made when the notice is sent, from the case as it then is, in
the language in which its person filed it; what that lacks is in Spanish, and the mail says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from siac.cases.answer_day import promise_told
from siac.cases.commands.terms import appeal_clocks, asked_of, correction_clock, delay_clock, legal_rule
from siac.cases.decisions import outcomes_of
from siac.cases.models import BESIDE_AN_ANSWER, Case, CaseMessage, MessageKind
from siac.clocks.public import Clock
from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.ui.languages.known import SPANISH
from siac.ui.languages.marking import has_marks, without_marks
from siac.ui.languages.speaking import long_date_said, marked, said, speaking

ANSWERED = "Respuesta a su solicitud"


@dataclass(frozen=True, slots=True)
class CaseNotice:
    """A kind of notice about a case: what staff call it, and how its lines are made."""

    code: str
    title: str
    lines: Callable[[Case, str, date], tuple[str, list[str]]]
    """From the case, what was written and the day on which it was: the subject, and what is said."""

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of a notice of this kind."""
        rows = Case.objects.filter(institution_id=notice.institution_id)
        case = rows.select_related("institution", "kind", "text", "unit").get(pk=notice.subject_id)
        body = ""
        if "message" in notice.context:
            # What answers a joined case was written on the one it was joined
            # to, and may have left again since.
            message = CaseMessage.objects.get(
                pk=notice.context["message"], institution_id=notice.institution_id
            )
            body = answer_text(message) if message.kind == MessageKind.ANSWER else message.body
        told_on = case.institution.local_date(notice.created_at)
        with speaking(case.language or SPANISH, marks=True):
            subject, text = mail_of(case, *self.lines(case, body, told_on))
            if has_marks(f"{subject}{text}"):
                text = f"{_('Parte de este mensaje está solo en castellano.')}\n\n{text}"
        return without_marks(subject), without_marks(text)


def mail_of(case: Case, subject: str, lines: list[str]) -> tuple[str, str]:
    """Return (subject, text) of a mail to the person of a case: its lines, then how to follow the case."""
    closing = [
        f"{_('Siga su solicitud:')} {follow_url(case, with_code=True)}",
        f"{_('Código de seguimiento:')} {case.code}",
        case.institution.name,
    ]
    return f"{said(subject)} [{case.folio}]", "\n\n".join([*lines, *closing])


@dataclass(frozen=True, slots=True)
class UnassignedNotice:
    """What the head of a unit is told whose cases have nobody, or came from a unit that closed."""

    code: str = "cases.unassigned"
    title: str = "Solicitudes por asignar"

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of the notice."""
        institution = institution_of(notice.institution_id)
        count = int(notice.context["count"])
        where = f"{settings.SITE_URL}{reverse('workspace:cases:list', args=[institution.slug])}"
        what = "1 solicitud necesita" if count == 1 else f"{count} solicitudes necesitan"
        why = "Quien la tenía dejó el organismo, o su unidad se cerró."
        return f"{what} que la asigne" if count == 1 else f"{what} que las asigne", "\n\n".join(
            [
                f"{what} que usted vea quién sigue con ella{'' if count == 1 else 's'}. {why}",
                where,
                institution.name,
            ]
        )


@dataclass(frozen=True, slots=True)
class SentBackNotice:
    """What whoever referred a case is told when its unit sends it back; which
    case it is, is only told inside.
    """

    code: str = "cases.sent_back"
    title: str = "Solicitud devuelta por una unidad"

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of the notice."""
        institution = institution_of(notice.institution_id)
        where = f"{settings.SITE_URL}{reverse('workspace:cases:list', args=[institution.slug])}"
        lines = [
            (
                "Una unidad devolvió una solicitud que usted le derivó: "
                "dice que no es suya. Vea por qué, y derívela, en:"
            ),
            where,
            institution.name,
        ]
        return "Una solicitud volvió por derivar", "\n\n".join(lines)


@dataclass(frozen=True, slots=True)
class CalledBackNotice:
    """What whoever wrote an answer is told that waited to be approved when another unit got its case."""

    code: str = "cases.answer_called_back"
    title: str = "Respuesta por aprobar que volvió a ser borrador"

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of the notice."""
        institution = institution_of(notice.institution_id)
        where = f"{settings.SITE_URL}{reverse('workspace:cases:list', args=[institution.slug])}"
        folio = notice.context["folio"]
        lines = [
            (
                f"Su respuesta a la solicitud {folio} esperaba aprobación, y la solicitud pasó a otra "
                "unidad. No se envió: volvió a ser un borrador, y quien la tiene ahora decide qué responder."
            ),
            where,
            institution.name,
        ]
        return f"Su respuesta a {folio} volvió a ser un borrador", "\n\n".join(lines)


def follow_url(case: Case, *, with_code: bool) -> str:
    """Return the address where the citizen follows the case; it opens only with the second factor.

    What staff handle (a letter, a certificate) leads there without the code.
    """
    address = f"{settings.SITE_URL}{reverse('portal:cases:track', args=[case.institution.slug])}"
    return f"{address}?codigo={case.code}" if with_code else address


def _receipt(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    lines = [
        _("Recibimos su solicitud «%(subject)s» (%(kind)s) con el folio %(folio)s.")
        % {"subject": case.text.subject, "kind": case.kind.name, "folio": case.folio},
        *promise_told(case, today=today),
        _silence(case),
    ]
    return "Recibimos su solicitud", [line for line in lines if line]


def _code_again(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    lines = [
        _("Alguien pidió, con este correo, el código de la solicitud «%(subject)s».")
        % {"subject": case.text.subject},
        _("Si no fue usted, no haga nada: nadie más lo recibió."),
    ]
    return "El código de su solicitud", lines


def _silence(case: Case) -> str:
    """Return what a term without answer means (art. 21.4 Ley 39/2015 wants it in the acknowledgement)."""
    rule = legal_rule(case)
    if not rule or not rule.silence:
        return ""
    return f"{_('Si el plazo pasa sin respuesta:')} {marked(rule.silence)}"


def _asked(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    clock, rule = correction_clock(case), legal_rule(case)
    lines = [
        _("Para seguir con su solicitud necesitamos lo siguiente:"),
        body,
        _("Puede agregarlo desde la página de seguimiento."),
    ]
    term = asked_of(rule, clock) if rule else None
    if clock is not None and term is not None:
        day = {"day": long_date_said(clock.due_on)}
        until = _("Tiene plazo hasta el %(day)s. Si no la completa:") % day
        lines.append(f"{until} {marked(term.lapse)}")
    return "Necesitamos que complete su solicitud", lines


def _message(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    return "Tiene un mensaje sobre su solicitud", [body, _("Puede responder desde la página de seguimiento.")]


def _asked_again(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    return "Recuerde completar su solicitud", _asked(case, body, today)[1]


def _extended(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    return "Ampliamos el plazo de su solicitud", [
        f"{_('El plazo se amplió por estas razones:')} {body}",
        *promise_told(case, today=today),
    ]


def answer_lines(case: Case, body: str, appeals: list[Clock] | None = None) -> list[str]:
    """Return what an answer says, whichever way it is sent: `answer_text`, the
    appeals and their last day, the review.

    `appeals` are the terms to appeal that it opens; None: those that run for the case (1 SQL).
    """
    return [*_decision(case), body, *_appeals(case, appeals), *_review(case)]


def last_answer(case: Case) -> CaseMessage | None:
    """Return the answer to a case that was sent last; None where there is none (1 SQL)."""
    rows = CaseMessage.objects.filter(case=case, kind=MessageKind.ANSWER)
    return rows.order_by("-at", "-pk").first()


def answer_text(message: CaseMessage) -> str:
    """Return the text of an answer with the measures, or the ground and
    reasons, that were sent with it, if any (1 SQL).
    """
    rows = CaseMessage.objects.filter(case=message.case_id, kind__in=BESIDE_AN_ANSWER, at=message.at)
    return with_beside(message.body, {row.kind: row.body for row in rows.order_by("pk")})


def with_beside(body: str, beside: Mapping[str, str]) -> str:
    """Return the text of an answer followed by what is sent beside it, each
    under its name, by kind of message.
    """
    return "\n\n".join([body, *(f"{MessageKind(kind).label}: {text}" for kind, text in beside.items())])


def _decision(case: Case) -> list[str]:
    """Return the decision where the law wants it said in so many words (Peru: Aceptado or Denegado)."""
    if not case.outcome or not outcomes_of(case.kind.rule_id):
        return []
    return [f"{_('Resultado:')} {marked(case.outcome_words)}."]


def _answered(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    return ANSWERED, answer_lines(case, body)


def _contested(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    return "Revisaremos la respuesta", [
        _("Recibimos su solicitud de revisión."),
        *promise_told(case, today=today),
    ]


def _appeals(case: Case, running: list[Clock] | None = None) -> list[str]:
    """Return how to appeal and until when, where an appeal is open (art.

    41 Ley 19.880, art. 40.2 Ley 39/2015).
    """
    lines = [
        _("Puede recurrir ante: %(body)s, hasta el %(day)s.")
        % {"body": marked(clock.label), "day": long_date_said(clock.due_on)}
        for clock in (appeal_clocks(case) if running is None else running)
    ]
    rule = legal_rule(case) if lines or case.outcome in ("denied", "partly") else None
    lines += [
        f"{_('También puede recurrir ante:')} {marked(appeal.body)}."
        for appeal in (rule.appeals if rule else ())
        if not appeal.amount
    ]
    return lines


def _simple(subject: str, *before: str) -> Callable[[Case, str, date], tuple[str, list[str]]]:
    """Return the lines of a notice that says `before`, what was written, and
    how to appeal where that is open.
    """
    return lambda case, body, _: (
        subject,
        [*(said(line) for line in before), body, *_appeals(case), *_review(case)],
    )


def _review(case: Case) -> list[str]:
    if not case.contest_until:
        return []
    day = {"day": long_date_said(case.contest_until)}
    return [_("Si no está de acuerdo, puede pedir que la revisemos hasta el %(day)s.") % day]


def _delay(case: Case, body: str, today: date) -> tuple[str, list[str]]:
    clock = delay_clock(case)
    day = {"day": long_date_said(clock.due_on)} if clock else {}
    until = _("Tenemos hasta el %(day)s para responder.") % day if clock else ""
    return "Recibimos su denuncia de la demora", [
        line
        for line in (until, _("Si tampoco entonces respondemos, su solicitud se entiende aceptada."))
        if line
    ]


KINDS: tuple[
    CaseNotice | UnassignedNotice | SentBackNotice | CalledBackNotice,
    ...,
] = (
    SentBackNotice(),
    CalledBackNotice(),
    UnassignedNotice(),
    CaseNotice("cases.receipt", "Comprobante de ingreso", _receipt),
    CaseNotice("cases.code_again", "Código de seguimiento", _code_again),
    CaseNotice("cases.information_asked", "Solicitud de antecedentes", _asked),
    CaseNotice("cases.message", "Mensaje a la persona", _message),
    CaseNotice("cases.term_extended", "Ampliación del plazo", _extended),
    CaseNotice("cases.answered", "Respuesta", _answered),
    CaseNotice(
        "cases.correction_reminder",
        "Recordatorio para completar la solicitud",
        _asked_again,
    ),
    CaseNotice(
        "cases.withdrawn",
        "Desistimiento",
        _simple("Su solicitud terminó", "Registramos que desiste de su solicitud."),
    ),
    CaseNotice("cases.lapsed", "Desistimiento por no completarse", _simple("Su solicitud terminó")),
    CaseNotice("cases.archived", "Archivo por no completarse", _simple("Su solicitud se archivó")),
    CaseNotice(
        "cases.not_filed", "Solicitud tenida por no presentada", _simple("Su solicitud no siguió adelante")
    ),
    CaseNotice(
        "cases.transferred",
        "Derivación a otro organismo",
        _simple(
            "Enviamos su solicitud al organismo competente", "La respuesta le corresponde a otro organismo:"
        ),
    ),
    CaseNotice("cases.dismissed", "Inadmisibilidad", _simple("Su solicitud no se admitió")),
    CaseNotice("cases.merged", "Acumulación", _simple("Su solicitud se responderá junto con otra")),
    CaseNotice("cases.duplicate", "Archivo por repetida", _simple("Su reclamo ya se había respondido")),
    CaseNotice("cases.reopened", "Reapertura", _simple("Reabrimos su solicitud")),
    CaseNotice("cases.appeal_decided", "Resolución de un recurso", _simple("Resolvimos su recurso")),
    CaseNotice("cases.delay_reported", "Recepción de la denuncia de la demora", _delay),
    CaseNotice("cases.contest_received", "Recepción de la solicitud de revisión", _contested),
)
