# SPDX-License-Identifier: EUPL-1.2
"""Before the journal is verified."""

from siac.cases.models import Case, CaseText
from siac.organizations.public import Institution


def clean(institution: Institution) -> None:
    """Take away the floor's own rows, which have no journal or folio."""
    bare = Case.objects.filter(institution=institution, year=1900)
    CaseText.objects.filter(case__in=bare).delete()
    bare.delete()
