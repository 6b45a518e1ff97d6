# SPDX-License-Identifier: EUPL-1.2
"""The few notices that fit into a text message: where to look, and nothing of what a request says.

Only the first bears the code, as its mail does: whoever filed by telephone gets it no other way. It opens
nothing without the document beside it.
"""

from collections.abc import Callable, Mapping

from siac.cases.answer_day import promised_day
from siac.cases.commands.terms import correction_clock
from siac.cases.models import Case
from siac.cases.notices import follow_url
from siac.notices.public import Notice
from siac.ui.public import long_date

SHORT_LIMIT = 40
"""Signs of the name of a body: a long one would cost a part more."""


def _told(notice: Notice, subject: str, sentences: Callable[[Case], list[str]]) -> tuple[str, str]:
    """Return (subject, text): the body, what happened, where to look (1 SQL beside that of `sentences`)."""
    rows = Case.objects.filter(institution_id=notice.institution_id).select_related("institution")
    case = rows.get(pk=notice.subject_id)
    body = case.institution.short_name[:SHORT_LIMIT]
    return f"{subject} [{case.folio}]", f"{body}: {' '.join(sentences(case))}"


def _receipt(notice: Notice) -> tuple[str, str]:
    def sentences(case: Case) -> list[str]:
        promise = promised_day(case, today=case.institution.local_date(notice.created_at))
        due = []
        if promise is not None and not promise.is_late:
            due = [f"Responderemos a más tardar el {long_date(promise.by)}."]
        where = f"Para seguirla: {follow_url(case, with_code=True)}"
        return [f"recibimos su solicitud {case.folio}.", *due, where]

    return _told(notice, "Recibimos su solicitud", sentences)


def _answered(notice: Notice) -> tuple[str, str]:
    def sentences(case: Case) -> list[str]:
        where = f"Lea la respuesta, con su código, en {follow_url(case, with_code=False)}"
        return [f"respondimos su solicitud {case.folio}.", where]

    return _told(notice, "Respuesta a su solicitud", sentences)


def _asked(notice: Notice) -> tuple[str, str]:
    def sentences(case: Case) -> list[str]:
        clock = correction_clock(case)
        until = f" hasta el {long_date(clock.due_on)}" if clock is not None else ""
        where = f"Vea qué falta, con su código, en {follow_url(case, with_code=False)}"
        return [f"complete su solicitud {case.folio}{until}.", where]

    return _told(notice, "Necesitamos que complete su solicitud", sentences)


SHORT: Mapping[str, Callable[[Notice], tuple[str, str]]] = {
    "cases.receipt": _receipt,
    "cases.answered": _answered,
    "cases.information_asked": _asked,
    "cases.correction_reminder": _asked,
}
"""By the code of the kind; kinds that are not here go by no channel paid by the part."""
