# SPDX-License-Identifier: EUPL-1.2
"""Changes: the office, what comes in, what is decided of it, what goes out, and the end of what is kept."""
