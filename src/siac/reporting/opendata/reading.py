# SPDX-License-Identifier: EUPL-1.2
"""The published tables of a body, as they were made."""

from django.db.models import QuerySet

from siac.organizations.public import Institution
from siac.reporting.models import DatasetFile


def published(institution: Institution) -> QuerySet[DatasetFile]:
    """Return the files of published tables that are made, by title, without what they hold. Lazy: no SQL
    until it is read.
    """
    rows = DatasetFile.objects.filter(institution=institution, dataset__is_published=True)
    made = rows.exclude(digest="").select_related("dataset").defer("content", "latest")
    return made.order_by("dataset__title", "pk")
