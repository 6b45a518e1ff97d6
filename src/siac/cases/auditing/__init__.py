# SPDX-License-Identifier: EUPL-1.2
"""Control: samples drawn by lot, which anybody can draw again, and what of them was read."""
