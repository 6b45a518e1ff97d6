# SPDX-License-Identifier: EUPL-1.2
"""SIAC: citizens' requests on a legal clock, service charters kept from the daily work."""
