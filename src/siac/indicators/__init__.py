# SPDX-License-Identifier: EUPL-1.2
"""Figures that a body follows, from daily histograms of what contexts can measure."""
