# SPDX-License-Identifier: EUPL-1.2
"""Everything about one case or one person, taken out whole."""
