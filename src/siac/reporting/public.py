# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `reporting`."""

from siac.reporting.domain.rights import ReportRight

__all__ = ["ReportRight"]
