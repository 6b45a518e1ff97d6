# SPDX-License-Identifier: EUPL-1.2
"""Reading the public texts of a body: which version holds on a day, and what each changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from siac.infra.config_cache import ConfigCache
from siac.organizations.domain.public_texts import SECTIONS
from siac.organizations.models import Institution, TextPublication, TextVersion

HISTORY = 50


@dataclass(frozen=True, slots=True)
class Published:
    """A version of a public text that holds, held or will hold."""

    subject: str
    number: int
    from_day: date
    sections: Mapping[str, str]
    drawn: Sequence[Sequence[str]]

    def paragraphs(self) -> list[tuple[str, str, str]]:
        """Return (code, heading, text) of each section, in order."""
        return [
            (code, heading, self.sections.get(code, "")) for code, heading in SECTIONS[self.subject].items()
        ]


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved version and what it changed of the one before: (heading, before, after)."""

    number: int
    at: datetime
    who: str
    from_day: date | None
    changes: list[tuple[str, str, str]]


def _load(institution_id: int) -> list[Published]:
    rows = TextPublication.objects.filter(institution_id=institution_id).select_related("version")
    return [
        Published(row.version.subject, row.version.number, row.from_day, row.version.sections, row.drawn)
        for row in rows.order_by("from_day", "version__number")
    ]


_PUBLISHED: ConfigCache[list[Published]] = ConfigCache(_load)


def published_texts(institution: Institution, subject: str) -> list[Published]:
    """Return the published versions of a text, the earliest first; no SQL when warm."""
    return [text for text in _PUBLISHED.get(institution) if text.subject == subject]


def text_in_force(institution: Institution, subject: str, on: date) -> Published | None:
    """Return the version that holds on a local day; no SQL when warm."""
    begun = [text for text in published_texts(institution, subject) if text.from_day <= on]
    return begun[-1] if begun else None


def saved_versions(institution: Institution, subject: str) -> list[Saved]:
    """Return the latest versions, the newest first, each with what it changed (1 SQL)."""
    rows = list(
        TextVersion.objects.filter(institution=institution, subject=subject)
        .select_related("saved_by", "publication")
        .order_by("-number")[: HISTORY + 1]
    )
    pairs = [*pairwise([*rows, None])][:HISTORY]
    return [
        Saved(
            new.number,
            new.saved_at,
            new.saved_by.name if new.saved_by else "",
            new.publication.from_day if hasattr(new, "publication") else None,
            _changes(subject, old.sections if old else {}, new.sections) if old else [],
        )
        for new, old in pairs
        if new is not None
    ]


def _changes(subject: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    return [
        (heading, before.get(code, ""), after.get(code, ""))
        for code, heading in SECTIONS[subject].items()
        if before.get(code, "") != after.get(code, "")
    ]
