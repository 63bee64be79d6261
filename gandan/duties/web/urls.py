"""Addresses of «Việc của tôi»."""

from django.urls import path

from gandan.duties.web import pages

app_name = "duties"
urlpatterns = [
    path("viec-cua-toi", pages.mine, name="mine"),
    path("viec-cua-toi/cho", pages.waiting, name="waiting"),
    path("viec-cua-toi/theo-xom", pages.by_village, name="by_village"),
    path("viec-cua-toi/da-xong", pages.done, name="done"),
    path("nam-dong", pages.five_lines, name="five_lines"),
]
