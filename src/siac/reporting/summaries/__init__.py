# SPDX-License-Identifier: EUPL-1.2
"""Executive summaries: two pages for whoever directs, with figures frozen."""
