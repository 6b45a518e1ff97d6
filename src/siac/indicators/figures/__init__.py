# SPDX-License-Identifier: EUPL-1.2
"""Figures of any metric: facts, cells, how they are read, and the pages «Cifras»."""
