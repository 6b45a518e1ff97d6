# SPDX-License-Identifier: EUPL-1.2
"""What the body keeps of how its services are searched for: everyday words, searches in vain, opinions."""

import re
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from siac.accounts.public import User
from siac.catalogue.models import EverydayWord, MissedSearch, Service, ServiceOpinion
from siac.infra.search import STOP_WORDS, tokens
from siac.kernel.errors import Refused
from siac.kernel.text import legible, sort_key, squeeze, words
from siac.organizations.public import Institution, note_configuration, save_version

MOST_MISSED = 500
"""Searches in vain that a body keeps: whoever sends thousands fills nothing."""
KEPT_FOR = timedelta(days=365)
"""How long a search in vain, or an opinion, is of use to whoever writes the catalogue."""
MOST_WORDS = 5
_TELLING = re.compile(r"[\d@/\\<>]")
"""Signs of numbers, addresses and code: what may say who somebody is is not kept."""


@transaction.atomic
def save_everyday_word(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    said: str,
    meant: str,
    is_active: bool = True,
    word: EverydayWord | None = None,
    based_on: int | None = None,
) -> EverydayWord:
    """Say what people mean by a word, or change `word` as its next version (5 SQL).

    Raises:
        Refused: one of the two says nothing that can be searched for (word_empty), it is there already
            (word_taken), or somebody saved it meanwhile (saved_meanwhile).
    """
    if not tokens(said) or not tokens(meant):
        raise Refused("word_empty")
    fields = {
        "said": squeeze(said)[:60], "meant": squeeze(meant)[:60], "sort_key": sort_key(said),
        "is_active": is_active,
    }  # fmt: skip
    row = word or EverydayWord(institution=institution)
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("word_taken") from error
    if saved.is_changed:
        data = {"word": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "catalogue.word_saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def note_missed(*, institution: Institution, text: str, today: date) -> MissedSearch | None:
    """Keep that somebody searched for something on a local day and found nothing; once a day, and nothing
    that may tell who it was (5 SQL at most). Return it, or None where it is not kept.
    """
    if _TELLING.search(text):
        return None
    said = [word for word in words(text) if word not in STOP_WORDS]
    key = " ".join(said)
    if not said or len(said) > MOST_WORDS or len(key) > 60:
        return None
    rows = MissedSearch.objects.filter(institution=institution)
    known = rows.select_for_update().filter(words=key).first()
    if known is not None:
        if known.last_on < today:
            MissedSearch.objects.filter(pk=known.pk).update(days=F("days") + 1, last_on=today)
        return known
    if rows.count() >= MOST_MISSED:
        return None
    made, _ = MissedSearch.objects.get_or_create(
        institution=institution, words=key, defaults={"last_on": today}
    )
    return made


def tell_opinion(
    *, institution: Institution, service: Service, is_useful: bool, reason: str, today: date
) -> ServiceOpinion:
    """Keep whether the page of a service was useful to somebody, without anything of who said so (1 SQL)."""
    return ServiceOpinion.objects.create(
        institution=institution, service=service, is_useful=is_useful,
        reason="" if is_useful else squeeze(legible(reason))[:300], said_on=today,
    )  # fmt: skip


def forget_old(institution: Institution, *, today: date) -> int:
    """Erase what a body keeps of searches in vain and of opinions that are older than `KEPT_FOR` on a local
    day; return how many rows (2 SQL).
    """
    before = today - KEPT_FOR
    missed, _ = MissedSearch.objects.filter(institution=institution, last_on__lt=before).delete()
    said, _ = ServiceOpinion.objects.filter(institution=institution, said_on__lt=before).delete()
    return missed + said
