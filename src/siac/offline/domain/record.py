# SPDX-License-Identifier: EUPL-1.2
"""What a device sends of one record, read without trusting any of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from siac.kernel.errors import Refused
from siac.kernel.text import TEXT_LIMIT

MOST_FIELDS = 80
BODY_LIMIT = 256 * 1024
"""Bytes of one record as it is sent: more than the longest text and all its fields take."""
MOST_HELD = 2000
"""Records of one device that wait on the server for somebody who looks at them; a device holds no more."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_FARTHEST = timedelta(days=366 * 100)


class Sort(StrEnum):
    """What a record is of."""

    REQUEST = "case"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Told:
    """One record as a device tells it. `fields` have the names of the desk's forms; `kind_version`: that
    of the
    kind whose form was filled in; `code`: the tracking code that the person was handed (requests only);
    `privacy`: number of the privacy notice that they were told of. `offset`: see `domain.clock`.
    """

    uuid: UUID
    sort: Sort
    made_at: datetime
    offset: timedelta | None
    fields: Mapping[str, str]
    kind_version: int | None = None
    code: str = ""
    privacy: int | None = None

    def content(self) -> list[Any]:
        """Return all that does not change when the same record is sent again."""
        return [
            str(self.uuid), self.sort.value, self.made_at.isoformat(), dict(self.fields), self.kind_version,
            self.code, self.privacy,
        ]  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """Return what is kept, sealed, of a record that waits for somebody."""
        return {
            "fields": dict(self.fields), "kind_version": self.kind_version, "code": self.code,
            "privacy": self.privacy,
        }  # fmt: skip


def read(record: Any) -> Told:
    """Read one record.

    Raises:
        Refused: it is none (offline_unreadable).
    """
    if not isinstance(record, dict):
        raise Refused("offline_unreadable")
    try:
        uuid, sort = UUID(str(record.get("id"))), Sort(str(record.get("sort")))
    except ValueError:
        raise Refused("offline_unreadable") from None
    return Told(
        uuid=uuid,
        sort=sort,
        made_at=moment(record.get("made_at")),
        offset=_offset(record.get("offset")),
        fields=_fields(record.get("fields")),
        kind_version=_whole(record.get("kind_version")),
        code=_code(record.get("code")) if sort is Sort.REQUEST else "",
        privacy=_whole(record.get("privacy")),
    )


def moment(value: Any) -> datetime:
    """Read a moment as a browser writes it.

    Raises:
        Refused: it is none, or of no year that anybody lives in (offline_unreadable).
    """
    try:
        told = datetime.fromisoformat(str(value)[:40])
    except ValueError:
        raise Refused("offline_unreadable") from None
    if told.tzinfo is None or not _FIRST.replace(tzinfo=told.tzinfo) <= told <= _LAST.replace(
        tzinfo=told.tzinfo
    ):
        raise Refused("offline_unreadable")
    return told.astimezone(UTC)


def _offset(value: Any) -> timedelta | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    farthest = _FARTHEST // timedelta(milliseconds=1)
    return timedelta(milliseconds=max(-farthest, min(value, farthest)))


def _whole(value: Any) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and 0 <= value < 2**31 else None


def _code(value: Any) -> str:
    code = value if isinstance(value, str) else ""
    if not re.fullmatch(r"[2-9A-HJKMNP-Z]{12}", code):
        raise Refused("offline_unreadable")
    return code


def _fields(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST_FIELDS:
        raise Refused("offline_unreadable")
    found: dict[str, str] = {}
    for name, said in value.items():
        if not (isinstance(name, str) and _NAME.fullmatch(name) and isinstance(said, str)):
            raise Refused("offline_unreadable")
        if len(said) > 2 * TEXT_LIMIT or "\x00" in said:
            raise Refused("offline_unreadable")
        if said:
            found[name] = _whole_signs(said)
    return found


def _whole_signs(text: str) -> str:
    """Return a text without half signs, as a field that cuts what is too long may leave of a pictograph: no
    database takes one, and the record would never come in.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
