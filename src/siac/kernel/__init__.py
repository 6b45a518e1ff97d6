# SPDX-License-Identifier: EUPL-1.2
"""Plain Python that every floor may use."""
