# SPDX-License-Identifier: EUPL-1.2
"""The quality policy of a body: what its editions say, who approved them, how far its lines have come."""
