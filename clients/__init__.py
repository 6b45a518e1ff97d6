# SPDX-License-Identifier: EUPL-1.2
"""Programs that talk to the house, made from what it says of itself."""
