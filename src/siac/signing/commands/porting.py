# SPDX-License-Identifier: EUPL-1.2
"""Having a document signed by a program on the desk of whoever signs: tickets lead it to what it signs and
back, each once and for a quarter of an hour; what comes back is looked at as what is uploaded.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from siac.accounts.public import User
from siac.infra.crypto import anonymous_key
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, access_in
from siac.signing.commands.asking import bring_back, original_of, take_out, tell_signature
from siac.signing.commands.going_on import LINE
from siac.signing.domain.ports import LASTS, Port, TicketStep, digest_of, is_token, new_token
from siac.signing.domain.rights import SignRight
from siac.signing.domain.signables import signable
from siac.signing.domain.states import SignState
from siac.signing.models import PortTicket, Signature
from siac.signing.ports import autofirma
from siac.signing.queries import has_port, signature_of

_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a program is opened with: tokens, told once; that which is told first leads to the others."""

    fetch: str
    store: str
    arguments: str = ""
    """Of Firma Perú, which asks first what to sign."""


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
    opened = _tokens(port)
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
            for step, token in _steps(opened)
        )  # fmt: skip
        tell_signature(locked, "port_opened", actor, now, port=port.value)
    return opened


def _tokens(port: Port) -> Opened:
    first = new_token()
    if port == Port.FIRMAPERU:
        return Opened(document_token(first), store_token(first), first)
    return Opened(first, store_token(first))


def _steps(opened: Opened) -> list[tuple[TicketStep, str]]:
    steps = [(TicketStep.FETCH, opened.fetch), (TicketStep.STORE, opened.store)]
    return steps + ([(TicketStep.ARGUMENTS, opened.arguments)] if opened.arguments else [])


def document_token(arguments: str) -> str:
    """Return the token by which Firma Perú fetches a document, from the one by which it asks what to sign."""
    return anonymous_key("signing.port.document", arguments).hex()[: len(arguments)]


def store_token(fetch: str) -> str:
    """Return the token by which the signed document is stored, from the one by which it is fetched: only this
    installation can, and keeps neither.
    """
    return anonymous_key("signing.port", fetch).hex()[: len(fetch)]


def fetched(*, institution: Institution, token: str, store_at: str, now: datetime) -> str:
    """Return what AutoFirma fetches with a token, once (some 8 SQL). `store_at`: where it stores the result.

    Raises:
        Refused: the token is none, of another body, used or over (port_ticket), or what it leads to is not
            outside any more (signing_moment).
    """
    ticket = usable_ticket(institution, token, TicketStep.FETCH, Port.AUTOFIRMA, now)
    use_up(ticket, now)
    return autofirma.request(
        original_of(ticket.signature), store=store_token(token), store_at=store_at, name=institution.name
    )


def may_store(institution: Institution, token: str, port: Port, now: datetime) -> bool:
    """Return whether a result may be stored with a token now, before it is read (some 5 SQL)."""
    try:
        usable_ticket(institution, token, TicketStep.STORE, port, now)
    except Refused:
        return False
    return True


def stored(*, institution: Institution, token: str, result: str, now: datetime) -> None:
    """Take what AutoFirma stores with a token, once: the signed document, or why there is none, which the
    page of the document then says (at most 18 SQL). What comes back is looked at as `bring_back` does.

    Raises:
        Refused: as `fetched`.
    """
    ticket = usable_ticket(institution, token, TicketStep.STORE, Port.AUTOFIRMA, now)
    if result == autofirma.WAITS:
        return
    try:
        content = autofirma.signed_in(result, token)
    except autofirma.NotSigned as error:
        note_trouble(ticket, error.fault, now)
        return
    with suppress(Refused):  # the page says why
        bring_back_with(ticket, content, now=now)


def bring_back_with(ticket: PortTicket, content: bytes, *, now: datetime) -> None:
    """Take the signed document that a program brings with a ticket, which is used up together with that: one
    that the machine loses halfway can be brought once more (at most 12 SQL).

    Raises:
        Refused: as `bring_back`, which the page of the document then says; or somebody used the ticket
            meanwhile (port_ticket).
    """
    try:
        bring_back(
            institution=ticket.institution, signature_id=ticket.signature_id, content=content,
            actor=ticket.made_by, now=now, once=partial(use_up, ticket, now),
        )  # fmt: skip
    except Refused as refused:
        if refused.code != "port_ticket":
            note_trouble(ticket, refused.code, now)
        raise


def usable_ticket(
    institution: Institution, token: str, step: TicketStep, port: Port, now: datetime
) -> PortTicket:
    """Return the ticket of a token, where the body still signs by that port, and who opened it may still sign
    what it leads to (some 6 SQL).

    Raises:
        Refused: there is none, it was used or is over, or who opened it may not any more (port_ticket).
    """
    rows = PortTicket.objects.filter(
        institution=institution, digest=digest_of(token), step=step, port=port, used_at=None, ends_at__gt=now,
        made_by__is_active=True,
    )  # fmt: skip
    rows = rows.select_related("signature__institution", "made_by", "institution")
    found = rows.first() if is_token(token) else None
    if found is None or not has_port(institution, port) or not _may_still(found, now):
        raise Refused("port_ticket")
    return found


def _may_still(ticket: PortTicket, now: datetime) -> bool:
    of = signable(ticket.signature.kind)
    try:
        access = replace(access_in(ticket.made_by, ticket.institution.slug), notes=False)
        access.require(SignRight.SIGN)
        if of is not None:
            of.find(access, ticket.signature.subject_id, now)
    except (Http404, PermissionDenied):
        return False
    return of is not None


def use_up(ticket: PortTicket, now: datetime) -> None:
    """Use a ticket up: of two who come at once, one does (1 SQL).

    Raises:
        Refused: it was used meanwhile, or another one was opened (port_ticket).
    """
    if not PortTicket.objects.filter(pk=ticket.pk, used_at=None, ends_at__gt=now).update(used_at=now):
        raise Refused("port_ticket")


@transaction.atomic
def note_trouble(ticket: PortTicket, trouble: str, now: datetime) -> None:
    """Note why nothing signed came by a ticket, and use it up (2 SQL).

    Raises:
        Refused: as `use_up`.
    """
    use_up(ticket, now)
    rows = Signature.objects.filter(pk=ticket.signature_id, state=SignState.OUTSIDE)
    rows.update(trouble=trouble)


def forget_tickets(*, now: datetime) -> int:
    """Delete tickets that ended a day ago; return how many (1 SQL)."""
    return PortTicket.objects.filter(ends_at__lt=now - _KEPT_FOR).delete()[0]
