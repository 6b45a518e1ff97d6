# SPDX-License-Identifier: EUPL-1.2
"""Measurements before they are carried out: a draft that the staff and their associations comment on."""
