"""The administrator's addresses, and the change of officer."""

from django.urls import path

from gandan.people.web import entrance, pages

app_name = "people"
urlpatterns = [
    path("doi-can-bo", entrance.change_officer, name="change_officer"),
    path("doi-noi-lam-viec", entrance.choose_office, name="choose_office"),
    path("danh-muc/nguoi-dung", pages.users, name="users"),
    path("danh-muc/nguoi-dung/moi", pages.new, name="new"),
    path("danh-muc/nguoi-dung/<uuid:public_id>", pages.account, name="account"),
    path("danh-muc/nguoi-dung/<uuid:public_id>/sua", pages.correct, name="correct"),
    path("danh-muc/nguoi-dung/<uuid:public_id>/giao", pages.give, name="give"),
    path("danh-muc/nguoi-dung/<uuid:public_id>/dong", pages.close, name="close"),
    path(
        "danh-muc/nguoi-dung/<uuid:public_id>/mat-khau",
        pages.reset_password,
        name="reset_password",
    ),
    path("danh-muc/nhiem-vu/<uuid:public_id>/ket-thuc", pages.end, name="end"),
    path("danh-muc/nhiem-vu/<uuid:public_id>/thay", pages.deputy, name="deputy"),
]
