"""Typesetting: only named templates, equal input gives equal files, small pictures."""

from datetime import UTC, datetime

import pytest

from gandan.documents import typeset

AT = datetime(2025, 4, 29, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize("name", ["../settings", "nothing", "/etc/passwd", "a/../../x"])
def test_only_templates_of_the_house_are_compiled(name: str) -> None:
    with pytest.raises(ValueError, match="no template"):
        typeset.compile_pdf(name, {}, at=AT)
