# SPDX-License-Identifier: EUPL-1.2
"""What changes campaigns and their materials."""
