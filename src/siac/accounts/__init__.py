# SPDX-License-Identifier: EUPL-1.2
"""Users of the house: who they are, how they sign in, what roles hold which rights."""
