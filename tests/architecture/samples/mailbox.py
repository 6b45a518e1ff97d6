# SPDX-License-Identifier: EUPL-1.2
"""Pages of `integrations.mailbox`."""

from datetime import datetime

from siac.integrations.mailbox.commands.receiving import keep_mail
from siac.integrations.mailbox.commands.settling import settle_next
from siac.integrations.mailbox.commands.setup import save_mailbox
from siac.integrations.mailbox.models import BlockedSender, IncomingMail, Mailbox
from siac.integrations.mailbox.secrets import bound_blocked, sealed
from siac.integrations.mailbox.server import Listed
from tests.architecture.samples.whom import ADMIN, FILERS, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:mailbox:boxes": Sample(ADMIN),
    "workspace:mailbox:box_new": Sample(ADMIN),
    "workspace:mailbox:box": Sample(ADMIN, with_(mailbox_id="mailbox")),
    "workspace:mailbox:test": Sample(ADMIN, with_(mailbox_id="mailbox"), post=True),
    "workspace:mailbox:list": Sample(FILERS),
    "workspace:mailbox:blocked": Sample(FILERS),
    "workspace:mailbox:unblock": Sample(FILERS, with_(blocked_id="blocked"), post=True),
    "workspace:mailbox:mail": Sample(FILERS, with_(mail_id="mail")),
    "workspace:mailbox:original": Sample(FILERS, with_(mail_id="mail")),
    "workspace:mailbox:file": Sample(FILERS, with_(mail_id="mail"), post=True),
    "workspace:mailbox:add": Sample(FILERS, with_(mail_id="mail"), post=True),
    "workspace:mailbox:contest": Sample(FILERS, with_(mail_id="mail"), post=True),
    "workspace:mailbox:leave": Sample(FILERS, with_(mail_id="mail"), post=True),
    "workspace:mailbox:block": Sample(FILERS, with_(mail_id="mail"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Connect a mailbox, keep a mail in it, and block a sender."""
    box, mail = _mail(house, now)
    blocked = BlockedSender.objects.create(
        institution=house.institution,
        token=b"1" * 16,
        address=sealed("a@b.cl", bound_blocked(house.institution.pk)),
        blocked_by=house.user(R.FRONT_DESK),
        blocked_at=now,
    )
    return {"mailbox": box.pk, "mail": mail.pk, "blocked": blocked.pk}


def _mail(house: House, now: datetime) -> tuple[Mailbox, IncomingMail]:
    """Connect a mailbox that nobody answers at, and keep a mail in it that waits for an officer."""
    box = save_mailbox(
        institution=house.institution,
        actor=None,
        now=now,
        name="Contacto",
        address="contacto@puerto.example",
        host="127.0.0.1",
        port=1,
        security="none",
        username="u",
        password="p",
        folder="INBOX",
        done_folder="",
        kind_id=house.kinds["consulta"].pk,
        unit_id=house.units["obras"],
        since=house.institution.local_date(now),
        is_active=True,
    )
    raw = b"From: Ana <ana@ejemplo.org>\r\nSubject: Hola\r\nX-Spam-Flag: YES\r\n\r\nBuenas\r\n"
    listed = Listed(1, now, len(raw))
    mail = keep_mail(mailbox=box, listed=listed, uid_validity=1, raw=raw, is_cut=False, now=now)
    assert mail is not None
    settle_next(now=now)
    return box, mail
