# SPDX-License-Identifier: EUPL-1.2
"""Whether some groups of people are treated otherwise than the others."""
