# SPDX-License-Identifier: EUPL-1.2
"""`siac worker`: jobs in the background, on procrastinate."""

from django.core.management import call_command


def run(arguments: list[str]) -> int:
    """Work until SIGTERM or Ctrl-C; jobs under way are finished first."""
    call_command("procrastinate", "worker", *arguments)
    return 0
