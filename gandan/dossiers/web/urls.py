"""Addresses of the room, in Vietnamese without marks."""

from django.urls import path

from gandan.dossiers.web.desk import (
    batch,
    board,
    counter,
    counter_new,
    counter_once,
    counter_taken,
    lists,
    pages,
    papers,
    ratings,
    register,
    replies,
    visits,
)
from gandan.dossiers.web.public import urls as public

app_name = "dossiers"

urlpatterns = [
    *public.urlpatterns,
    path("quay", counter.counter, name="counter"),
    path("quay/danh-gia", ratings.page, name="ratings"),
    path("quay/moi", counter_new.new, name="intake"),
    path("quay/moi/tim", counter_new.found, name="intake_found"),
    path("quay/moi/bieu-mau", counter_new.refreshed, name="intake_form"),
    path("quay/tam/<uuid:public_id>", counter_new.parked, name="parked"),
    path("quay/tam/<uuid:public_id>/bo", counter_new.drop, name="drop_parked"),
    path("quay/xong/<uuid:public_id>", counter_taken.taken, name="taken"),
    path(
        "quay/xong/<uuid:public_id>/to-khai.pdf",
        counter_taken.declaration,
        name="declaration",
    ),
    path("quay/tra-ngay", counter_once.at_once, name="at_once"),
    path("quay/huong-dan", visits.guide, name="guide"),
    path("quay/huong-dan/<uuid:public_id>", visits.show, name="visit"),
    path("quay/huong-dan/<uuid:public_id>/phieu.pdf", visits.printed, name="visit_pdf"),
    path("ho-so/dang-giai-quyet", lists.in_progress, name="in_progress"),
    path("ho-so/tra-ket-qua", lists.to_hand_over, name="to_hand_over"),
    path("ho-so/cho-tiep-nhan", lists.to_receive, name="to_receive"),
    path("ho-so/tam-giu", lists.parked, name="parked_list"),
    path("ho-so/tra-cuu", lists.search, name="search"),
    path("ho-so/da-huong-dan", visits.listed, name="visits"),
    path("ho-so/nhan-xu-ly", batch.take_up, name="take_up_several"),
    path("ho-so/xin-loi-hang-loat", batch.apologise, name="apologies"),
    path("ho-so/so-theo-doi", register.page, name="register"),
    path("ho-so/so-theo-doi.xlsx", register.workbook, name="register_workbook"),
    path("tong-quan", board.overview, name="overview"),
    path("ho-so/<uuid:public_id>", pages.show, name="show"),
    path("ho-so/<uuid:public_id>/tra-loi", replies.answer, name="answer"),
    path("ho-so/<uuid:public_id>/<str:name>", pages.verb, name="verb"),
    path("ho-so/<uuid:public_id>/in/<str:name>.<str:kind>", papers.file, name="file"),
    path("ho-so/<uuid:public_id>/in/<str:name>", papers.printed, name="printed"),
]
