# SPDX-License-Identifier: EUPL-1.2
"""What a new body can begin with: kits of ready configuration per country,
adopted through the ordinary commands.
"""
