# SPDX-License-Identifier: EUPL-1.2
"""Closing a case of an ordinary kind to most of the house."""
