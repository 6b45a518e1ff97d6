# SPDX-License-Identifier: EUPL-1.2
"""What changes programmes and their packs."""
