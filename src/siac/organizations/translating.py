# SPDX-License-Identifier: EUPL-1.2
"""What a body wrote, in further languages: which records there are, and what their texts are called in each.

Texts are found by the Spanish words themselves. So a page needs to know nothing of records, and what was
changed in Spanish since it was translated is shown in Spanish again, marked, until somebody translates it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from siac.infra.config_cache import ConfigCache
from siac.organizations.models import Institution, RecordTranslation

TEXT_LIMIT = 6000
"""Signs of one translated text."""


@dataclass(frozen=True, slots=True)
class Translatable:
    """One record with what is shown of it: (field, what the field is called, its Spanish text)."""

    pk: int
    name: str
    texts: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class TranslatedSort:
    """A sort of record whose texts people read; `records` gives those of a body, no SQL when warm."""

    code: str
    name: str
    records: Callable[[Institution], Sequence[Translatable]]
    order: int = 50


_SORTS: dict[str, TranslatedSort] = {}


def register_translated(sort: TranslatedSort) -> None:
    """Let the texts of a sort of record be translated; registering one again replaces it."""
    _SORTS[sort.code] = sort


def translated_sorts() -> list[TranslatedSort]:
    """Return the sorts of record whose texts can be translated, in order."""
    return sorted(_SORTS.values(), key=lambda sort: (sort.order, sort.name))


def sort_coded(code: str) -> TranslatedSort | None:
    """Return the sort of record of a code; None where there is none."""
    return _SORTS.get(code)


@dataclass(slots=True)
class _Words:
    """The translations of a body: by language and Spanish text, and by record, id and language."""

    said: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[tuple[str, int, str], RecordTranslation] = field(default_factory=dict)


def _load(institution_id: int) -> _Words:
    words = _Words()
    for row in RecordTranslation.objects.filter(institution=institution_id).order_by("pk"):
        words.rows[row.record, row.record_id, row.language] = row
        known = words.said.setdefault(row.language, {})
        known |= {each["of"].strip(): each["said"] for each in row.texts.values() if each["said"]}
    return words


_WORDS = ConfigCache(_load)


def words_of(institution: Institution, language: str) -> Mapping[str, str]:
    """Return what the body's own Spanish texts are in a language (1 SQL, none when warm)."""
    return _WORDS.get(institution).said.get(language, {})


def translation_of(
    institution: Institution, record: str, record_id: int, language: str
) -> RecordTranslation | None:
    """Return the translation of a record into a language, as it stands (1 SQL, none when warm)."""
    return _WORDS.get(institution).rows.get((record, record_id, language))


def counts_of(institution: Institution, record: str, each: Translatable, language: str) -> tuple[int, int]:
    """Return how many texts of a record are translated and up to date, and how many are out of date (1 SQL,
    none when warm).
    """
    row = translation_of(institution, record, each.pk, language)
    known = row.texts if row else {}
    found = [(known[code], text) for code, _, text in each.texts if known.get(code, {}).get("said")]
    good = sum(kept["of"] == text for kept, text in found)
    return good, len(found) - good
