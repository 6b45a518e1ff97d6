# SPDX-License-Identifier: EUPL-1.2
"""What attending people costs, as the body says it, and what that is for each."""
