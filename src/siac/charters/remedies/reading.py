# SPDX-License-Identifier: EUPL-1.2
"""Which requests behind remedies and claims whoever looks may open."""

from collections.abc import Collection

from siac.cases.public import may_read_cases, visible_to
from siac.organizations.public import Access


def readable(access: Access, case_ids: Collection[int]) -> set[int]:
    """Return those of some requests that the holder of `access` may open (2 SQL at most)."""
    if not may_read_cases(access):
        return set()
    return set(visible_to(access).filter(pk__in=case_ids).values_list("pk", flat=True))
