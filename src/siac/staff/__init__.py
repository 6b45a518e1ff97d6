# SPDX-License-Identifier: EUPL-1.2
"""People who attend: their records, what their post asks, what they lack, and how they are trained."""
