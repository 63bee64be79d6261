"""Every word the pages share is said in Vietnamese and in French."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

HERE = Path(settings.BASE_DIR, "gandan/ui/locale")


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_nothing_is_left_untranslated(language: str) -> None:
    with (HERE / language / "LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, language, abort_invalid=True)
    assert len(catalogue) > 80
    for message in catalogue:
        said = message.string
        whole = all(said) if isinstance(said, (tuple, list)) else bool(said)
        assert whole or not message.id, message.id
        assert not message.fuzzy or not message.id, message.id


def test_both_languages_say_the_same_things() -> None:
    said = []
    for language in ("vi", "fr"):
        with (HERE / language / "LC_MESSAGES/django.po").open("rb") as file:
            said.append({(m.context, str(m.id)) for m in read_po(file, language)})
    assert said[0] == said[1]
