# SPDX-License-Identifier: EUPL-1.2
"""Which service or procedure of the catalogue a request is about."""
