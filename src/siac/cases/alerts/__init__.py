# SPDX-License-Identifier: EUPL-1.2
"""Alerts before and after a last day, and putting them off."""
