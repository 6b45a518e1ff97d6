# SPDX-License-Identifier: EUPL-1.2
"""How much each person of a team has at hand, and who gets it when somebody leaves or a unit closes."""
