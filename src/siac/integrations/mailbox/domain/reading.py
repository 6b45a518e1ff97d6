# SPDX-License-Identifier: EUPL-1.2
"""A mail as values: who, about what, the words, the files, and what its headers say of machines."""

import email
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import HeaderParser

from siac.integrations.mailbox.domain.decoding import (
    LONGEST_TEXT,
    POLICY,
    address,
    addresses,
    charset_of,
    clean,
    decoded,
    file_name,
    header,
    message_ids,
    payload,
    raw_header,
)
from siac.integrations.mailbox.domain.html import MOST_MARKS, html_to_text
from siac.integrations.mailbox.domain.pictures import taken_out
from siac.integrations.mailbox.domain.quotes import split_reply
from siac.integrations.mailbox.domain.wrapped import invitation_text, outlook_content, signed_content
from siac.kernel.text import squeeze

_DEEPEST = 20
_MOST_PARTS = 1_000
_LONGEST_HTML = 60_000_000
"""Bytes of a part in HTML that are looked at: pasted pictures are in its text."""
ORIGINAL = "correo-original.eml"
_END = "el final del texto, que es demasiado largo"
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_OUTLOOK = {"application/ms-tnef", "application/vnd.ms-tnef"}
_INNER_MAILS = {"message/delivery-status", "text/rfc822-headers", "message/rfc822"}
_ENDINGS = {"image/heic": ".heic", "image/heif": ".heif", "image/jpeg": ".jpg", "audio/mp4": ".m4a"}
_ANSWERING = ("re:", "rv:", "fwd:", "fw:", "aw:", "res:")
_MACHINE_HEADERS = (
    "Auto-Submitted",
    "Precedence",
    "X-Auto-Response-Suppress",
    "X-Autoreply",
    "X-Autorespond",
    "List-Id",
    "Return-Path",
    "X-Spam-Flag",
    "X-Spam-Status",
)


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail, not yet checked."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """A mail server's report on a mail: of which, whether it failed for good, why, and to whom it went."""

    about: tuple[str, ...]
    failed: bool
    reason: str
    recipients: tuple[str, ...] = ()
    """Addresses that could not be reached, folded; none where it names none."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, read. `answers_to` are the message ids it refers to, the nearest first."""

    message_id: str
    answers_to: tuple[str, ...]
    sender: str
    sender_name: str
    subject: str
    text: str
    """What the person wrote now."""
    rest: str
    """Signature and earlier mail below it."""
    files: tuple[MailFile, ...] = ()
    cut_files: tuple[str, ...] = ()
    """Names of files that are not whole because the mail was not fetched whole."""
    report: Report | None = None
    machine: dict[str, str] = field(default_factory=dict)
    """Headers that tell a machine's mail from a person's, lower-case names and values."""
    answer_address: str = ""
    """Where answers should go, if the mail says so and it is an address."""
    answer_name: str = ""
    authentication: str = ""
    """The topmost `Authentication-Results`: what the receiving server found out about the sender; empty where
    the mail names several authors.
    """
    is_relayed: bool = False
    """A form of a web page sent it for the person, who is the sender here."""
    unread_parts: tuple[str, ...] = ()
    """What of it could not be read (encrypted, of Outlook and damaged, or endless): the
    original then goes along as a file.
    """
    is_unread: bool = False
    """Nothing of it could be read within the limits; its only file is the original."""


@dataclass(slots=True)
class _Found:
    plain: list[str] = field(default_factory=list)
    files: list[MailFile] = field(default_factory=list)
    report: list[Message] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    invitations: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    parts: int = 0
    read: int = 0
    """Characters of text and HTML read so far: the limit holds for all parts together."""
    marks: int = 0
    """Marks of HTML read so far; as `read`."""


def read_mail(raw: bytes, *, is_cut: bool = False) -> Mail:
    """Return what a mail says. `is_cut`: `raw` is only its beginning, so that its last file is not whole."""
    message = email.message_from_bytes(raw, policy=POLICY)
    found = _Found()
    _gather(message, found, depth=0, in_report=False)
    files, cut = found.files, []
    if is_cut and files:
        cut = [files.pop().name]
    if found.unread:
        files.append(MailFile(ORIGINAL, raw))
    answers_to, subject = _answers_to(message), header(message, "Subject")
    is_reply = bool(answers_to) or subject.lower().startswith(_ANSWERING)
    written = [*found.plain, *dict.fromkeys(found.invitations)]
    text, rest = split_reply(clean("\n\n".join(part for part in written if squeeze(part))), is_reply=is_reply)
    name, sender = address(raw_header(message, "From"))
    answer_name, answer_address = address(raw_header(message, "Reply-To"))
    ids = message_ids(raw_header(message, "Message-ID"))
    return Mail(
        message_id=ids[0] if ids else "",
        answers_to=answers_to,
        sender=sender,
        sender_name=name,
        subject=subject,
        text=text,
        rest=rest,
        files=tuple(files),
        cut_files=tuple(cut),
        report=_report(message, found),
        machine={
            key.lower(): header(message, key).lower()[:200] for key in _MACHINE_HEADERS if key in message
        },
        answer_address=answer_address,
        answer_name=answer_name,
        authentication=_authentication(message),
        unread_parts=tuple(dict.fromkeys(found.unread)),
    )


def unread_mail(raw: bytes, *, subject: str = "") -> Mail:
    """Return a mail of which nothing could be read: its original is its file."""
    original = MailFile(ORIGINAL, raw)
    return Mail("", (), "", "", subject, "", "", files=(original,), unread_parts=(ORIGINAL,), is_unread=True)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What tells one mail from another, read from its head.

    `digest` leaves out the trace that servers add on the way.
    """

    message_id: str
    digest: str
    sender: str
    subject: str
    answer_address: str = ""
    is_unread: bool = False


def bare_envelope(raw: bytes) -> Envelope:
    """Return the envelope of a mail whose head cannot be read: the digest of all of it, and nothing else."""
    return Envelope("", hashlib.sha256(raw).hexdigest(), "", "", is_unread=True)


def envelope(raw: bytes) -> Envelope:
    """Return what tells this mail from others.

    The same mail delivered twice has id and digest in common; two mails of a program
    that repeats its ids differ in the digest.
    """
    head, _, body = raw.partition(b"\r\n\r\n") if b"\r\n\r\n" in raw[:200_000] else raw.partition(b"\n\n")
    message = HeaderParser(policy=POLICY).parsestr(head.decode("utf-8", "surrogateescape"))
    ids = message_ids(raw_header(message, "Message-ID"))
    digest = hashlib.sha256()
    for key in ("From", "Date", "Subject", "To"):
        digest.update(str(raw_header(message, key)).encode("utf-8", "surrogateescape") + b"\n")
    digest.update(body.replace(b"\r\n", b"\n").strip())
    _, sender = address(raw_header(message, "From"))
    _, answer = address(raw_header(message, "Reply-To"))
    subject = header(message, "Subject")[:250]
    return Envelope(ids[0] if ids else "", digest.hexdigest(), sender, subject, answer)


def _authentication(message: Message) -> str:
    """Return what the server found out: of several authors, nobody says which of them it looked at."""
    authors = [str(value) for key, value in message.raw_items() if key.lower() == "from"]
    if len(authors) != 1 or len(addresses(authors[0])) > 1:
        return ""
    return " ".join(raw_header(message, "Authentication-Results").split())[:4000]


def _answers_to(message: Message) -> tuple[str, ...]:
    nearest = message_ids(raw_header(message, "In-Reply-To"))
    others = reversed(message_ids(raw_header(message, "References")))
    return tuple(dict.fromkeys([*nearest, *others]))[:20]


def _gather(part: Message, found: _Found, *, depth: int, in_report: bool) -> None:
    """Walk the parts: words of the mail into `plain`, everything else into `files`."""
    kind = part.get_content_type()
    found.parts += 1
    if depth > _DEEPEST or found.parts > _MOST_PARTS:
        found.unread.append("partes interiores")
    elif kind == "multipart/alternative":
        _best(part, found, depth=depth, in_report=in_report)
    elif kind in _INNER_MAILS:
        _inner_mail(part, kind, found, in_report=in_report)
    elif part.is_multipart():
        inside = in_report or kind == "multipart/report"
        for child in _children(part):
            _gather(child, found, depth=depth + 1, in_report=inside)
    elif kind not in _SIGNATURES:
        _leaf(part, kind, found, depth=depth)


def _inner_mail(part: Message, kind: str, found: _Found, *, in_report: bool) -> None:
    if kind == "message/delivery-status":
        found.report.extend(_children(part))
    elif in_report or kind == "text/rfc822-headers":
        found.about.extend(_ids_inside(part))
    else:
        found.files.append(MailFile(_name_of_mail(part), b"".join(_bytes_of(c) for c in _children(part))))


def _leaf(part: Message, kind: str, found: _Found, *, depth: int) -> None:
    name = file_name(part)
    is_file = bool(name) or part.get_content_disposition() == "attachment"
    if kind in {"text/plain", "text/html"} and not is_file:
        found.plain.append(_words(part, kind, found))
    elif kind == "text/calendar":
        found.invitations.append(invitation_text(decoded(payload(part), charset_of(part))))
    elif kind in _SEALED:
        _unsealed(payload(part), found, depth=depth)
    elif kind in _OUTLOOK or name.lower() == "winmail.dat":
        _from_outlook(payload(part), found)
    else:
        content = payload(part)
        if content or name:
            found.files.append(MailFile(_named(name, kind, len(found.files) + 1), content))


def _unsealed(content: bytes, found: _Found, *, depth: int) -> None:
    inner = signed_content(content)
    if inner is None:
        found.unread.append("contenido cifrado (S/MIME)")
    else:
        _gather(email.message_from_bytes(inner, policy=POLICY), found, depth=depth + 1, in_report=False)


def _from_outlook(content: bytes, found: _Found) -> None:
    inner = outlook_content(content)
    if inner.text:
        found.plain.append(decoded(inner.text, "windows-1252"))
    found.files.extend(MailFile(name, data) for name, data in inner.files)
    if not inner.files:
        found.unread.append("contenido de Outlook (winmail.dat)")


def _words(part: Message, kind: str, found: _Found) -> str:
    room = LONGEST_TEXT - found.read
    content, longest = payload(part), _LONGEST_HTML if kind == "text/html" and room else room
    text, is_cut = decoded(content, charset_of(part), longest=longest), len(content) > longest
    if kind == "text/html":
        text, pictures = taken_out(text)
        found.files.extend(MailFile(name, picture) for name, picture in pictures)
        found.read += min(len(text), room)
        words = html_to_text(text, longest=room, most=MOST_MARKS - found.marks)
        found.marks += words.marks
        text, is_cut = words.text, is_cut or words.is_cut
    else:
        found.read += len(text)
    if is_cut:
        found.unread.append(_END)
    return text


def _best(part: Message, found: _Found, *, depth: int, in_report: bool) -> None:
    """Take the plain version of what came in several; the HTML one where the plain one is empty.

    Files of all stay.
    """
    versions = []
    for child in _children(part):
        inner = _Found(parts=found.parts, read=found.read, marks=found.marks)
        _gather(child, inner, depth=depth + 1, in_report=in_report)
        versions.append(inner)
        found.parts, found.read, found.marks = inner.parts, inner.read, inner.marks
        for name in ("files", "report", "about", "invitations", "unread"):
            getattr(found, name).extend(getattr(inner, name))
    found.plain.append(next((text for v in versions if squeeze(text := "\n\n".join(v.plain))), ""))


def _children(part: Message) -> Iterator[Message]:
    content = part.get_payload()
    if isinstance(content, list):
        yield from (child for child in content if isinstance(child, Message))


def _bytes_of(part: Message) -> bytes:
    try:
        return part.as_bytes()
    except (ValueError, LookupError, UnicodeError, TypeError, KeyError):
        return str(part).encode("utf-8", "replace")


def _name_of_mail(part: Message) -> str:
    if file_name(part):
        return file_name(part)
    inner = next(_children(part), None)
    subject = header(inner, "Subject") if inner is not None else ""
    return f"{subject[:80] or 'correo'}.eml"


def _named(name: str, kind: str, number: int) -> str:
    """Return the name of a file, with the ending of its kind where it has none."""
    if "." in name:
        return name
    return f"{name or f'adjunto-{number}'}{_ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ''}"


def _ids_inside(part: Message) -> tuple[str, ...]:
    inner = next(_children(part), None)
    if inner is None:
        inner = HeaderParser(policy=POLICY).parsestr(payload(part).decode("utf-8", "replace"))
    return message_ids(raw_header(inner, "Message-ID"))


def _report(message: Message, found: _Found) -> Report | None:
    is_report = message.get_content_type() == "multipart/report"
    if not is_report and header(message, "Return-Path") != "<>":
        return None
    about = tuple(dict.fromkeys([*found.about, *_answers_to(message)]))
    fields = [block for block in found.report if block.get("Action")]
    failed = any(header(block, "Action").lower() == "failed" for block in fields)
    reasons = [f"{header(block, 'Status')} {header(block, 'Diagnostic-Code')}".strip() for block in fields]
    told = "; ".join(dict.fromkeys(reason for reason in reasons if reason))[:500]
    named = (header(block, name) for block in fields for name in ("Final-Recipient", "Original-Recipient"))
    reached = (address(one.rpartition(";")[2].strip())[1] for one in named)
    return Report(about, failed, told, tuple(dict.fromkeys(one for one in reached if one)))
