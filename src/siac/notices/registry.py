# SPDX-License-Identifier: EUPL-1.2
"""What higher contexts add: who can be written to, and what there is to tell."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from siac.notices.domain.outbox import OnUncertain
from siac.notices.models import Notice


@dataclass(frozen=True)
class Address:
    """How somebody can be reached: e-mail, name to greet, telephone as they wrote it; each may be empty.

    `phone` is empty too for who wants no text messages.
    """

    email: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Thread:
    """The conversation by mail that a notice belongs to: which mail it answers,
    and where an answer to it should go.
    """

    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reply_to: str = ""


Resolver = Callable[[int, int], Address | None]
ThreadSource = Callable[[Notice], Thread | None]
Render = Callable[[Notice], tuple[str, str]]
OnSent = Callable[[Notice, datetime], None]
Lock = Callable[[Notice], None]


@dataclass(frozen=True)
class Kind:
    """One kind of notice: its title for staff, its text, its rule for the uncertain case."""

    title: str
    render: Render
    on_uncertain: OnUncertain
    on_sent: OnSent | None = None
    lock: Lock | None = None
    short: Render | None = None
    keys: re.Pattern[str] | None = None
    tells_whom: bool = False


_RESOLVERS: dict[str, Resolver] = {}
_KINDS: dict[str, Kind] = {}
_THREADS: dict[str, ThreadSource] = {}


def register_recipient(prefix: str, resolver: Resolver) -> None:
    """Have `resolver(institution_id, id)` give the address of recipients
    "prefix:id"; None when there is none.
    """
    _RESOLVERS[prefix] = resolver


def register_kind(
    kind: str,
    render: Render,
    *,
    on_uncertain: str = "resend",
    title: str,
    on_sent: OnSent | None = None,
    lock: Lock | None = None,
    short: Render | None = None,
    keys: re.Pattern[str] | None = None,
    tells_whom: bool = False,
) -> None:
    """Have `render(notice)` give (subject line, plain text) of notices of `kind` at the time of sending.

    `short(notice)` gives the same in one or two sentences for channels paid by the part: where to look,
    nothing personal. Without it a kind goes by none of these.

    `on_sent(notice, now)` is called in the transaction that notes that one was sent; `lock(notice)` before,
    to lock what it will change before the notice itself is locked, as every other writer of the subject does.

    `tells_whom`: that somebody got one says of them what nobody of the house may know; of such a notice they
    read that it was sent, no more.

    `keys`: what in its text opens something by itself; people of the house read it covered.
    """
    _KINDS[kind] = Kind(title, render, OnUncertain(on_uncertain), on_sent, lock, short, keys, tells_whom)


def covered(kind: str, text: str) -> str:
    """Return the text of a notice as people of the house read it: without what opens something by itself."""
    keys = _KINDS[kind].keys if kind in _KINDS else None
    return keys.sub("••••", text) if keys else text


def kinds_that_tell_whom() -> list[str]:
    """Return the kinds of which nobody of the house may know who got one, in order."""
    return sorted(code for code, kind in _KINDS.items() if kind.tells_whom)


def register_thread(subject_type: str, source: ThreadSource) -> None:
    """Have `source(notice)` name the conversation of notices about such subjects; None where there is
    none.
    """
    _THREADS[subject_type] = source


def thread_of(notice: Notice) -> Thread | None:
    """Return the conversation that `notice` belongs to, or None."""
    source = _THREADS.get(notice.subject_type)
    return source(notice) if source is not None else None


def kind_of(notice: Notice) -> Kind | None:
    """Return what is registered for the kind of `notice`, if anything is."""
    return _KINDS.get(notice.kind)


def kind_title(kind: str) -> str:
    """Return the title of a kind for staff; the code itself when nothing is registered."""
    return _KINDS[kind].title if kind in _KINDS else kind


def address_of(notice: Notice) -> Address | None:
    """Return how its recipient can be reached, or None where nothing is known of them."""
    prefix, _, number = notice.recipient.partition(":")
    resolver = _RESOLVERS.get(prefix)
    if resolver is None or not number.isdigit():
        return None
    return resolver(notice.institution_id, int(number))


def lock_subject(notice: Notice) -> None:
    """Lock what will change when `notice` is noted as sent; call it before the notice is locked."""
    kind = kind_of(notice)
    if kind is not None and kind.lock is not None:
        kind.lock(notice)


def announce_sent(notice: Notice, now: datetime) -> None:
    """Tell the owner of a notice's kind that it was sent."""
    kind = kind_of(notice)
    if kind is not None and kind.on_sent is not None:
        kind.on_sent(notice, now)
