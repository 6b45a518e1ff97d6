# SPDX-License-Identifier: EUPL-1.2
"""Rules of the programme and of its packs, plain Python."""
