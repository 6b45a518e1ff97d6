# SPDX-License-Identifier: EUPL-1.2
"""What tests of figures have in common."""

from tests.indicators.test_metrics import counted

__all__ = ["counted"]
