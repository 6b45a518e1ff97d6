# SPDX-License-Identifier: EUPL-1.2
"""How bodies come over into a practice body: their rules, without anybody who sits in them."""

from siac.governance.commands.councils import save_council
from siac.governance.models import Council
from siac.organizations.public import Copying, PracticePart

_FIELDS = (
    "name", "kind", "mandate", "quorum", "quorum_number", "majority", "chair_breaks_ties", "publishes",
)  # fmt: skip


def _copy(copying: Copying) -> None:
    """Copy the bodies in use."""
    copying.each(
        Council.objects.filter(institution=copying.source, is_active=True).order_by("pk"),
        lambda row: save_council(**copying.common, **{name: getattr(row, name) for name in _FIELDS}),
    )


PARTS = (PracticePart("councils", 50, _copy, ("governance.Council",)),)
_REAL = "Who sits in a body of the source, and what it decided."
LEFT_BEHIND = {"governance.Seat": _REAL, "governance.Sitting": _REAL, "governance.Agreement": _REAL}
