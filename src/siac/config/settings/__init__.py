# SPDX-License-Identifier: EUPL-1.2
"""Settings, all from environment variables; see docs/operate.md for the table of them."""

from siac.config.settings.base import *  # noqa: F403
from siac.config.settings.database import DATABASES
from siac.config.settings.security import *  # noqa: F403
from siac.config.settings.sign_in import *  # noqa: F403

__all__ = ["DATABASES"]
