# SPDX-License-Identifier: EUPL-1.2
"""The shell of the pages of the house: home, search, what was sent."""
