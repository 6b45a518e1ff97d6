# SPDX-License-Identifier: EUPL-1.2
"""Talking to an IMAP server: entering, listing what is new, fetching one mail, putting it aside.

No database here.
"""

import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed
from siac.integrations.mailbox.connecting import ServerBox, ending

TIMEOUT = 30.0
"""Seconds without a sign of the server."""
LONGEST = 1800.0
"""Seconds that reading one mailbox may take in all; the rest is read the next time."""
WHOLE = 40 * 1024 * 1024
"""Larger mails are not fetched whole."""
BEGINNING = 1024 * 1024
"""Of those, this much."""
_FIRST_YEAR, _LAST_YEAR = 1980, 9000
_LIST = 500
_HEAD = re.compile(rb"UID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"', re.IGNORECASE)


class Trouble(StrEnum):
    """What can be wrong with a mailbox, as plainly as it can be told."""

    HOST_UNKNOWN = "host_unknown"
    REFUSED = "connection_refused"
    TIMED_OUT = "timed_out"
    CERTIFICATE = "certificate"
    NO_TLS = "no_tls"
    LOGIN = "login"
    FOLDER = "folder"
    DONE_FOLDER = "done_folder"
    BROKEN_OFF = "broken_off"
    KEY_MISSING = "key_missing"
    NOT_ALLOWED = "not_allowed"


class MailServerError(Exception):
    """The server could not be used; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Account:
    """How to enter a mailbox."""

    host: str
    port: int
    security: str
    username: str
    password: str
    folder: str
    done_folder: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail on the server: its number in the folder, when the server received it (aware), its bytes."""

    uid: int
    received_at: datetime
    size: int


@dataclass(slots=True)
class Folder:
    """An open folder. `uid_validity` names its numbering; `messages` is how many mails it holds."""

    box: BaseMailBox
    account: Account
    uid_validity: int
    messages: int

    def newer_than(self, uid: int) -> Iterator[Listed]:
        """Yield the mails numbered above `uid`, in order of arrival."""
        numbers = [n for n in self._numbers(f"{uid + 1}:*") if n > uid]
        for start in range(0, len(numbers), _LIST):
            asked = numbers[start : start + _LIST]
            lines = self._asked("FETCH", ",".join(map(str, asked)), "(UID INTERNALDATE RFC822.SIZE)")
            listed = [
                found for line in lines if (found := _listed(line)) is not None and found.uid in set(asked)
            ]
            yield from sorted(listed, key=lambda item: item.uid)

    def _numbers(self, criteria: str) -> list[int]:
        data = self._asked("SEARCH", "UID", criteria)
        return sorted(int(n) for n in (data[0] or b"").split())

    def _asked(self, *command: str) -> list[Any]:
        """Return the data of an answer; "NO" is trouble and no empty answer,
        else a mail would be passed over.
        """
        answer, data = self.box.client.uid(*command)
        if answer != "OK":
            raise MailServerError(Trouble.BROKEN_OFF)
        return list(data)

    def fetch(self, listed: Listed) -> tuple[bytes, bool] | None:
        """Return (the mail, whether only its beginning), unread marks untouched; None where it is gone."""
        is_cut = listed.size > WHOLE
        part = f"(BODY.PEEK[]<0.{BEGINNING}>)" if is_cut else "(BODY.PEEK[])"
        data = self._asked("FETCH", str(listed.uid), part)
        whole = next((item[1] for item in data if isinstance(item, tuple)), None)
        return (bytes(whole), is_cut) if whole is not None else None

    def put_aside(self, uids: list[int]) -> None:
        """Mark mails as read, or move them; whoever fails at this has lost nothing."""
        if not uids:
            return
        numbers = [str(uid) for uid in uids]
        if self.account.done_folder:
            self.box.move(numbers, self.account.done_folder)
        else:
            self.box.flag(numbers, ["\\Seen"], True)


def _listed(line: object) -> Listed | None:
    head = line[0] if isinstance(line, tuple) else line
    if not isinstance(head, bytes):
        return None
    uid, size, date = _HEAD.search(head), _SIZE.search(head), _DATE.search(head)
    if uid is None or size is None or date is None:
        return None
    return Listed(int(uid[1]), _received(date[1]), int(size[1]))


def _received(told: bytes) -> datetime:
    """Return when a server says that it received a mail; now, where that is no day of any mail: it would be
    taken for one from before the mailbox was connected, or is on no calendar.
    """
    try:
        received = parsedate_to_datetime(told.decode("ascii", "replace").strip().replace("-", " ", 2))
    except (ValueError, OverflowError):
        return datetime.now(UTC)
    if not _FIRST_YEAR <= received.year <= _LAST_YEAR:
        return datetime.now(UTC)
    return received if received.tzinfo is not None else received.replace(tzinfo=UTC)


@contextmanager
def entered(account: Account, seconds: float = LONGEST) -> Iterator[Folder]:
    """Enter a mailbox and open its folder; leaves it at the end, after `seconds` at the latest.

    Raises:
        MailServerError: at any step, also for what breaks inside the block.
    """
    box = _connected(account)
    try:
        with ending(box, seconds) as late, _told(Trouble.BROKEN_OFF, late):
            yield _opened(box, account)
    finally:
        with suppress(Exception):
            box.logout()


_CONNECTING: tuple[tuple[type[Exception], Trouble], ...] = (
    (NotAllowed, Trouble.NOT_ALLOWED),
    (Misconfigured, Trouble.NOT_ALLOWED),
    (socket.gaierror, Trouble.HOST_UNKNOWN),
    (UnicodeError, Trouble.HOST_UNKNOWN),
    (ssl.SSLCertVerificationError, Trouble.CERTIFICATE),
    (ssl.SSLError, Trouble.NO_TLS),
    (TimeoutError, Trouble.TIMED_OUT),
    (OSError, Trouble.REFUSED),
    (ImapToolsError, Trouble.NO_TLS),  # STARTTLS was refused
    (imaplib.IMAP4.error, Trouble.NO_TLS),
)
"""What each fault of connecting means; the first that fits."""


def _connected(account: Account) -> ServerBox:
    context = ssl.create_default_context()
    try:
        return ServerBox(account.host, account.port, account.security, TIMEOUT, context)
    except tuple(kind for kind, _ in _CONNECTING) as error:
        trouble = next(trouble for kind, trouble in _CONNECTING if isinstance(error, kind))
        raise MailServerError(trouble) from error


def _opened(box: BaseMailBox, account: Account) -> Folder:
    is_plain = account.username.isascii() and account.password.isascii()
    with _meaning(Trouble.LOGIN):
        (box.login if is_plain else box.login_utf8)(account.username, account.password, initial_folder=None)
    if account.done_folder and not box.folder.exists(account.done_folder):
        raise MailServerError(Trouble.DONE_FOLDER)
    with _meaning(Trouble.FOLDER):
        status = box.folder.status(account.folder, ["MESSAGES", "UIDVALIDITY"])
        box.folder.set(account.folder)
    return Folder(box, account, int(status["UIDVALIDITY"]), int(status["MESSAGES"]))


@contextmanager
def _meaning(trouble: Trouble) -> Iterator[None]:
    """Let a "NO" of the server to what is asked inside mean `trouble`; a broken connection is
    something else.
    """
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        raise MailServerError(trouble) from error


@contextmanager
def _told(otherwise: Trouble, late: threading.Event) -> Iterator[None]:
    """Turn what the connection raises into `MailServerError`; what is not the server's passes."""
    try:
        yield
    except TimeoutError:
        raise MailServerError(Trouble.TIMED_OUT) from None
    except (imaplib.IMAP4.error, ImapToolsError, ssl.SSLError, ConnectionError, EOFError) as error:
        raise MailServerError(Trouble.TIMED_OUT if late.is_set() else otherwise) from error
