# SPDX-License-Identifier: EUPL-1.2
"""`siac backup` and `siac restore`: everything an installation needs to come back, in one folder."""
