# SPDX-License-Identifier: EUPL-1.2
"""Bringing in the register a body kept before."""
