"""The colours of the interface guide, measured as WCAG measures them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SASS = Path(settings.BASE_DIR, "gandan/ui/assets/_tokens.scss").read_text()
TOKENS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", SASS, re.MULTILINE))
TAGS = {
    name: (text, tint)
    for name, text, tint in re.findall(
        r'"(\w+)": \(text: (#[0-9a-f]{6}), tint: (#[0-9a-f]{6})\)', SASS
    )
}


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("token", "on_white"),
    [
        ("ink", 16.4),
        ("muted", 7.2),
        ("cham", 12.9),
        ("link", 7.8),
        ("visited", 8.7),
        ("go", 6.5),
        ("field", 5.7),
    ],
)
def test_a_token_has_the_contrast_the_guide_promises(
    token: str, on_white: float
) -> None:
    assert contrast(TOKENS[token], "#ffffff") == pytest.approx(on_white, abs=0.1)


@pytest.mark.parametrize(
    ("kind", "on_tint"),
    [
        ("late", 6.8),
        ("soon", 7.6),
        ("ok", 7.0),
        ("paused", 7.9),
        ("you", 10.4),
        ("ended", 8.3),
    ],
)
def test_a_tag_is_read_on_its_tint(kind: str, on_tint: float) -> None:
    assert contrast(*TAGS[kind]) == pytest.approx(on_tint, abs=0.1)


def test_ink_is_read_on_the_focus_colour() -> None:
    assert contrast(TOKENS["ink"], TOKENS["focus"]) == pytest.approx(11.4, abs=0.1)
