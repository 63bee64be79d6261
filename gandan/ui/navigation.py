"""Links of the shell: groups of pages, the current one marked.

The site room fills `public_nav` and `work_nav` with these; a base template never
names a page that may not exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Link:
    """One page. `count` is shown in brackets, already capped."""

    name: str
    href: str
    current: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages under one heading; `href` when the group has a page of its own."""

    name: str
    links: tuple[Link, ...] = ()
    href: str = ""
    current: bool = False

    @property
    def first_href(self) -> str:
        """Where the group's name leads: its own page, else its first one."""
        return self.href or (self.links[0].href if self.links else "")


def _holds(href: str, path: str) -> bool:
    return path == href or path.startswith(href.rstrip("/") + "/")


def with_current(groups: Iterable[Group], path: str) -> tuple[Group, ...]:
    """The groups that have a page, with the closest page to `path` marked."""
    shown = tuple(group for group in groups if group.first_href)
    hrefs = {link.href for group in shown for link in group.links}
    hrefs |= {group.href for group in shown if group.href}
    here = max((h for h in hrefs if _holds(h, path)), key=len, default=None)
    if here is None:
        return shown
    marked = []
    for group in shown:
        links = tuple(replace(link, current=link.href == here) for link in group.links)
        is_here = group.href == here or any(link.current for link in links)
        marked.append(replace(group, links=links, current=is_here))
    return tuple(marked)
