# SPDX-License-Identifier: EUPL-1.2
"""Rules by which a body sends requests on."""
