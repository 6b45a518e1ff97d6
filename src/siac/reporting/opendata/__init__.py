# SPDX-License-Identifier: EUPL-1.2
"""Figures that a body publishes for anybody to use: tables, their dictionary and the catalogue."""
