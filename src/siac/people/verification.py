# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of people: that every identity opens, which it does
only unaltered and in its own row.
"""

from collections.abc import Iterator

from siac.infra.crypto import Unreadable
from siac.people.models import Identity
from siac.people.vault import opened

_CHUNK = 2_000


def identity_problems(institution_id: int) -> Iterator[str]:
    """Yield a Spanish sentence for each identity that was altered, moved to
    another person or whose key is missing.
    """
    rows = Identity.objects.filter(institution_id=institution_id).order_by("pk")
    for pk, sealed in rows.values_list("pk", "sealed").iterator(chunk_size=_CHUNK):
        try:
            opened(institution_id, pk, sealed)
        except Unreadable:
            yield f"person:{pk}: su identidad no se puede abrir: fue alterada, o falta su clave."
