# SPDX-License-Identifier: EUPL-1.2
"""What is told to somebody: rows first, sent by channels, with proof."""
