# SPDX-License-Identifier: EUPL-1.2
"""Text messages to mobile phones, through the HTTP gateway of whoever the installation buys them from.

They step in for e-mail where a person gave a mobile phone and no address, for notices that can be said
shortly, in bodies that switched them on. No provider is built in: `SIAC_SMS_BODY` is the JSON that the
gateway wants.
"""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.signing import TimestampSigner
from django.urls import reverse

from siac.infra.environment import Misconfigured, text, whole
from siac.infra.outside import NotAllowed
from siac.infra.outside_http import Answer, Unsure, post
from siac.kernel.text import legible, squeeze
from siac.notices.channels import Channel, Cost, Letter, Result
from siac.notices.channels.email import shows_instead_of_sending
from siac.notices.domain.outbox import Outcome
from siac.notices.domain.phones import mobile_number
from siac.notices.domain.texting import parts, thrifty
from siac.notices.models import ChannelSwitch, Notice
from siac.notices.registry import Address, Kind

CODE = "sms"
STATUS = TimestampSigner(salt="notices.status")
"""Signs the address at which a gateway may report on one notice."""
_BODY = (
    '{"to": "{to}", "text": "{text}", "from": "{from}", "reference": "{reference}", "callback": "{callback}"}'
)
_FIELD = re.compile(r"\{(to|text|from|reference|callback)\}")
_NUMBERS = re.compile(r"\+?\d(?:[\s.-]?\d){5,}")
_LATER = frozenset(
    {
        HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)  # fmt: skip
"""Refusals that speak of us, not of the message: it waits until the operator has mended that."""


@dataclass(frozen=True)
class Gateway:
    """Where texts are handed over: address, its secret header, the JSON it wants, the sender's name, and
    where in its answers the id stands.
    """

    url: str
    header: tuple[str, str] | None
    body: Any
    sender: str
    id_path: str


def has_gateway() -> bool:
    """Return whether a gateway is named."""
    return bool(text("SIAC_SMS_URL", ""))


def shows_texts() -> bool:
    """Return whether texts are shown in the outbox instead of being sent: where all post is, unless only a
    gateway is named.
    """
    if has_gateway() and not text("SIAC_MAIL", ""):
        return False
    return shows_instead_of_sending()


def gateway() -> Gateway:
    """Return the gateway of this installation.

    Raises:
        Misconfigured: a variable is missing or wrong.
    """
    return Gateway(
        url=text("SIAC_SMS_URL"),
        header=_header(text("SIAC_SMS_HEADER", "")),
        body=_json("SIAC_SMS_BODY", text("SIAC_SMS_BODY", _BODY)),
        sender=text("SIAC_SMS_FROM", ""),
        id_path=text("SIAC_SMS_ID", "id"),
    )


def _header(line: str) -> tuple[str, str] | None:
    if not line:
        return None
    name, colon, value = line.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z0-9-]+", name) or not value.strip().isprintable():
        raise Misconfigured("SIAC_SMS_HEADER debe ser una cabecera como «Authorization: Bearer …».")
    return name, value.strip()


def _json(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise Misconfigured(f"{name} debe ser JSON.") from error


def _currency(code: str) -> str:
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        raise Misconfigured(f"SIAC_SMS_CURRENCY debe ser una moneda como CLP, PEN o EUR, no «{code}».")
    return code


def cost_of(content: str) -> Cost:
    """Return what a text costs: `SIAC_SMS_PRICE` thousandths of `SIAC_SMS_CURRENCY` for each part.

    Raises:
        Misconfigured: price or currency are none.
    """
    count = parts(content)
    price = whole("SIAC_SMS_PRICE", "0")
    return Cost(count, count * price, _currency(text("SIAC_SMS_CURRENCY", "")))


def hand_over(to: str, content: str, *, reference: str, callback: str) -> Result:
    """Give one text to the gateway, and return what became of it.

    Before the request is out a break means "try again"; after, or where the answer cannot be understood,
    "uncertain": it may have been sent, and paid for.
    """
    try:
        found = gateway()
        cost = cost_of(content)
        values = {
            "to": to,
            "text": content,
            "from": found.sender,
            "reference": reference,
            "callback": callback,
        }
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Idempotency-Key": reference,
        }
        if found.header is not None:
            headers[found.header[0]] = found.header[1]
        answer = post(found.url, json.dumps(_filled(found.body, values)).encode(), headers)
    except Unsure as error:
        return Result(Outcome.UNCERTAIN, str(error), cost=cost)
    except (OSError, NotAllowed, Misconfigured, ValueError) as error:
        return Result(Outcome.RETRY, legible(f"{type(error).__name__}: {error}")[:500])
    return _judged(answer, found, cost)


def _filled(template: Any, values: dict[str, str]) -> Any:
    """Return the JSON of the gateway with our values in its texts; in one pass: none fills another."""
    if isinstance(template, dict):
        return {key: _filled(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, values) for value in template]
    if isinstance(template, str):
        return _FIELD.sub(lambda found: values[found[1]], template)
    return template


def _judged(answer: Answer, found: Gateway, cost: Cost) -> Result:
    said = f"{answer.status} {masked(answer.content or b'')}"[:300].strip()
    if 200 <= answer.status < 300:
        content = read_json(answer.content)
        if content is None:
            # A page for people, or nothing: what answered may be no gateway at all.
            return Result(Outcome.UNCERTAIN, said, cost=cost)
        return Result(Outcome.ACCEPTED, said, given_id=field_at(content, found.id_path)[:100], cost=cost)
    if 400 <= answer.status < 500 and answer.status not in _LATER:
        return Result(Outcome.REJECTED, said)
    return Result(Outcome.RETRY, said)


def read_json(content: bytes | None) -> dict[str, Any] | list[Any] | None:
    """Return the object or list that a gateway sent; None for everything else."""
    try:
        found = json.loads(content or b"")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def field_at(content: Any, path: str) -> str:
    """Return what stands at a path as "messages.0.id", as text; empty where nothing does."""
    for step in path.split("."):
        if isinstance(content, dict):
            content = content.get(step)
        elif isinstance(content, list) and step.isascii() and step.isdigit() and int(step) < len(content):
            content = content[int(step)]
        else:
            return ""
    return squeeze(legible(str(content))) if isinstance(content, str | int) else ""


def masked(content: bytes) -> str:
    """Return what a gateway said as one line, without telephone numbers: whose they are is in the vault."""
    return _NUMBERS.sub("…", squeeze(legible(content[:2000].decode(errors="replace"))))


def _reach(to: Address, notice: Notice) -> str:
    return mobile_number(to.phone, notice.institution.jurisdiction) if to.phone else ""


def _words(kind: Kind, notice: Notice) -> tuple[str, str]:
    assert kind.short is not None
    subject, content = kind.short(notice)
    return subject, thrifty(content)


def _send(letter: Letter) -> Result:
    where = reverse("notice_status", args=[STATUS.sign(str(letter.notice.pk))])
    reference = letter.notice.message_id.strip("<>")
    return hand_over(letter.where, letter.body, reference=reference, callback=f"{settings.SITE_URL}{where}")


def is_on(institution_id: int) -> bool:
    """Return whether a body sends texts (1 SQL); none does until it says so."""
    return ChannelSwitch.objects.filter(institution_id=institution_id, channel=CODE, is_on=True).exists()


SMS = Channel(
    CODE,
    "Mensaje de texto",
    "Lo que respondió la pasarela, y lo que informó después: si llegó al teléfono.",
    reach=_reach,
    says=lambda kind: kind.short is not None,
    words=_words,
    send=_send,
    shows=shows_texts,
    cost=cost_of,
    is_on=is_on,
    instead_of="email",
    may_repeat=False,
)
