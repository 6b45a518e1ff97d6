# SPDX-License-Identifier: EUPL-1.2
"""Countries: a folder for each, with all that is of that country only."""
