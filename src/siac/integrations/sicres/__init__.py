# SPDX-License-Identifier: EUPL-1.2
"""Spain's exchange of registry entries (SICRES 3.0) by file: entries of other offices come in, requests go
out, and the messages about both.
"""
