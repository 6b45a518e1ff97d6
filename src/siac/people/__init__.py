# SPDX-License-Identifier: EUPL-1.2
"""Those who deal with a body, their identity in a vault."""
