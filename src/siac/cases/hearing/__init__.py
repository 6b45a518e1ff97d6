# SPDX-License-Identifier: EUPL-1.2
"""Hearing third parties before information is handed over."""
