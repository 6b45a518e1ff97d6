# SPDX-License-Identifier: EUPL-1.2
"""Words of the texts that answers begin with."""

RECORDED = ("cases.template_saved",)
"""Entries in other chains than those of cases."""
