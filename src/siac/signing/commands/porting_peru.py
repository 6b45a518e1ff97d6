# SPDX-License-Identifier: EUPL-1.2
"""What Firma Perú asks of us in turn: what to sign and how, the document, and to take it back signed."""

from collections.abc import Callable
from datetime import datetime

from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.signing.commands.asking import original_of
from siac.signing.commands.porting import (
    bring_back_with,
    document_token,
    store_token,
    usable_ticket,
    use_up,
)
from siac.signing.domain.ports import Port, PortTrouble, TicketStep
from siac.signing.port_secrets import admission_of
from siac.signing.ports import firmaperu
from siac.signing.queries import port_of, stamps_for
from siac.signing.texts import PORT_TROUBLES

_PORT = Port.FIRMAPERU


def admission_for(institution: Institution, now: datetime) -> str:
    """Return the token by which Firma Perú lets a body sign now, as far as is known here (1 SQL).

    Raises:
        Refused: there is none, and why (port_admission_why), if it was asked for one (port_admission).
    """
    row = port_of(institution, _PORT)
    token = admission_of(row, now)
    if token:
        return token
    if row.trouble:
        raise Refused("port_admission_why", why=PORT_TROUBLES[PortTrouble(row.trouble)])
    raise Refused("port_admission")


def told_arguments(
    *,
    institution: Institution,
    token: str,
    document_at: Callable[[str], str],
    upload_at: Callable[[str], str],
    now: datetime,
) -> str:
    """Return what the program is told to sign, and how, once (some 9 SQL). `document_at`, `upload_at`: the
    addresses of a token.

    Raises:
        Refused: the token is none, of another body, used or over (port_ticket); or the platform gave the body
            none of its own (as `admission_for`).
    """
    ticket = usable_ticket(institution, token, TicketStep.ARGUMENTS, _PORT, now)
    admission = admission_for(institution, now)
    use_up(ticket, now)
    return firmaperu.arguments(
        document_at=document_at(document_token(token)), upload_at=upload_at(store_token(token)),
        token=admission, stamps=stamps_for(institution), reason=ticket.signature.title,
    )  # fmt: skip


def fetched_document(*, institution: Institution, token: str, now: datetime, only_asked: bool) -> bytes:
    """Return the document that a token leads to, once (some 8 SQL); `only_asked`: whether there is one (HEAD)
    uses nothing up.

    Raises:
        Refused: as `told_arguments`; or what it leads to is not outside any more (signing_moment).
    """
    ticket = usable_ticket(institution, token, TicketStep.FETCH, _PORT, now)
    content = original_of(ticket.signature)
    if not only_asked:
        use_up(ticket, now)
    return content


def brought_back(*, institution: Institution, token: str, content: bytes, now: datetime) -> None:
    """Take the document that the program brings signed (at most 18 SQL), looked at as `bring_back` does.

    Raises:
        Refused: as `fetched_document` and `bring_back`, which the page of the document then says.
    """
    ticket = usable_ticket(institution, token, TicketStep.STORE, _PORT, now)
    bring_back_with(ticket, content, now=now)
