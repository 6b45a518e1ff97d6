# SPDX-License-Identifier: EUPL-1.2
"""Mail intake: how many mails a second are fetched, kept and filed. `python -m benchmarks.mail [MAILS]`.

A pymap server in a process of its own, a database of its own on the embedded server, a mailbox of a test house; each mail has
a text and a PDF. The acknowledgements are queued, not sent. Prints the two steps apart.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(count: int) -> None:
    """Deliver `count` mails, take them in, and print the pace of fetching and of filing."""
    with tempfile.TemporaryDirectory(prefix="siac-bench-mail-") as folder:
        os.environ |= {
            "SIAC_TEST": "1",
            "DJANGO_SETTINGS_MODULE": "siac.config.settings",
            "SIAC_HOME": folder,
        }
        from siac.infra.embedded import join_or_start, stop

        server = Path(folder) / "postgres"
        os.environ["DATABASE_URL"] = join_or_start(server)
        try:
            _measure(count)
        finally:
            stop(server)


def _measure(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from siac.cases.public import Case
    from siac.integrations.mailbox.commands.settling import settle_due
    from siac.integrations.mailbox.fetching import fetch_mailbox
    from tests.factories import make_house
    from tests.flushing import seed
    from tests.mailbox.conftest import ImapServer, connect
    from tests.mailbox.mails import PDF, mail

    call_command("migrate", verbosity=0)
    seed()
    imap = ImapServer().start()
    try:
        box = connect(make_house(), imap.port, since=timezone.now().date())
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
    assert kept == count == Case.objects.count()
    print(f"fetch and keep: {count / (fetched - began):.1f} mails/s")
    print(f"read and file:  {count / (filed - fetched):.1f} mails/s")
    print(f"together:       {count / (filed - began):.1f} mails/s ({count} mails, {filed - began:.1f} s)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
