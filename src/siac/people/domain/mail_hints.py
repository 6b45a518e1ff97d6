# SPDX-License-Identifier: EUPL-1.2
"""An address that is one slip away from a provider that many use: a hint, never a correction."""

KNOWN = (
    "gmail.com",
    "hotmail.com",
    "hotmail.es",
    "hotmail.cl",
    "outlook.com",
    "outlook.es",
    "outlook.cl",
    "live.cl",
    "live.com",
    "yahoo.com",
    "yahoo.es",
    "yahoo.cl",
    "yahoo.com.pe",
    "icloud.com",
    "vtr.net",
    "telefonica.net",
    "movistar.es",
)


def meant_address(address: str) -> str:
    """Return the address that may have been meant, or nothing where the domain is known or like none
    that is.
    """
    local, _, domain = address.strip().rpartition("@")
    domain = domain.casefold()
    if not local or domain in KNOWN:
        return ""
    near = [known for known in KNOWN if is_one_slip(domain, known)]
    return f"{local}@{near[0]}" if len(near) == 1 else ""


def is_one_slip(one: str, other: str) -> bool:
    """Return whether two words differ by one letter left out, put in, changed, or two neighbours swapped."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    start = next((place for place, sign in enumerate(one) if sign != other[place]), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = (
        one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    )
    return swapped or one[start + 1 :] == other[start + 1 :]
