# SPDX-License-Identifier: EUPL-1.2
"""Telling people that something was done."""

from siac.improvement.commands.telling import TELLING, telling
from siac.infra.longwork import declare_long_job

tell = declare_long_job(TELLING, telling)
