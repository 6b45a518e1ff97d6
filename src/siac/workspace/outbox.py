# SPDX-License-Identifier: EUPL-1.2
"""The outbox for staff: what was sent, what was not, and what someone has to decide."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from siac.accounts.public import User
from siac.cases.public import hidden_from
from siac.cases.public import visible_to as visible_cases
from siac.kernel.errors import Refused
from siac.notices.public import (
    OUTCOMES,
    REFUSALS,
    STATES,
    Code,
    Notice,
    State,
    channel_label,
    channel_named,
    covered,
    kind_title,
    kinds_that_tell_whom,
    mark_sent,
    notice_with_attempts,
    outbox,
    resend,
)
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked, Filter
from siac.workspace.rights import OutboxRight
from siac.workspace.text_messages import costs_in_words

_DONE = {"resend": "El aviso se enviará de nuevo.", "sent": "El aviso quedó marcado como enviado."}


@require_safe
@staff_page(OutboxRight.READ)
def notice_list(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the notices of the body, newest first, all or in one state."""
    asked = Asked.of(request, Filter("estado", options=list(STATES.items())), cursor="desde")
    state = asked.kept.get("estado", "")
    listing = asked.listing(outbox(access.institution.pk, state=state), ("-created_at", "-pk"))
    context = {
        "institution": access.institution,
        "state": state,
        "states": [("", "Todos"), *_offered(access)],
        "listing": listing,
        "rows": _rows(access, listing.rows),
    }
    return render(request, "workspace/outbox_list.html", context)


@require_safe
@staff_page(OutboxRight.READ)
def notice_page(request: HttpRequest, access: Access, notice_id: int) -> HttpResponse:
    """Show one notice with its text and its attempts."""
    try:
        notice, attempts = notice_with_attempts(access.institution.pk, notice_id)
    except Refused:
        raise Http404 from None
    tells_whom = notice.kind in kinds_that_tell_whom()
    context = {
        "institution": access.institution,
        "notice": notice,
        "text": covered(notice.kind, notice.body),
        "shown": _shown(access, notice),
        "may_read": _may_read(access, notice),
        "tells_whom": tells_whom,
        "is_hidden": tells_whom
        or (notice.subject_type == "case" and bool(hidden_from(access, [notice.subject_id]))),
        "attempts": [(attempt, OUTCOMES[attempt.outcome]) for attempt in attempts],
        **(_decisions(notice) if access.has(OutboxRight.MANAGE) else {}),
    }
    return render(request, "workspace/outbox_notice.html", context)


@require_POST
@staff_page(OutboxRight.MANAGE)
def decide(request: HttpRequest, access: Access, notice_id: int) -> HttpResponse:
    """Send a notice again, or mark it as sent."""
    action, now = request.POST.get("accion", ""), timezone.now()
    actor_id = request.user.pk if isinstance(request.user, User) else 0
    try:
        if action == "resend":
            resend(access.institution.pk, notice_id, actor_id=actor_id, now=now)
        elif action == "sent":
            proof = request.POST.get("comprobante", "").replace("\x00", "")
            mark_sent(access.institution.pk, notice_id, actor_id=actor_id, now=now, proof=proof)
        else:
            raise Http404
    except Refused as refused:
        if refused.code == Code.UNKNOWN:
            raise Http404 from None
        messages.error(request, REFUSALS[Code(refused.code)])
    else:
        messages.success(request, _DONE[action])
    return redirect("workspace:outbox:notice", access.institution.slug, notice_id)


def _offered(access: Access) -> list[tuple[str, str]]:
    """Return the states to choose among: what is withheld is so in practice
    bodies only, where nothing is sent.
    """
    unknown = {State.SENT} if access.institution.is_practice else {State.WITHHELD}
    return [(key.value, label) for key, label in STATES.items() if key not in unknown]


def _decisions(notice: Notice) -> dict[str, bool]:
    """Return what may be decided on a notice, by whoever decides at all."""
    by_job = channel_named(notice.channel).send is not None
    stuck = notice.state in {State.UNCERTAIN, State.FAILED}
    return {
        "may_resend": stuck and by_job,
        "may_mark": stuck or (notice.state == State.PENDING and not by_job),
    }


def _may_read(access: Access, notice: Notice) -> bool:
    """Return whether the text of a notice may be read: that of a case only by whoever sees the case."""
    return notice.subject_type != "case" or visible_cases(access).filter(pk=notice.subject_id).exists()


def _shown(access: Access, notice: Notice) -> dict[str, object]:
    """Return the words of one notice for a list."""
    return {
        "pk": notice.pk,
        "title": kind_title(notice.kind),
        "state": _state_words(access, notice),
        "channel": channel_label(notice.channel),
        "proven_by": channel_named(notice.channel).proof,
        "cost": costs_in_words({notice.currency: notice.cost}) if notice.cost else "",
        "created_at": notice.created_at,
        "subject_line": notice.subject_line,
    }


def _state_words(access: Access, notice: Notice) -> str:
    if access.institution.is_practice and notice.state == State.PENDING:
        return STATES[State.WITHHELD]  # a letter that waits for staff leaves as little as a mail does
    return "Devuelto" if notice.bounced_at and notice.state == State.FAILED else STATES[State(notice.state)]


def _rows(access: Access, notices: Sequence[Notice]) -> list[dict[str, object]]:
    """Return the words of the notices of a page (1 SQL); of a restricted case
    that this user does not see, not its folio.
    """
    about = [notice.subject_id for notice in notices if notice.subject_type == "case"]
    hidden = hidden_from(access, about)
    rows = []
    for notice in notices:
        row = _shown(access, notice)
        if notice.subject_type == "case" and notice.subject_id in hidden:
            row["subject_line"] = "Solicitud reservada"
        rows.append(row)
    return rows
