# SPDX-License-Identifier: EUPL-1.2
"""Mail intake: how many mails a second are fetched, kept and filed; an IMAP
server (pymap) in a process of its own.
"""

import time
from collections.abc import Iterable

from django.utils import timezone

from siac.cases.public import Case
from siac.integrations.mailbox.commands.settling import settle_due
from siac.integrations.mailbox.fetching import fetch_mailbox


def mail_intake(count: int) -> Iterable[str]:
    """Yield one line: `count` mails with a text and a PDF each, into the mailbox of a body of its own.

    The acknowledgements are queued, not sent.
    """
    from tests.factories import make_house
    from tests.mailbox.conftest import ImapServer, connect
    from tests.mailbox.mails import PDF, mail

    body = make_house(f"correo-{time.time_ns()}")
    imap = ImapServer().start()
    try:
        box = connect(body, imap.port, since=body.institution.local_date(timezone.now()))
        imap.deliver(
            *(mail(sender=f"Persona <p{n}@ejemplo.org>", files=[("carta.pdf", PDF)]) for n in range(count)),
            at=timezone.now(),
        )
        began = time.perf_counter()
        kept = fetch_mailbox(box.pk, timezone.now)
        fetched = time.perf_counter()
        while settle_due(timezone.now):
            continue
        filed = time.perf_counter()
    finally:
        imap.stop()
    cases = Case.objects.filter(institution=body.institution).count()
    if not kept == count == cases:
        raise SystemExit(f"mail: {count} delivered, {kept} kept, {cases} filed")
    yield (
        f"- mail: {count / (fetched - began):.1f} a second fetched "
        f"and kept, {count / (filed - fetched):.1f} read and filed,"
        f" {count / (filed - began):.1f} together ({count} mails)"
    )
