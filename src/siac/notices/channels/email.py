# SPDX-License-Identifier: EUPL-1.2
"""E-mail: handing one message to the mail server, and knowing how far it got.

`SIAC_SMTP_URL`: smtp://user:password@host:port, smtp+starttls://… or smtps://…; `SIAC_MAIL`: "smtp" sends,
"outbox" shows post inside the product instead. Without either, post is shown, so nothing leaves by accident.
"""

import logging
import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.html import escape, linebreaks, urlize

from siac.infra.environment import Misconfigured, text
from siac.kernel.mail_addresses import wire_address, without_addresses
from siac.kernel.text import legible, squeeze
from siac.notices.channels import Channel, Letter, Result
from siac.notices.domain.outbox import Outcome
from siac.notices.registry import Thread, thread_of

log = logging.getLogger(__name__)
_TIMEOUT = 30.0
ONLY_ASCII = "El servidor de correo de la institución no admite direcciones con esas letras (SMTPUTF8)."


def shows_instead_of_sending() -> bool:
    """Return whether post is shown in the outbox page instead of being sent."""
    return text("SIAC_MAIL", "smtp" if text("SIAC_SMTP_URL", "") else "outbox") != "smtp"


def sender() -> str:
    """Return the address that mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or "siac@localhost"


def compose(
    *,
    to: str,
    to_name: str,
    from_name: str,
    subject: str,
    body: str,
    message_id: str,
    now: datetime,
    thread: Thread | None = None,
) -> EmailMessage:
    """Return the message: plain text and simple HTML of the same words; no field can add a header.

    With a `thread`, mail programs show it below the mail it answers, and an
    answer to it comes back to `reply_to`.

    Raises:
        ValueError: nobody can be written to at that address.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = MailAddress(squeeze(from_name), addr_spec=sender())
    local, _, domain = wire_address(squeeze(to)).rpartition("@")
    message["To"] = MailAddress(squeeze(to_name), username=local.strip('"'), domain=domain)
    message["Subject"] = squeeze(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    answers = thread is not None and bool(thread.in_reply_to)
    message["Auto-Submitted"] = "auto-replied" if answers else "auto-generated"
    if thread is not None:
        _set_thread(message, thread)
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(body)
    page = linebreaks(urlize(body, autoescape=True), autoescape=False)
    message.add_alternative(
        '<!DOCTYPE html><html lang="es"><head><meta '
        f'charset="utf-8"><title>{escape(squeeze(subject))}</title>'
        f"</head><body>{page}</body></html>",
        subtype="html",
    )
    return message


def _set_thread(message: EmailMessage, thread: Thread) -> None:
    if thread.in_reply_to and thread.in_reply_to.isascii() and thread.in_reply_to.isprintable():
        message["In-Reply-To"] = thread.in_reply_to
        message["References"] = " ".join(
            dict.fromkeys([*(one for one in thread.references if one.isascii()), thread.in_reply_to])
        )
    if thread.reply_to:
        message["Reply-To"] = thread.reply_to


def deliver(message: EmailMessage, to: str) -> Result:
    """Hand `message` to the server.

    Before the text is under way a break means "try again"; after, "uncertain".

    An address or a text that cannot be sent at all is rejected here, and nothing else waits for it.
    """
    try:
        to = wire_address(squeeze(to))
        content = message.as_bytes(policy=SMTP if to.isascii() else SMTPUTF8)
    except (ValueError, LookupError) as error:
        return Result(Outcome.REJECTED, _said(error))
    try:
        server = _connect()
    except (OSError, smtplib.SMTPException, Misconfigured) as error:
        return Result(Outcome.RETRY, _said(error))
    try:
        return _hand_over(server, content, to)
    finally:
        server.close()


def _hand_over(server: smtplib.SMTP, content: bytes, to: str) -> Result:
    try:
        server.ehlo_or_helo_if_needed()
        if not to.isascii() and not server.has_extn("smtputf8"):
            return Result(Outcome.REJECTED, ONLY_ASCII)
        code, answer = server.mail(sender(), () if to.isascii() else ("SMTPUTF8",))
        if code == 250:
            code, answer = server.rcpt(to)
        if code not in (250, 251):
            return _refused(code, answer)
    except (OSError, smtplib.SMTPException) as error:
        return Result(Outcome.RETRY, _said(error))
    try:
        code, answer = server.data(content)
    except smtplib.SMTPDataError as error:
        return _refused(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Result(Outcome.UNCERTAIN, _said(error))
    if code != 250:
        return _refused(code, answer)
    return Result(Outcome.ACCEPTED, f"{code} {_text(answer)}"[:500])


def _refused(code: int, answer: bytes | str) -> Result:
    outcome = Outcome.REJECTED if 500 <= code < 600 else Outcome.RETRY
    return Result(outcome, f"{code} {_text(answer)}"[:500])


def _connect() -> smtplib.SMTP:
    parts = urlsplit(text("SIAC_SMTP_URL"))
    host, port = parts.hostname or "localhost", parts.port
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=_TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=_TIMEOUT)
    if parts.scheme == "smtp+starttls":
        server.starttls(context=ssl.create_default_context())
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _said(error: Exception) -> str:
    return without_addresses(legible(f"{type(error).__name__}: {error}"))[:500]


def _text(answer: bytes | str) -> str:
    """Return what a server said, without addresses: whose they are is in the vault, and this outlives it."""
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return without_addresses(legible(said))


def _send(letter: Letter) -> Result:
    try:
        message = compose(
            to=letter.where,
            to_name=letter.name,
            from_name=str(letter.notice.institution),
            subject=letter.subject,
            body=letter.body,
            message_id=letter.notice.message_id,
            now=letter.now,
            thread=thread_of(letter.notice),
        )
    except Exception as error:
        log.exception("Notice %s could not be written", letter.notice.pk)
        return Result(Outcome.RENDER_ERROR, type(error).__name__)
    return deliver(message, letter.where)


EMAIL = Channel(
    "email",
    "Correo electrónico",
    "Lo que respondió el servidor de correo que lo recibió.",
    reach=lambda to, notice: to.email,
    send=_send,
    shows=shows_instead_of_sending,
)
