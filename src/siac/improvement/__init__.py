# SPDX-License-Identifier: EUPL-1.2
"""Plans of improvement: what is done about findings, by whom and until when, and whether the figure moved."""
