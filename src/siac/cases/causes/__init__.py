# SPDX-License-Identifier: EUPL-1.2
"""Causes of complaints, and what recurs."""
