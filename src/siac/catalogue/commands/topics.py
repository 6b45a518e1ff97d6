# SPDX-License-Identifier: EUPL-1.2
"""Changes of the list of topics."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from siac.accounts.public import User
from siac.catalogue.models import Topic
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key, squeeze
from siac.organizations.public import Institution, note_configuration, save_version


def topic_code(name: str) -> str:
    """Return the code under which a topic of this name is one with others: case, accents and marks aside."""
    return slugify(squeeze(name))[:60] or "tema"


@transaction.atomic
def save_topic(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    name: str,
    unit_id: int | None = None,
    parent_id: int | None = None,
    is_active: bool = True,
    approver: str = "",
    topic: Topic | None = None,
    based_on: int | None = None,
) -> Topic:
    """Add a topic, or change `topic` as its next version (see `organizations.versioned.save_version`).

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile), or another topic has that name (topic_taken).
    """
    row = topic or Topic(institution=institution, code=topic_code(name))
    fields = {
        "name": squeeze(name), "sort_key": sort_key(name), "unit_id": unit_id, "parent_id": parent_id,
        "is_active": is_active, "approver": approver,
    }  # fmt: skip
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("topic_taken", name=name) from error
    if saved.is_changed:
        data = {"topic": saved.row.pk, "approver": approver, "version": saved.row.version}
        note_configuration(institution.pk, "catalogue.topic_saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def ensure_topics(
    *, institution: Institution, names: Iterable[str], actor: User | None, now: datetime
) -> dict[str, int]:
    """Return the primary key of each topic name, adding those the body lacks (used by imports).

    What is added is not offered to anybody: the old words of a register do not
    go public until the body says so.
    """
    wanted = {squeeze(name) for name in names if squeeze(name)}
    known = {topic.code: topic.pk for topic in Topic.objects.filter(institution=institution)}
    codes = {name: topic_code(name) for name in wanted}
    missing = {code: name for name, code in codes.items() if code not in known}
    Topic.objects.bulk_create(
        Topic(
            institution=institution,
            code=code,
            name=name[:120],
            sort_key=sort_key(name),
            is_active=False,
        )
        for code, name in sorted(missing.items())
    )
    if missing:
        known = {topic.code: topic.pk for topic in Topic.objects.filter(institution=institution)}
        data = {"topics": sorted(known[code] for code in missing)}
        note_configuration(institution.pk, "catalogue.topics_imported", actor=actor, now=now, data=data)
    return {name: known[code] for name, code in codes.items()}
