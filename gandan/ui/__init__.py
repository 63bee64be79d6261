"""The look and the words every page shares: bases, components, fields, dates, numbers.

It knows no room. A room extends `ui/public.html` or `ui/workspace.html` and uses the
`<c-…>` components; docs/ui.md lists them.
"""
