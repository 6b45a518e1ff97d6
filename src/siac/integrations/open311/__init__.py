# SPDX-License-Identifier: EUPL-1.2
"""Open311 GeoReport v2: the interface that programs for reporting to cities know, on requests of a body."""
