# SPDX-License-Identifier: EUPL-1.2
"""Who may change which calendar."""

from siac.clocks.models import CalendarLayer
from siac.organizations.public import Access, is_only_body


def may_edit(access: Access, layer: CalendarLayer) -> bool:
    """Return whether the signed-in person may change a layer.

    A body's own layer: whoever sets up its calendars. A shared layer moves the clocks of every body that
    uses it: only whoever runs the installation, or the calendar staff of its only body, never of the one
    they practise on. At most one SQL query.
    """
    if layer.institution_id is not None:
        return layer.institution_id == access.institution.pk
    if access.institution.is_practice:
        return False
    return access.user.is_installer or is_only_body()
