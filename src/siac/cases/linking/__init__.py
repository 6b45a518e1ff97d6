# SPDX-License-Identifier: EUPL-1.2
"""Cases that stand beside others: linked, split, joined."""
