# SPDX-License-Identifier: EUPL-1.2
"""Peru's book of complaints."""
