# SPDX-License-Identifier: EUPL-1.2
"""Places where a body and the people it serves meet."""
