# SPDX-License-Identifier: EUPL-1.2
"""Learn nightly, from a body's own requests, which topic and unit their words tell of."""

import json
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from siac.cases.models import SuggestionModel, SuggestionTarget
from siac.cases.suggesting.domain import evaluate, learn
from siac.cases.suggesting.queries import examples_of
from siac.organizations.public import Institution, in_each_body, lock_institution


def learn_nightly(*, now: datetime) -> int:
    """Learn for every active body; return how many models were kept."""
    return in_each_body("cases.learn_suggestions", partial(_learn, now=now), now=now)


def _learn(institution: Institution, *, now: datetime) -> int:
    return sum(
        learn_suggestions(institution=institution, target=target, now=now) is not None
        for target in SuggestionTarget.values
    )


@transaction.atomic
def learn_suggestions(*, institution: Institution, target: str, now: datetime) -> SuggestionModel | None:
    """Keep a new version of what suggests topics or units, measured on the
    latest part in time; None without requests.

    Earlier versions keep their figures and lose their content: what was erased since is forgotten with it.
    """
    lock_institution(institution.pk)
    examples = examples_of(institution, target)
    kept = SuggestionModel.objects.filter(institution=institution, target=target)
    kept.exclude(content=None).update(content=None)
    if not examples:
        return None
    found, learned = evaluate(examples), learn(examples)
    content = {"texts": learned.texts, "words": learned.words}
    return SuggestionModel.objects.create(
        institution=institution,
        target=target,
        number=(kept.aggregate(last=Max("number"))["last"] or 0) + 1,
        learned_at=now,
        learned=found.learned,
        measured=found.measured,
        labels=found.labels,
        first=found.first,
        among=found.among,
        frequent_first=found.frequent_first,
        frequent_among=found.frequent_among,
        content=content,
        digest=sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
    )
