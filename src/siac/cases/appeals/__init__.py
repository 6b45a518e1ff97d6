# SPDX-License-Identifier: EUPL-1.2
"""Appeals against what was answered or left unanswered."""
