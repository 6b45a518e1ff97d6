# SPDX-License-Identifier: EUPL-1.2
"""The design system: forms, lists, records, rows, charts, navigation."""
