# SPDX-License-Identifier: EUPL-1.2
"""Mails as programs send them."""

from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from typing import Any

_SERIAL = count(1)
CHECKING = "mx.puerto.example"
"""The server of the body that checks who writes."""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def proven(sender: str) -> str:
    """Return what the body's server writes of a mail that is from where it says; nothing without a sender."""
    return f"{CHECKING}; dmarc=pass header.from={sender.rstrip('>').rpartition('@')[2]}" if sender else ""


def mail(
    text: str = "En mi calle no hay luz desde el lunes.",
    *,
    subject: str = "Sin luz",
    sender: str = "Ana Pérez <ana@ejemplo.org>",
    message_id: str | None = None,
    files: Any = (),
    html: str | None = None,
    checked: str | None = None,
    **headers: str,
) -> bytes:
    """Return a mail as bytes; `headers` with `_` for `-`.

    `checked`: what the body's server found of its sender, "" for nothing.
    """
    checked = proven(sender) if checked is None else checked
    message = EmailMessage(policy=SMTP)
    if checked:
        message["Authentication-Results"] = checked
    if sender:
        message["From"] = sender
    message["To"] = "contacto@puerto.example"
    if subject:
        message["Subject"] = subject
    message["Date"] = "Mon, 07 Sep 2026 10:00:00 -0300"
    given = f"<{next(_SERIAL)}@ejemplo.org>" if message_id is None else message_id
    if given:
        message["Message-ID"] = given
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def bounce(of: str, *, action: str = "failed") -> bytes:
    """Return the report of a mail server on a mail with the message id `of` (RFC 3464)."""
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.ejemplo.org>\r\n"
        "To: contacto@puerto.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <bounce{next(_SERIAL)}@mx.ejemplo.org>\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.ejemplo.org\r\n\r\n"
        "Final-Recipient: rfc822; ana@ejemplo.org\r\n"
        f"Action: {action}\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: "
        f"{of}\r\nSubject: Recibimos\r\n\r\n--b--\r\n"
    ).encode()
