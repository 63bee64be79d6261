from gandan.ui.navigation import Group, Link, with_current

FIND, FILE = Link("Tìm thủ tục", "/thu-tuc"), Link("Nộp hồ sơ", "/nop")
SERVICES = Group("Làm thủ tục", (FIND, FILE))
SPEAK = Group("Lên tiếng", (), "/len-tieng")


def test_the_page_and_its_group_are_marked() -> None:
    services, speak = with_current((SERVICES, SPEAK), "/thu-tuc/1.013978")
    assert [link.current for link in services.links] == [True, False]
    assert (services.current, speak.current) == (True, False)


def test_a_group_with_a_page_of_its_own_is_marked_on_it() -> None:
    services, speak = with_current((SERVICES, SPEAK), "/len-tieng")
    assert (services.current, speak.current) == (False, True)


def test_a_longer_name_that_begins_alike_is_another_page() -> None:
    groups = with_current((SERVICES, SPEAK), "/nop-phi")
    assert not any(group.current for group in groups)


def test_the_closest_page_wins() -> None:
    inner = Link("Đang giải quyết", "/thu-tuc/cu")
    (group,) = with_current((Group("Thủ tục", (FIND, inner)),), "/thu-tuc/cu/7")
    assert [link.current for link in group.links] == [False, True]


def test_a_group_without_a_page_does_not_appear() -> None:
    assert with_current((Group("Giám sát"), SPEAK), "/") == (SPEAK,)


def test_a_group_leads_to_its_own_page_or_its_first() -> None:
    assert (SERVICES.first_href, SPEAK.first_href) == ("/thu-tuc", "/len-tieng")
