"""Typesetting: only named templates, equal files for equal data, no data in errors."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from PIL import Image
from pytest_django.fixtures import Settings

from gandan.documents import printing, typeset
from tests.documents.conftest import read_back, receipt

AT = datetime(2025, 4, 29, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize("name", ["../settings", "nothing", "/etc/passwd", "a/../../x"])
def test_only_templates_of_the_house_are_compiled(name: str) -> None:
    with pytest.raises(ValueError, match="no template"):
        typeset.compile_pdf(name, {}, at=AT)


def test_equal_data_at_an_equal_time_give_equal_bytes() -> None:
    assert printing.to_pdf(receipt(), at=AT) == printing.to_pdf(receipt(), at=AT)


def test_a_file_says_when_it_was_made() -> None:
    assert (
        "2025-04-29T02:15:00" in read_back(printing.to_pdf(receipt(), at=AT)).metadata
    )


def test_an_error_names_the_template_and_never_the_data() -> None:
    with pytest.raises(typeset.TypesetFailed) as failed:
        typeset.compile_pdf("slip01", {"title": "Hoàng Thị Ngọc Ánh"}, at=AT)
    assert str(failed.value) == "typesetting slip01 failed"
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


def test_threads_share_the_compiler() -> None:
    def name_on(n: int) -> bool:
        made = receipt(code=f"H14-{n:04d}")
        return read_back(printing.to_pdf(made, at=AT)).says(f"H14-{n:04d}")

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(name_on, range(24)))


def test_a_picture_is_grey_and_as_wide_as_a_telephone_shows() -> None:
    [first, _second] = typeset.compile_png("slip01", receipt().data())
    with Image.open(BytesIO(first)) as image:
        assert image.mode == "P"
        assert image.size == (699, 992)
        assert len(image.getcolors() or ()) <= 16


def test_a_drawing_holds_the_page() -> None:
    [first, _second] = typeset.compile_svg("slip01", receipt().data())
    assert first.startswith("<svg")


def test_missing_fonts_stop_with_a_sentence(settings: Settings) -> None:
    settings.FONT_DIRS = []
    typeset.fonts.cache_clear()
    try:
        with pytest.raises(ImproperlyConfigured, match="npm ci"):
            typeset.fonts()
    finally:
        typeset.fonts.cache_clear()
