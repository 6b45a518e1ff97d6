# SPDX-License-Identifier: EUPL-1.2
"""Rendering account: the letter of the authority on a period, approved, published, and sent upwards."""
