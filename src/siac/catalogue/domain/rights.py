# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with the catalogue of services."""

from siac.accounts.public import INSIDE, Right, Role


class ServiceRight(Right):
    """Rights over what the body offers. Topics are set up with everything else (`StaffRight.SETUP`)."""

    READ = ("service.read", *INSIDE)
    KEEP = "service.keep", Role.QUALITY_MANAGER, Role.ADMINISTRATOR
    """Write sheets, send them to review, say that they still hold or that something is not given any more."""
    PUBLISH = "service.publish", Role.QUALITY_MANAGER, Role.AUTHORITY
    """Publish what somebody else wrote, or give it back."""
