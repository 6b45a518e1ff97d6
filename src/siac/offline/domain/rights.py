# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with the office without network."""

from siac.accounts.public import Right, Role


class OfflineRight(Right):
    """Rights over devices and over what they send."""

    CAPTURE = (
        "offline.capture",
        Role.FRONT_DESK,
        Role.UNIT_OFFICER,
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
    )
    """Prepare a device, register on it and send; those who file at the desk."""
    DEVICES = "offline.devices", Role.QUALITY_MANAGER, Role.ADMINISTRATOR
    """See all devices of the body, and revoke them."""
    REVIEW = "offline.review", Role.QUALITY_MANAGER
    """See to what came and could not be registered by itself."""
