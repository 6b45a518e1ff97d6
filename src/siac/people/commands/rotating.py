# SPDX-License-Identifier: EUPL-1.2
from django.db import transaction

from siac.infra import crypto
from siac.people import vault
from siac.people.domain.person import TERMS_VERSION, terms
from siac.people.models import Identity

_STALE = """
SELECT person_id, institution_id, sealed FROM people_identity
WHERE person_id > %s AND substring(sealed FROM 1 FOR %s) <> %s ORDER BY person_id LIMIT %s FOR UPDATE
"""


@transaction.atomic
def rotate_batch(after: int, size: int = 500) -> tuple[int, int]:
    """Seal again, with the current key, up to `size` identities beyond person `after`.

    Returns (last person id seen, how many); (after, 0) when none is left. May be stopped and run again.

    Raises:
        siac.infra.crypto.Unreadable: a row was sealed with a key that is not configured.
    """
    prefix = crypto.current_prefix(crypto.vault_keys())
    rows = list(Identity.objects.raw(_STALE, [after, len(prefix), prefix, size]))
    for row in rows:
        data = vault.opened(row.institution_id, row.pk, row.sealed)
        row.sealed = vault.sealed(row.institution_id, row.pk, data)
        row.tokens, row.terms_version = vault.tokens(row.institution_id, terms(data)), TERMS_VERSION
    Identity.objects.bulk_update(rows, ["sealed", "tokens", "terms_version"])
    return (rows[-1].pk, len(rows)) if rows else (after, 0)


def rotate_vault() -> int:
    """Seal every identity with the current key, batch by batch; return how many were changed."""
    after, changed = 0, 0
    while True:
        after, count = rotate_batch(after)
        if not count:
            return changed
        changed += count


def renew_terms(size: int = 500) -> int:
    """Give people kept under older rules the terms by which they are found
    today, a batch; return how many (2 SQL).

    What cannot be opened with the keys of today is left for when they are back.
    """
    with transaction.atomic():
        stale = Identity.objects.filter(terms_version__lt=TERMS_VERSION)
        rows = list(stale.select_for_update(skip_locked=True).order_by("terms_version", "person")[:size])
        renewed = []
        for row in rows:
            try:
                data = vault.opened(row.institution_id, row.pk, row.sealed)
            except crypto.Unreadable:
                continue
            row.tokens, row.terms_version = vault.tokens(row.institution_id, terms(data)), TERMS_VERSION
            renewed.append(row)
        Identity.objects.bulk_update(renewed, ["tokens", "terms_version"])
    return len(renewed)
