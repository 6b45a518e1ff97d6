# SPDX-License-Identifier: EUPL-1.2
"""Wiring: settings, addresses, the command line, the demonstration. The only place that knows everyone."""
