# SPDX-License-Identifier: EUPL-1.2
"""The periodic reports of charters: what they say, their paper, their pages, their lists."""
