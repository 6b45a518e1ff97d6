# SPDX-License-Identifier: EUPL-1.2
"""How guides come over into a practice body."""

from siac.organizations.public import Copying, PracticePart
from siac.processes.commands.guides import save_guide
from siac.processes.models import Guide


def _copy(copying: Copying) -> None:
    """Copy the guides in use."""

    def copy(row: Guide) -> Guide:
        return save_guide(
            **copying.common, title=row.title, subject_kind=row.subject_kind, phases=row.phases,
            source=row.source, code=row.code,
        )  # fmt: skip

    rows = Guide.objects.filter(institution=copying.source, is_active=True)
    copying.each(rows.order_by("code", "pk"), copy)


PARTS = (PracticePart("guides", 58, _copy, ("processes.Guide",)),)
