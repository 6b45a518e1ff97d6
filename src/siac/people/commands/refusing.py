# SPDX-License-Identifier: EUPL-1.2
"""Who wants no text messages."""

from datetime import datetime

from django.db import transaction

from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.people import vault
from siac.people.domain.person import Code, phone_term
from siac.people.models import Person
from siac.people.queries import identities


@transaction.atomic
def choose_texts(
    institution_id: int, person_id: int, *, wanted: bool, actor_id: int | None, now: datetime
) -> None:
    """Send no more text messages to the telephone of a person, or send them again.

    A telephone is known to a body under each request that gave it: the word of one counts for all, also for
    those to come.

    Raises:
        Refused: the person is unknown or erased.
    """
    data = identities(institution_id, [person_id]).get(person_id)
    if data is None:
        raise Refused(Code.UNKNOWN)
    tokens = vault.tokens_asked(institution_id, [phone_term(data.phone)]) if data.phone else []
    same = Person.objects.filter(institution_id=institution_id, identity__tokens__overlap=tokens)
    ids = {person_id, *same.values_list("pk", flat=True)} if tokens else {person_id}
    rows = Person.objects.select_for_update().filter(institution_id=institution_id, pk__in=ids).order_by("pk")
    locked = list(rows.values_list("pk", flat=True))
    Person.objects.filter(pk__in=locked).update(texts_refused_at=None if wanted else now)
    kind = "people.texts_wanted" if wanted else "people.texts_refused"
    record(institution_id, f"person:{person_id}", kind, now, actor_id)
