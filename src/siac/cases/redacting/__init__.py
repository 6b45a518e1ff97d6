# SPDX-License-Identifier: EUPL-1.2
"""What in a text may tell who somebody is."""
