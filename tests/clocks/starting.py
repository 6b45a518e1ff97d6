# SPDX-License-Identifier: EUPL-1.2
"""Clocks of subjects that no context knows."""

from siac.clocks.public import Clock, plan_clock


def start_clocks(specs):
    """Start a clock for each of `specs` and return them, their keys too."""
    return Clock.objects.bulk_create([plan_clock(spec) for spec in specs])
