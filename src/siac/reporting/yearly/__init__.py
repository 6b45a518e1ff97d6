# SPDX-License-Identifier: EUPL-1.2
"""The yearly report that a country asks of its bodies, with the columns that it names."""
