# SPDX-License-Identifier: EUPL-1.2
"""Calls that the house promised to return: by when, who called, whether anybody answered."""
