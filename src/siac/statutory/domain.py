# SPDX-License-Identifier: EUPL-1.2
"""What is owed of a sheet of the book of complaints (DS 007-2020-PCM)."""

MOVE_RULE = "PE.LR.MOVE"
"""The term to move what the physical book says to the national platform."""
PLATFORM_CODE_LIMIT = 60
