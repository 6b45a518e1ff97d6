# SPDX-License-Identifier: EUPL-1.2
"""Colours of a body that stay legible (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."""

import re

DEFAULT = "#0b4f6c"
WHITE, INK = "#ffffff", "#14202b"
TEXT_CONTRAST = 4.5
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


def parse(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue (0 to 255) of `#rrggbb`.

    Raises:
        ValueError: it is no such colour.
    """
    found = _HEX.fullmatch(colour.strip())
    if found is None:
        raise ValueError(colour)
    digits = found[1]
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance of `colour`, 0 (black) to 1 (white)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in parse(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(colour: str) -> str:
    """Return the text colour, white or near black, that reads better on `colour`."""
    return max((WHITE, INK), key=lambda text: contrast(text, colour))


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from `one` to `other`."""
    parts = (round(a + (b - a) * share) for a, b in zip(parse(one), parse(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def darkened_for_text(colour: str, background: str = WHITE) -> str:
    """Return `colour`, darkened only as far as text on `background` needs."""
    for step in range(21):
        candidate = mix(colour, "#000000", step / 20)
        if contrast(candidate, background) >= TEXT_CONTRAST:
            return candidate
    return INK


def tokens(colour: str) -> dict[str, str]:
    """Return the custom properties of a body's stylesheet; a bad colour gives the default ones."""
    try:
        brand = mix(colour, colour, 0)
    except ValueError:
        brand = DEFAULT
    if contrast(brand, WHITE) < 3:  # a header must stand out from the white page (1.4.11)
        brand = darkened_for_text(brand)
    if contrast(text_on(brand), brand) < TEXT_CONTRAST:  # a middling colour suits neither text
        brand = darkened_for_text(brand)
    tint = mix(brand, WHITE, 0.93)
    return {
        "--siac-brand": brand,
        "--siac-on-brand": text_on(brand),
        "--siac-link": darkened_for_text(brand, tint),
        "--siac-tint": tint,
    }
