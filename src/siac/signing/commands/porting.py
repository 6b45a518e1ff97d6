# SPDX-License-Identifier: EUPL-1.2
"""Having a document signed by a program on the desk of whoever signs: tickets lead it to what it signs and
back, each once and for a quarter of an hour; what comes back is looked at as what is uploaded.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from siac.accounts.public import User
from siac.infra.crypto import anonymous_key
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.signing.commands.asking import bring_back, original_of, take_out, tell_signature
from siac.signing.commands.going_on import LINE
from siac.signing.domain.ports import LASTS, Port, TicketStep, digest_of, is_token, new_token
from siac.signing.domain.states import SignState
from siac.signing.models import PortTicket, Signature
from siac.signing.ports import autofirma
from siac.signing.queries import has_port, signature_of

_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a program is opened with: two tokens, told once."""

    fetch: str
    store: str


def open_program(
    *,
    institution: Institution,
    kind: str,
    subject_id: int,
    title: str,
    port: Port,
    actor: User,
    now: datetime,
    not_before: datetime | None = None,
) -> Opened:
    """Take a document out, if it is not yet, and let a program fetch it and bring it back signed (8 SQL, and
    those of taking it out). What was opened before for the document opens nothing any more.

    Raises:
        Refused: the body does not sign by that (port_closed), it is signed or asked for otherwise
            (signing_there); as `take_out`.
    """
    if not has_port(institution, port):
        raise Refused("port_closed")
    row = signature_of(institution, kind, subject_id)
    if row is None:
        row = take_out(
            institution=institution,
            kind=kind,
            subject_id=subject_id,
            title=title,
            actor=actor,
            now=now,
            not_before=not_before,
        )
    fetch = new_token()
    opened = Opened(fetch, store_token(fetch))
    with transaction.atomic():
        locked = LINE.locked(row.pk, institution=institution, state=SignState.OUTSIDE)
        if locked is None:
            raise Refused("signing_there")
        locked.way, locked.trouble = port, ""
        locked.save(update_fields=["way", "trouble"])
        PortTicket.objects.filter(signature=locked, used_at=None, ends_at__gt=now).update(ends_at=now)
        PortTicket.objects.bulk_create(
            PortTicket(
                institution=institution, signature=locked, port=port, step=step, digest=digest_of(token),
                made_by=actor, made_at=now, ends_at=now + LASTS,
            )
            for step, token in ((TicketStep.FETCH, opened.fetch), (TicketStep.STORE, opened.store))
        )  # fmt: skip
        tell_signature(locked, "port_opened", actor, now, port=port.value)
    return opened


def store_token(fetch: str) -> str:
    """Return the token by which the signed document is stored, from the one by which it is fetched: only this
    installation can, and keeps neither.
    """
    return anonymous_key("signing.port", fetch).hex()[: len(fetch)]


def fetched(*, institution: Institution, token: str, store_at: str, now: datetime) -> str:
    """Return what AutoFirma fetches with a token, once (4 SQL). `store_at`: where it stores the result.

    Raises:
        Refused: the token is none, of another body, used or over (port_ticket), or what it leads to is not
            outside any more (signing_moment).
    """
    ticket = _ticket(institution, token, TicketStep.FETCH, now)
    _use(ticket, now)
    return autofirma.request(
        original_of(ticket.signature), store=store_token(token), store_at=store_at, name=institution.name
    )


def may_store(institution: Institution, token: str, now: datetime) -> bool:
    """Return whether a result may be stored with a token now, before it is read (1 SQL)."""
    try:
        _ticket(institution, token, TicketStep.STORE, now)
    except Refused:
        return False
    return True


def stored(*, institution: Institution, token: str, result: str, now: datetime) -> None:
    """Take what AutoFirma stores with a token, once: the signed document, or why there is none, which the
    page of the document then says (at most 13 SQL). What comes back is looked at as `bring_back` does.

    Raises:
        Refused: as `fetched`.
    """
    ticket = _ticket(institution, token, TicketStep.STORE, now)
    if result == autofirma.WAITS:
        return
    _use(ticket, now)
    try:
        content = autofirma.signed_in(result, token)
        bring_back(
            institution=institution, signature_id=ticket.signature_id, content=content, actor=ticket.made_by,
            now=now,
        )  # fmt: skip
    except autofirma.NotSigned as error:
        _note(ticket, error.fault)
    except Refused as refused:
        _note(ticket, refused.code)


def _ticket(institution: Institution, token: str, step: TicketStep, now: datetime) -> PortTicket:
    rows = PortTicket.objects.filter(
        institution=institution, digest=digest_of(token), step=step, used_at=None, ends_at__gt=now,
        made_by__is_active=True,
    )  # fmt: skip
    found = rows.select_related("signature", "made_by").first() if is_token(token) else None
    if found is None:
        raise Refused("port_ticket")
    return found


def _use(ticket: PortTicket, now: datetime) -> None:
    """Use a ticket up: of two who come at once, one does."""
    if not PortTicket.objects.filter(pk=ticket.pk, used_at=None).update(used_at=now):
        raise Refused("port_ticket")


def _note(ticket: PortTicket, trouble: str) -> None:
    rows = Signature.objects.filter(pk=ticket.signature_id, state=SignState.OUTSIDE)
    rows.update(trouble=trouble)


def forget_tickets(*, now: datetime) -> int:
    """Delete tickets that ended a day ago; return how many (1 SQL)."""
    return PortTicket.objects.filter(ends_at__lt=now - _KEPT_FOR).delete()[0]
