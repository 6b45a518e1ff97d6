# SPDX-License-Identifier: EUPL-1.2
"""Reports that a body puts together itself from figures, indicators and words."""
