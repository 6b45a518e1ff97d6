# SPDX-License-Identifier: EUPL-1.2
"""How people come in: the provider of identity of each body, its directory (SCIM), the trail of sign-ins."""
