# SPDX-License-Identifier: EUPL-1.2
"""Figures by territory on a map of the body's own shapes."""
