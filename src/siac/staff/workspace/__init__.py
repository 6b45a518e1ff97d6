# SPDX-License-Identifier: EUPL-1.2
"""The pages of people, their posts and their training."""
