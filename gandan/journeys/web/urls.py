"""Addresses of work that crosses rooms; rooms link to them by name."""

from django.urls import path

from gandan.journeys.web import pages

app_name = "journeys"

urlpatterns = [
    path("danh-muc/lich/doc-lai", pages.reread, name="reread"),
    path("danh-muc/don-vi/cho-giao", pages.to_be_assigned, name="to_be_assigned"),
]
