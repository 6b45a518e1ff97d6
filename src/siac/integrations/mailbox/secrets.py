# SPDX-License-Identifier: EUPL-1.2
"""What mailboxes keep sealed: their passwords and the addresses of those who write."""

from siac.infra import crypto
from siac.infra.travelling import register_arrival, register_sealed
from siac.integrations.mailbox.models import BlockedSender, IncomingMail, Mailbox

_PURPOSE = "mailbox"
_BATCH = 500


def sealed(text: str, bound_to: str) -> bytes:
    """Return `text` sealed with the vault key."""
    return crypto.seal(crypto.vault_keys(), _PURPOSE, text.encode(), bound_to)


def opened(blob: bytes | memoryview, bound_to: str) -> str:
    """Return what was sealed.

    Raises:
        siac.infra.crypto.Unreadable: its key is not configured here, or it was altered.
    """
    return crypto.unseal(crypto.vault_keys(), _PURPOSE, bytes(blob), bound_to).decode()


def bound_mailbox(institution_id: int, host: str, username: str) -> str:
    """Return what a mailbox's password is bound to: it opens only for this server and user of this body."""
    return f"mailbox:{institution_id}:{host}:{username}"


def bound_mail(institution_id: int, message_key: str) -> str:
    """Return what the sender of a mail is bound to."""
    return f"mail:{institution_id}:{message_key}"


def bound_blocked(institution_id: int) -> str:
    """Return what a blocked address is bound to."""
    return f"blocked:{institution_id}"


def password_of(mailbox: Mailbox) -> str:
    """Return the password of a mailbox; raises as `opened`."""
    return opened(mailbox.password, bound_mailbox(mailbox.institution_id, mailbox.host, mailbox.username))


def sender_of(mail: IncomingMail) -> str:
    """Return the address a mail says it is from, empty without one; raises as `opened`."""
    if not mail.sender:
        return ""
    return opened(mail.sender, bound_mail(mail.institution_id, mail.message_key))


def token_of(institution_id: int, address: str) -> bytes:
    """Return the keyed digest of an address in a body (16 bytes); empty for no address."""
    return crypto.anonymous_key("mail sender", f"{institution_id}:{address}") if address else b""


def register_travelling() -> None:
    """Say what of mail is sealed and what is made anew from it elsewhere; there a mailbox is read once
    somebody switches it on, for two installations must not take the mail of one."""
    register_sealed(
        Mailbox, "password", _PURPOSE,
        lambda row: f"mailbox:{row['institution_id']}:{row['host']}:{row['username']}",
    )  # fmt: skip
    register_sealed(
        IncomingMail, "sender", _PURPOSE, lambda row: f"mail:{row['institution_id']}:{row['message_key']}",
        again=lambda body, row, text: {"sender_token": token_of(body.pk, text.decode())},
        remade={"sender_token": b""},
    )  # fmt: skip
    register_sealed(
        BlockedSender, "address", _PURPOSE, lambda row: f"blocked:{row['institution_id']}",
        again=lambda body, row, text: {"token": token_of(body.pk, text.decode())}, remade={"token": b""},
    )  # fmt: skip
    register_arrival(IncomingMail, text_token=b"")
    register_arrival(Mailbox, is_active=False)


def reseal() -> int:
    """Seal again, with the current key, what was sealed with a former one; return how many rows changed."""
    prefix = crypto.current_prefix(crypto.vault_keys())
    changed = 0
    for box in Mailbox.objects.order_by("pk"):
        if bytes(box.password)[: len(prefix)] != prefix:
            bound = bound_mailbox(box.institution_id, box.host, box.username)
            Mailbox.objects.filter(pk=box.pk).update(password=sealed(password_of(box), bound))
            changed += 1
    return changed + _reseal_mails(prefix) + _reseal_blocked(prefix)


def _reseal_mails(prefix: bytes) -> int:
    after, changed = 0, 0
    while True:
        rows = list(IncomingMail.objects.filter(pk__gt=after).exclude(sender=b"").order_by("pk")[:_BATCH])
        if not rows:
            return changed
        stale = [row for row in rows if bytes(row.sender)[: len(prefix)] != prefix]
        for row in stale:
            address = sender_of(row)
            row.sender = sealed(address, bound_mail(row.institution_id, row.message_key))
            row.sender_token = token_of(row.institution_id, address)
        IncomingMail.objects.bulk_update(stale, ["sender", "sender_token"])
        after, changed = rows[-1].pk, changed + len(stale)


def _reseal_blocked(prefix: bytes) -> int:
    changed = 0
    for row in BlockedSender.objects.order_by("pk"):
        if bytes(row.address)[: len(prefix)] != prefix:
            bound = bound_blocked(row.institution_id)
            address = opened(row.address, bound)
            BlockedSender.objects.filter(pk=row.pk).update(
                address=sealed(address, bound), token=token_of(row.institution_id, address)
            )
            changed += 1
    return changed
