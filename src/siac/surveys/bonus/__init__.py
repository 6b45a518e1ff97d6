# SPDX-License-Identifier: EUPL-1.2
"""Who of the staff the bonus of Ley 20.342 is due to, and how much it comes to."""
