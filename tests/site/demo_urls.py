"""The addresses of a process that serves the demo."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import urls

urlpatterns = [
    *urls.urlpatterns,
    *i18n_patterns(
        path("", include("gandan.site.demo.urls")), prefix_default_language=False
    ),
]
handler404 = urls.handler404
