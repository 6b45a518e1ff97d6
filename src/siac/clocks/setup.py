# SPDX-License-Identifier: EUPL-1.2
"""What the set-up of an installation does for clocks."""

from django.utils import timezone

from siac.clocks.commands.calendar import seed_calendars


def seed() -> None:
    """Load the shipped calendars; days that people added, renamed or revoked stay as they left them."""
    seed_calendars(timezone.now())
