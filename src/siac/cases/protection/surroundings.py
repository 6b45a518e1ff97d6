# SPDX-License-Identifier: EUPL-1.2
"""Why a case is kept beyond its term."""

from siac.cases.models import CaseHold
from siac.cases.surroundings.reading import Fragment

FRAGMENTS = (
    Fragment(
        "hold", "(SELECT to_jsonb(h) FROM cases_casehold h WHERE h.case_id = cases_case.id)", related=CaseHold
    ),
)
