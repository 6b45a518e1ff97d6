# SPDX-License-Identifier: EUPL-1.2
"""The door of a body's directory: SCIM 2.0 (RFC 7644) for its people and groups, by a key of its own."""
