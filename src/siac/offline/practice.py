# SPDX-License-Identifier: EUPL-1.2
"""What a practice body leaves behind of the office without network."""

LEFT_BEHIND = {
    "offline.OfflineDevice": "Laptops of real officers of the source, which may send to it alone.",
    "offline.OfflineRecord": "What real people said to the source.",
}
