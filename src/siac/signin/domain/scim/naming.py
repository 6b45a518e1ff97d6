# SPDX-License-Identifier: EUPL-1.2
"""What schemas are called, how much is taken, and what is said of what cannot be done."""

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
MOST_MEMBERS = 20_000
MOST_OPERATIONS = 1000
MOST_EMAILS = 10
LIMIT = 250
READ_ONLY = frozenset({"id", "meta", "schemas", "groups"})


class Bad(Exception):
    """What came cannot be done: `kind` is its `scimType`, the message its `detail`."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
