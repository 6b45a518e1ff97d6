# SPDX-License-Identifier: EUPL-1.2
"""Rules about the people of the house, without Django."""
