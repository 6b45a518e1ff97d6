# SPDX-License-Identifier: EUPL-1.2
"""What happens to a mail: a machine's, unwanted, or a person's. Decided from values alone."""

import hashlib
from collections.abc import Collection
from enum import StrEnum

from siac.integrations.mailbox.domain.reading import Mail

MAILS_PER_HOUR = 20
"""More than these from one sender within an hour are kept without an answer, until somebody looks."""
SAME_TEXTS = 3
"""An address that says the same this often within a week gets no further answer to it, though each is taken:
two machines would answer each other without end, and neither need say that it is one.
"""
_MACHINES = frozenset({"mailer-daemon", "postmaster"})
_LISTS = frozenset({"list"})
_NOT_ANSWERED = frozenset({"bulk", "junk"})
_AUTOMATIC_SUBJECTS = (
    "respuesta automática",
    "respuesta automatica",
    "automatic reply",
    "out of office",
    "fuera de la oficina",
    "autoreply",
    "auto-reply",
    "resposta automática",
)
_PROGRAMS = frozenset(
    {
        "exe",
        "scr",
        "com",
        "pif",
        "bat",
        "cmd",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "hta",
        "ps1",
        "jar",
        "msi",
        "lnk",
        "iso",
        "img",
        "cpl",
        "dll",
        "apk",
    }
)


class Reason(StrEnum):
    """Why a mail is where it is, beside the codes of refused filings."""

    DELIVERY_REPORT = "delivery_report"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    BULK = "bulk"
    OWN_ADDRESS = "own_address"
    TOO_MANY = "too_many"
    FLAGGED = "flagged"
    BLOCKED = "blocked"
    ONLY_PROGRAMS = "only_programs"
    NO_SENDER = "no_sender"
    EMPTY = "empty"
    CASE_FINISHED = "case_finished"
    OTHER_ADDRESS = "other_address"
    REPEATED = "repeated"
    UNREADABLE = "unreadable"
    NOT_PROVEN = "not_proven"
    SAME_TEXT = "same_text"
    OTHER_RECIPIENT = "other_recipient"


def loop_reason(mail: Mail, own: Collection[str]) -> Reason | None:
    """Return why answering this mail might start a conversation between
    machines, or None for a person's mail.

    RFC 3834 names the marks: Auto-Submitted, an empty return path, lists and bulk mail.
    """
    said = mail.machine
    if mail.report is not None:
        return Reason.BOUNCE if mail.report.failed else Reason.DELIVERY_REPORT
    if said.get("auto-submitted", "no").partition(";")[0].strip() not in {"no", ""}:
        return Reason.AUTOMATIC
    if mail.is_relayed:
        return None
    if said.get("x-autoreply") or said.get("x-autorespond") or said.get("precedence") == "auto_reply":
        return Reason.AUTOMATIC
    if wants_no_reply(mail) and mail.subject.lower().startswith(_AUTOMATIC_SUBJECTS):
        return Reason.AUTOMATIC
    if mail.sender.partition("@")[0] in _MACHINES:
        return Reason.AUTOMATIC
    if said.get("precedence", "") in _LISTS or said.get("list-id"):
        return Reason.BULK
    return Reason.OWN_ADDRESS if mail.sender in own else None


def wants_no_reply(mail: Mail) -> bool:
    """Return whether the mail asks that no machine answers it: it is a person's all
    the same, and is filed without a receipt.
    """
    said = mail.machine
    return said.get("x-auto-response-suppress", "none") not in {"none", ""} or (
        said.get("precedence", "") in _NOT_ANSWERED
    )


def said(mail: Mail, *, is_answer: bool) -> str:
    """Return what tells whether a mail says the same as another.

    The same words with another file are something else. In an answer to ours, which a machine may have
    written, neither the subject counts, for it is ours, nor what a machine writes anew in each: numbers,
    dates, folios. What somebody writes of his own accord is another thing with another number.
    """
    words = f"{mail.subject}\n{mail.text}".casefold().split()
    if is_answer:
        words = [word for word in mail.text.casefold().split() if not any(sign.isdigit() for sign in word)]
    return " ".join([*words, *sorted(hashlib.sha256(file.content).hexdigest() for file in mail.files)])


def spam_reason(mail: Mail, *, is_blocked: bool, is_proven_reply: bool) -> Reason | None:
    """Return why this mail is unwanted, or None.

    A reply that proves itself is not lost to the mark of a server.
    """
    if is_blocked:
        return Reason.BLOCKED
    if not mail.text and mail.files and all(_is_program(file.name) for file in mail.files):
        return Reason.ONLY_PROGRAMS
    flagged = mail.machine.get("x-spam-flag", "").startswith("yes") or mail.machine.get(
        "x-spam-status", ""
    ).startswith("yes")
    return Reason.FLAGGED if flagged and not is_proven_reply else None


def _is_program(name: str) -> bool:
    return name.rpartition(".")[2].lower() in _PROGRAMS
