# SPDX-License-Identifier: EUPL-1.2
"""Public texts in versions: every save is a new version, and a version is published from a day on.

Nothing is rewritten.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.organizations.commands.setup import note_configuration
from siac.organizations.domain.public_texts import SECTION_LIMIT, SECTIONS
from siac.organizations.models import Institution, TextPublication, TextVersion
from siac.organizations.versioned import check_basis

Drawn = list[list[str]]
_DRAWN: dict[str, Callable[[Institution], Drawn]] = {}


def register_drawn(subject: str, source: Callable[[Institution], Drawn]) -> None:
    """Say what the page of a public text draws from the configuration beside it: pairs of label and words."""
    _DRAWN[subject] = source


def drawn_now(institution: Institution, subject: str) -> Drawn:
    """Return what would be drawn beside a public text today."""
    return _DRAWN[subject](institution) if subject in _DRAWN else []


@transaction.atomic
def save_text(
    *,
    institution: Institution,
    subject: str,
    sections: Mapping[str, str],
    actor: User | None,
    now: datetime,
    based_on: int,
) -> TextVersion:
    """Keep a new version of a public text, or return the latest where nothing changed.

    It holds once it is published.

    `based_on` is the number of the version that whoever edits had before them, 0 for none.

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), or a section is
            unknown or too long (text_section).
    """
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)  # two writers take turns
    latest = TextVersion.objects.filter(institution=institution, subject=subject).order_by("-number").first()
    number = latest.number if latest else 0
    check_basis(based_on, number)
    texts = {code: sections.get(code, "").strip() for code in SECTIONS[subject]}
    if set(sections) - set(texts) or any(len(text) > SECTION_LIMIT for text in texts.values()):
        raise Refused("text_section", limit=SECTION_LIMIT)
    if latest is not None and latest.sections == texts:
        return latest
    row = TextVersion.objects.create(
        institution=institution,
        subject=subject,
        number=number + 1,
        sections=texts,
        saved_by=actor,
        saved_at=now,
    )
    data = {"subject": subject, "version": row.number}
    note_configuration(institution.pk, "organizations.text_saved", actor=actor, now=now, data=data)
    return row


@transaction.atomic
def publish_version(
    *, institution: Institution, subject: str, number: int, from_day: date, actor: User | None, now: datetime
) -> TextPublication:
    """Publish a version from a local day on, with what is drawn beside it as it is now.

    Raises:
        Refused: no such version (text_unknown), published already (text_published), a section is empty
            (text_incomplete), or the day is past (text_day_past).
    """
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    row = TextVersion.objects.filter(institution=institution, subject=subject, number=number).first()
    if row is None:
        raise Refused("text_unknown")
    if TextPublication.objects.filter(version=row).exists():
        raise Refused("text_published", version=number)
    missing = [heading for code, heading in SECTIONS[subject].items() if not row.sections.get(code)]
    if missing:
        raise Refused("text_incomplete", sections=", ".join(missing))
    if from_day < institution.local_date(now):
        raise Refused("text_day_past")
    published = TextPublication.objects.create(
        version=row, institution=institution, from_day=from_day, drawn=drawn_now(institution, subject),
        published_by=actor, published_at=now,
    )  # fmt: skip
    data = {"subject": subject, "version": number, "from": from_day.isoformat()}
    note_configuration(institution.pk, "organizations.text_published", actor=actor, now=now, data=data)
    return published
