# SPDX-License-Identifier: EUPL-1.2
"""What words suggest: topics and units."""
