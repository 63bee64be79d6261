"""Addresses of outside indices and targets."""

from django.urls import path, register_converter

from gandan.indicators.web import outside


class Ending:
    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Ending, "outside_ending")

app_name = "outside"
urlpatterns = [
    path("so-lieu/chi-so-ngoai", outside.indices, name="indices"),
    path("so-lieu/chi-so-ngoai/<slug:slug>", outside.one_index, name="index"),
    path(
        "so-lieu/chi-so-ngoai/<slug:slug>/tai-ve.<outside_ending:ending>",
        outside.download,
        name="download",
    ),
    path("so-lieu/muc-tieu", outside.targets, name="targets"),
]
