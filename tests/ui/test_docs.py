"""docs/ui.md describes each component in the words of the component itself."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR, "gandan/ui/templates")
COMPONENTS = sorted((TEMPLATES / "cotton").glob("*.html"))


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_is_described_at_its_top_and_in_the_docs(component: Path) -> None:
    docs = Path(settings.BASE_DIR, "docs/ui.md").read_text()
    comment = re.match(
        r"{% comment %}\n(.*?)\n{% endcomment %}", component.read_text(), re.DOTALL
    )
    assert comment, "a component begins with a comment"
    assert f"### c-{component.stem}\n" in docs
    assert [line for line in comment[1].splitlines() if line not in docs] == []


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_stands_on_the_style_sheet(component: Path) -> None:
    name = re.compile(rf"<c-{component.stem}\b")
    shown = [*TEMPLATES.glob("ui/**/*.html"), *COMPONENTS]
    assert any(name.search(path.read_text()) for path in shown if path != component)
