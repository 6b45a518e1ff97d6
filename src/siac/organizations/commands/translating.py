# SPDX-License-Identifier: EUPL-1.2
"""Keeping what a body wrote in one more language."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.kernel.text import legible
from siac.organizations.commands.setup import note_configuration
from siac.organizations.models import Institution, RecordTranslation
from siac.organizations.translating import TEXT_LIMIT, Translatable, sort_coded
from siac.organizations.versioned import save_version


@transaction.atomic
def save_translation(
    *,
    institution: Institution,
    record: str,
    record_id: int,
    language: str,
    said: Mapping[str, str],
    actor: User | None,
    now: datetime,
    based_on: int | None = None,
) -> RecordTranslation:
    """Keep the texts of a record in a language as the next version: field -> translation, empty for none.

    What was not said here stays. Costs up to 8 SQL.

    Raises:
        Refused: there is no such record (translation_record), the body does not offer the language
            (translation_language), a text is too long (translation_long), somebody saved meanwhile.
    """
    sort = sort_coded(record)
    found = next((each for each in sort.records(institution) if each.pk == record_id), None) if sort else None
    if found is None:
        raise Refused("translation_record")
    if language not in institution.offered_languages:
        raise Refused("translation_language")
    row = RecordTranslation.objects.filter(
        institution=institution, record=record, record_id=record_id, language=language
    ).first() or RecordTranslation(
        institution=institution, record=record, record_id=record_id, language=language
    )
    saved = save_version(
        row, {"texts": _texts(found, row.texts, said)}, based_on=based_on, actor=actor, now=now
    )
    if saved.is_changed:
        data = {"record": record, "id": record_id, "language": language, "version": saved.row.version}
        note_configuration(institution.pk, "organizations.translation_saved", actor=actor, now=now, data=data)
    return saved.row


def _texts(
    found: Translatable, kept: Mapping[str, Mapping[str, str]], said: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    texts = {}
    for code, label, original in found.texts:
        words = legible(said[code]).strip() if code in said else kept.get(code, {}).get("said", "")
        if len(words) > TEXT_LIMIT:
            raise Refused("translation_long", label=label)
        of = original if code in said else kept.get(code, {}).get("of", original)
        if words:
            texts[code] = {"of": of, "said": words}
    return texts
