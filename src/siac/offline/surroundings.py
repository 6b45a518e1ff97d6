# SPDX-License-Identifier: EUPL-1.2
"""Where and when a case was received that came without network."""

from siac.cases.public import Fragment

FRAGMENTS = (
    Fragment(
        "offline",
        "(SELECT jsonb_build_object('received_at', r.received_at, 'synced_at', r.synced_at,"
        " 'offset', r.offset_seconds, 'device', d.name, 'officer', u.name)"
        " FROM offline_offlinerecord r JOIN offline_offlinedevice d ON d.id = r.device_id"
        " JOIN accounts_user u ON u.id = r.officer_id WHERE r.case_id = cases_case.id)",
    ),
)
