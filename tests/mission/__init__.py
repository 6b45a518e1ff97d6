# SPDX-License-Identifier: EUPL-1.2
"""What is asked of the product: each row of `docs/mission.md` is there, proven, and reached by clicks."""
