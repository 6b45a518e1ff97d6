# SPDX-License-Identifier: EUPL-1.2
"""Procedures and products: what a body promised of each and how long each took, by its records."""
