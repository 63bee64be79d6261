"""Every address of the house. Slugs are Vietnamese without marks, in all languages."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from gandan.dossiers.web.api.views import api
from gandan.dossiers.web.public.filing import journey as own_filing

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls)]
urlpatterns += i18n_patterns(
    path("", include("gandan.site.urls")),
    path("", include("gandan.journeys.web.urls")),
    path("", include("gandan.places.web.urls")),
    path("", include("gandan.people.web.urls")),
    path("", include("gandan.duties.web.urls")),
    path("", include("gandan.notices.web.urls")),
    path("", include("gandan.procedures.web.urls")),
    path("", include("gandan.dossiers.web.urls")),
    path("nop/", include(own_filing.urls())),
    path("", include("gandan.programmes.web.urls")),
    path("", include("gandan.indicators.web.urls")),
    path("", include("gandan.indicators.web.editions_urls")),
    path("", include("gandan.indicators.web.outside_urls")),
    path("", include("gandan.indicators.web.reform_urls")),
    path("tai-khoan/", include("gandan.people.web.account_urls")),
    prefix_default_language=False,
)

if settings.DEMO:
    urlpatterns += i18n_patterns(
        path("", include("gandan.site.demo.urls")),
        prefix_default_language=False,
    )

if settings.DEBUG or settings.DEMO:
    urlpatterns += i18n_patterns(
        path("bang-mau/", include("gandan.ui.urls")),
        prefix_default_language=False,
    )

# Forbidden looks like missing; a crash is answered without the database.
handler400 = "gandan.ui.errors.bad"
handler403 = handler404 = "gandan.ui.errors.missing"
handler500 = "gandan.ui.errors.broken"
