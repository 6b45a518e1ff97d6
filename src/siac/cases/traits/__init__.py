# SPDX-License-Identifier: EUPL-1.2
"""What people tell of themselves after they sent a request, for statistics and nothing else."""
