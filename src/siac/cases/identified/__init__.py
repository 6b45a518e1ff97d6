# SPDX-License-Identifier: EUPL-1.2
"""Whoever identified themselves sees the requests made with their document, and opens each without code."""
