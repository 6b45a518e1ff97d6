# SPDX-License-Identifier: EUPL-1.2
"""The yearly programme: its requirements, what already proves each, and the packs of evidence."""
