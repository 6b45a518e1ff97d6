# SPDX-License-Identifier: EUPL-1.2
"""The pages of calendars and rules for whoever sets them up."""
