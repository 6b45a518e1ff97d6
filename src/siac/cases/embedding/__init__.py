# SPDX-License-Identifier: EUPL-1.2
"""The form in a frame of another site: no script there, no cookie, and only where the body said."""
