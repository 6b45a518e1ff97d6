# SPDX-License-Identifier: EUPL-1.2
"""The end of what is kept of a case: proposed by policy, approved by an administrator,
done as a job, done again after a restore.
"""
