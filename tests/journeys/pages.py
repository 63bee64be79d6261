"""Every page of the house, whom it is shown to, and the states it has.

An address holds the names of prepared records in braces; `facts.py` finds them. The
table is compared with the addresses of the house: a new page without a line here fails.
"""

from gandan.dossiers.rules.moves import Verb
from gandan.forms import loading
from tests.journeys.form_pages import first_items, of_forms, questions
from tests.journeys.looks import (
    ADMINISTRATOR,
    ANYONE,
    CHAIR,
    COUNTER,
    HEAD,
    HOLDER,
    LAND,
    NEWCOMER,
    NOBODY,
    PROVINCE,
    SEND,
    WRITER,
    Look,
    looks,
)

# States of a dossier as the province has them at its ward.
BEFORE = ("submitted", "sent_back", "rejected")
RECEIVED = (
    *("received", "processing", "late", "asked", "left_out", "extended", "supplement"),
    *("payment", "withdrawal_asked", "stopped", "refused", "done", "returned"),
)
# Each verb where it may be done, by whom.
VERBS: dict[Verb, tuple[str, str]] = {
    Verb.RECEIVE: (COUNTER, "submitted"),
    Verb.SEND_BACK: (COUNTER, "submitted"),
    Verb.REJECT: (COUNTER, "submitted"),
    Verb.TAKE_UP: (LAND, "received"),
    Verb.PASS_ON: (LAND, "processing"),
    Verb.ASK_OPINION: (LAND, "processing"),
    Verb.CHASE: (LAND, "processing"),
    Verb.ASK_SUPPLEMENT: (LAND, "processing"),
    Verb.ASK_SUPPLEMENT_AGAIN: (CHAIR, "papers_came"),
    Verb.TAKE_PAPERS: (COUNTER, "supplement"),
    Verb.OPEN_LEFT_OUT: (LAND, "processing"),
    Verb.CLOSE_LEFT_OUT: (LAND, "left_out"),
    Verb.ASK_PAYMENT: (LAND, "processing"),
    Verb.TAKE_PAYMENT: (COUNTER, "payment"),
    Verb.APOLOGISE: (CHAIR, "processing"),
    Verb.REROUTE: (HEAD, "received"),
    Verb.ASK_WITHDRAWAL: (COUNTER, "processing"),
    Verb.KEEP: (COUNTER, "withdrawal_asked"),
    Verb.GRANT_WITHDRAWAL: (HEAD, "withdrawal_asked"),
    Verb.STOP: (CHAIR, "processing"),
    Verb.REFUSE: (CHAIR, "processing"),
    Verb.DECIDE: (CHAIR, "processing"),
    Verb.HAND_OVER: (COUNTER, "done"),
}
# Verbs whose form asks something that may not be left empty.
ASKING = (
    *(Verb.REJECT, Verb.SEND_BACK, Verb.ASK_OPINION, Verb.CHASE, Verb.ASK_SUPPLEMENT),
    *(Verb.OPEN_LEFT_OUT, Verb.ASK_PAYMENT, Verb.APOLOGISE, Verb.REROUTE, Verb.STOP),
    Verb.REFUSE,
)

UNITS = "/danh-muc/don-vi"
PAGES: dict[str, tuple[Look, ...]] = {
    "home": looks(ANYONE, "/"),
    # Who has a role is led to its page.
    "first_page": (Look(NOBODY, "/bat-dau", status=403),),
    "today": looks(ANYONE, "/so-lieu/hom-nay"),
    "help": looks(ANYONE, "/tro-giup"),
    "demo:five_minutes": looks(ANYONE, "/nam-phut"),
    "ui:sheet": looks(ANYONE, "/bang-mau/"),
    "ui:work": looks(ANYONE, "/bang-mau/work"),
    "ui:follow": looks(ANYONE, "/bang-mau/theo-doi"),
    "ui:question": looks(ANYONE, "/bang-mau/question"),
    "programmes:article": looks(ANYONE, "/chuong-trinh/08-da-tu"),
    "outside:indices": looks(ANYONE, "/so-lieu/chi-so-ngoai"),
    "outside:index": looks(
        ANYONE,
        *("/so-lieu/chi-so-ngoai/papi", "/so-lieu/chi-so-ngoai/766"),
        *("/so-lieu/chi-so-ngoai/pci", "/so-lieu/chi-so-ngoai/sipas"),
    ),
    "outside:targets": looks(ANYONE, "/so-lieu/muc-tieu"),
    "editions:list": looks(ANYONE, "/so-lieu/an-ban"),
    "editions:drafts": (
        Look(PROVINCE, "/so-lieu/du-thao"),
        Look(PROVINCE, "/so-lieu/du-thao", press=SEND),
    ),
    "figures:index": looks(ANYONE, "/so-lieu"),
    "figures:one": looks(
        ANYONE,
        *("/so-lieu/chi-so/dossiers.late", "/so-lieu/chi-so/dossiers.late?nam=2025"),
        "/so-lieu/chi-so/care.rating",
    ),
    "figures:board": looks(
        PROVINCE, "/so-lieu/bang", "/so-lieu/bang?ky=2025-Q1&chot=2025-03-31"
    ),
    "figures:late": (
        *looks(CHAIR, "/so-lieu/tre-han"),
        *looks(PROVINCE, "/so-lieu/tre-han"),
    ),
    "figures:scorecard": looks(
        CHAIR, "/so-lieu/don-vi/{ward}", "/so-lieu/don-vi/{ward}?ky=2025-Q1"
    ),
    "figures:lever": looks(
        CHAIR,
        "/so-lieu/don-vi/{ward}/766/2.1",
        "/so-lieu/don-vi/{ward}/766/5.A?ky=2025-Q1",
    ),
    "figures:behind": (
        *looks(CHAIR, "/so-lieu/don-vi/{ward}/ho-so/dossiers.open"),
        *looks(PROVINCE, "/so-lieu/don-vi/toan-tinh/ho-so/dossiers.past_due"),
    ),
    "reform:rounds": (
        *looks(CHAIR, "/so-lieu/cai-cach"),
        *looks(PROVINCE, "/so-lieu/cai-cach"),
    ),
    "reform:sheet": (
        *looks(CHAIR, "/so-lieu/cai-cach/phieu/{reform_sheet}"),
        *looks(PROVINCE, "/so-lieu/cai-cach/phieu/{reform_first}"),
    ),
    "reform:fill": (
        Look(CHAIR, "/so-lieu/cai-cach/phieu/{reform_sheet}/cham"),
        Look(
            CHAIR,
            "/so-lieu/cai-cach/phieu/{reform_sheet}/cham",
            press="main button[name=end]",
        ),
        Look(PROVINCE, "/so-lieu/cai-cach/phieu/{reform_first}/cham"),
    ),
    "reform:adjust": (
        Look(PROVINCE, "/so-lieu/cai-cach/phieu/{reform_first}/thuong-phat"),
        Look(
            PROVINCE, "/so-lieu/cai-cach/phieu/{reform_first}/thuong-phat", press=SEND
        ),
    ),
    "reform:evidence": (
        Look(CHAIR, "/so-lieu/cai-cach/phieu/{reform_sheet}/minh-chung/3.1"),
        Look(
            CHAIR, "/so-lieu/cai-cach/phieu/{reform_sheet}/minh-chung/3.1", press=SEND
        ),
    ),
    # --- procedures
    "procedures:search": looks(
        ANYONE,
        *("/thu-tuc", "/thu-tuc?q=so+do", "/thu-tuc?q=khong+co+thu+tuc+nay"),
    ),
    "procedures:show": looks(
        ANYONE,
        *("/thu-tuc/1.001193", "/thu-tuc/1.013978", "/thu-tuc/1.001612"),
    ),
    "procedures:my_list": looks(
        ANYONE, "/thu-tuc/1.001193/giay-to", "/thu-tuc/1.013978/giay-to"
    ),
    "procedures:versions": looks(ANYONE, "/thu-tuc/1.013978/phien-ban"),
    "procedures:old_version": looks(ANYONE, "/thu-tuc/1.013978/phien-ban/1"),
    "procedures:postings": looks(ANYONE, "/cong-khai"),
    "procedures:catalogue": looks(
        LAND, "/danh-muc/thu-tuc", "/danh-muc/thu-tuc?q=so+do"
    ),
    "procedures:walls": looks(HEAD, "/danh-muc/thu-tuc/niem-yet"),
    "procedures:confirm_posting": (
        Look(HEAD, "/danh-muc/thu-tuc/niem-yet/{desk}"),
        Look(HEAD, "/danh-muc/thu-tuc/niem-yet/{desk}", press=SEND),
    ),
    "procedures:manage": looks(LAND, "/danh-muc/thu-tuc/1.013978"),
    "procedures:new_version": (
        Look(ADMINISTRATOR, "/danh-muc/thu-tuc/1.013978/moi"),
        Look(ADMINISTRATOR, "/danh-muc/thu-tuc/1.013978/moi", press=SEND),
    ),
    # --- places
    "places:desks": looks(ANYONE, "/noi-tiep-nhan", "/noi-tiep-nhan?q=hop+giang"),
    "places:desk": looks(ANYONE, "/noi-tiep-nhan/{desk}"),
    "places:communes": looks(ANYONE, "/xa", "/xa?q=hop+giang"),
    "places:commune": looks(ANYONE, "/xa/{unit}"),
    "places:organisations": looks(LAND, UNITS, f"{UNITS}?q=thuc+phan"),
    "places:unassigned": looks(LAND, f"{UNITS}/chua-giao"),
    "places:organisation": looks(
        ADMINISTRATOR, f"{UNITS}/co-quan/{{body}}", f"{UNITS}/co-quan/{{committee}}"
    ),
    "places:rename_body": (
        Look(ADMINISTRATOR, f"{UNITS}/doi-ten/{{body}}"),
        Look(ADMINISTRATOR, f"{UNITS}/doi-ten/{{body}}", press=SEND),
    ),
    "places:contact": looks(ADMINISTRATOR, f"{UNITS}/lien-he/{{desk}}"),
    "places:hours": looks(ADMINISTRATOR, f"{UNITS}/gio-mo-cua/{{desk}}"),
    "places:mobile_day": (
        Look(ADMINISTRATOR, f"{UNITS}/luu-dong/{{desk}}"),
        Look(ADMINISTRATOR, f"{UNITS}/luu-dong/{{desk}}", press=SEND),
    ),
    "places:receiver": looks(ADMINISTRATOR, f"{UNITS}/noi-nhan-viec/{{ended_body}}"),
    "places:give_seat": (
        Look(ADMINISTRATOR, f"{UNITS}/ghe/{{committee}}"),
        Look(ADMINISTRATOR, f"{UNITS}/ghe/{{committee}}", press=SEND),
    ),
    "places:units": looks(LAND, f"{UNITS}/dia-ban", f"{UNITS}/dia-ban?q=hop+giang"),
    "places:unit": looks(LAND, f"{UNITS}/dia-ban/{{unit}}"),
    "places:rename_unit": looks(ADMINISTRATOR, f"{UNITS}/doi-ten-dia-ban/{{unit}}"),
    "places:merge": (
        Look(ADMINISTRATOR, f"{UNITS}/sap-nhap"),
        Look(ADMINISTRATOR, f"{UNITS}/sap-nhap", press=SEND),
    ),
    "places:calendar": looks(LAND, "/danh-muc/lich"),
    "places:calendar_year": looks(LAND, "/danh-muc/lich/2025", "/danh-muc/lich/2027"),
    "places:decree": (
        Look(ADMINISTRATOR, "/danh-muc/lich/quyet-dinh"),
        Look(ADMINISTRATOR, "/danh-muc/lich/quyet-dinh", press=SEND),
    ),
    "journeys:reread": looks(ADMINISTRATOR, "/danh-muc/lich/doc-lai"),
    "journeys:to_be_assigned": looks(ADMINISTRATOR, f"{UNITS}/cho-giao"),
    # --- people
    "account_login": (
        Look(ANYONE, "/tai-khoan/dang-nhap"),
        Look(ANYONE, "/tai-khoan/dang-nhap", press=SEND),
    ),
    "account_logout": looks(LAND, "/tai-khoan/dang-xuat"),
    "account_inactive": looks(ANYONE, "/tai-khoan/da-dong"),
    "people:change_officer": looks(COUNTER, "/doi-can-bo"),
    "people:users": looks(ADMINISTRATOR, "/danh-muc/nguoi-dung"),
    "people:new": (
        Look(ADMINISTRATOR, "/danh-muc/nguoi-dung/moi"),
        Look(ADMINISTRATOR, "/danh-muc/nguoi-dung/moi", press=SEND),
    ),
    "people:account": looks(ADMINISTRATOR, "/danh-muc/nguoi-dung/{user}"),
    "people:correct": looks(ADMINISTRATOR, "/danh-muc/nguoi-dung/{user}/sua"),
    "people:give": (
        Look(ADMINISTRATOR, "/danh-muc/nguoi-dung/{user}/giao"),
        Look(ADMINISTRATOR, "/danh-muc/nguoi-dung/{user}/giao", press=SEND),
    ),
    "people:close": looks(ADMINISTRATOR, "/danh-muc/nguoi-dung/{user}/dong"),
    "people:end": looks(ADMINISTRATOR, "/danh-muc/nhiem-vu/{mandate}/ket-thuc"),
    "people:deputy": looks(ADMINISTRATOR, "/danh-muc/nhiem-vu/{mandate}/thay"),
    # --- duties, messages
    "duties:mine": (
        *looks(LAND, "/viec-cua-toi", "/viec-cua-toi?loc=tre"),
        *looks(HEAD, "/viec-cua-toi"),
        *looks(CHAIR, "/viec-cua-toi?viec=sign"),
        *looks(PROVINCE, "/viec-cua-toi"),
    ),
    "duties:waiting": looks(LAND, "/viec-cua-toi/cho"),
    "duties:by_village": looks(LAND, "/viec-cua-toi/theo-xom"),
    "duties:done": looks(LAND, "/viec-cua-toi/da-xong"),
    "duties:five_lines": looks(CHAIR, "/nam-dong"),
    "notices:calls": looks(COUNTER, "/quay/goi-dien"),
    "notices:cards": looks(COUNTER, "/quay/phieu-bao"),
    "notices:outbox": looks(ANYONE, "/hop-thu-di"),
    "notices:message": looks(
        ANYONE, "/hop-thu-di/{text}", "/hop-thu-di/{call}", "/hop-thu-di/{card}"
    ),
    # --- the resident
    "dossiers:follow": (
        Look(ANYONE, "/theo-doi"),
        Look(ANYONE, "/theo-doi", press=SEND),
        Look(HOLDER, "/theo-doi"),
    ),
    "dossiers:followed": tuple(
        Look(HOLDER, f"/theo-doi/ho-so?ho-so={{{state}}}")
        for state in (*BEFORE, *RECEIVED)
    ),
    "dossiers:complete": (
        Look(HOLDER, "/theo-doi/bo-sung?ho-so={sent_back}"),
        Look(HOLDER, "/theo-doi/bo-sung?ho-so={sent_back}", press=SEND),
    ),
    "dossiers:withdraw": looks(HOLDER, "/theo-doi/rut?ho-so={processing}"),
    "dossiers:rate": (
        Look(HOLDER, "/theo-doi/danh-gia?ho-so={returned}"),
        Look(HOLDER, "/theo-doi/danh-gia?ho-so={returned}", press=SEND),
    ),
    "filing:index": looks(ANYONE, "/nop/"),
    "filing:resume": (
        Look(ANYONE, "/nop/tiep-tuc/"),
        Look(ANYONE, "/nop/tiep-tuc/", press=SEND),
    ),
    "filing:start": looks(
        ANYONE, *(f"/nop/{one.slug}/" for one in loading.definitions().values())
    ),
    "filing:tasks": (*of_forms(""), Look(WRITER, "/nop/khai-sinh/{begun}/")),
    "filing:leave": of_forms("luu/"),
    "filing:discard": of_forms("xoa/"),
    "filing:check": of_forms("kiem-tra/"),
    "filing:page": questions(),
    "filing:step": first_items(),
    "dossiers:addressee": of_forms("noi-nhan/"),
    # --- the desk
    "dossiers:counter": looks(COUNTER, "/quay"),
    "dossiers:ratings": looks(HEAD, "/quay/danh-gia"),
    "dossiers:intake": (
        Look(COUNTER, "/quay/moi"),
        Look(COUNTER, "/quay/moi", press="main button[value=receive]"),
        Look(COUNTER, "/quay/moi?cung={received}"),
    ),
    "dossiers:parked": (
        Look(COUNTER, "/quay/tam/{parked}"),
        Look(COUNTER, "/quay/tam/{parked}", press="main button[value=receive]"),
    ),
    "dossiers:taken": looks(COUNTER, "/quay/xong/{received}"),
    "dossiers:at_once": (
        Look(COUNTER, "/quay/tra-ngay"),
        Look(COUNTER, "/quay/tra-ngay", press="main [data-key=F9]"),
    ),
    "dossiers:guide": (
        *looks(COUNTER, "/quay/huong-dan", "/quay/huong-dan?q=khai+sinh"),
        Look(COUNTER, "/quay/huong-dan?thu-tuc=1.013978"),
        Look(COUNTER, "/quay/huong-dan?thu-tuc=1.013978", press="main [data-key=F9]"),
    ),
    "dossiers:visit": looks(COUNTER, "/quay/huong-dan/{visit}"),
    "dossiers:visits": looks(HEAD, "/ho-so/da-huong-dan"),
    "dossiers:in_progress": looks(
        LAND, "/ho-so/dang-giai-quyet", "/ho-so/dang-giai-quyet?loc=tre"
    ),
    "dossiers:to_hand_over": looks(COUNTER, "/ho-so/tra-ket-qua"),
    "dossiers:to_receive": looks(COUNTER, "/ho-so/cho-tiep-nhan"),
    "dossiers:parked_list": looks(COUNTER, "/ho-so/tam-giu"),
    "dossiers:search": (
        Look(COUNTER, "/ho-so/tra-cuu"),
        Look(LAND, "/ho-so/tra-cuu", press=SEND),
    ),
    "dossiers:apologies": (
        Look(CHAIR, "/ho-so/xin-loi-hang-loat"),
        Look(CHAIR, "/ho-so/xin-loi-hang-loat", press="main button[value=send]"),
    ),
    "dossiers:register": looks(HEAD, "/ho-so/so-theo-doi"),
    "dossiers:overview": looks(PROVINCE, "/tong-quan"),
    "dossiers:show": (
        *looks(COUNTER, *(f"/ho-so/{{{state}}}" for state in (*BEFORE, *RECEIVED))),
        *looks(LAND, "/ho-so/{processing}", "/ho-so/{left_out}"),
        *looks(CHAIR, "/ho-so/{to_sign}"),
        *looks(HEAD, "/ho-so/{withdrawal_asked}", "/ho-so/{asked}"),
    ),
    "dossiers:answer": (
        Look(HEAD, "/ho-so/{asked}/tra-loi"),
        Look(HEAD, "/ho-so/{asked}/tra-loi", press=SEND),
    ),
    "dossiers:verb": (
        *(Look(who, f"/ho-so/{{{at}}}/{verb}") for verb, (who, at) in VERBS.items()),
        *(
            Look(VERBS[verb][0], f"/ho-so/{{{VERBS[verb][1]}}}/{verb}", press=SEND)
            for verb in ASKING
        ),
    ),
    "dossiers:printed": (
        *looks(COUNTER, "/ho-so/{received}/in/receipt", "/ho-so/{received}/in/control"),
        *looks(LAND, "/ho-so/{supplement}/in/supplement"),
        *looks(COUNTER, "/ho-so/{rejected}/in/refusal"),
        *looks(CHAIR, "/ho-so/{extended}/in/apology", "/ho-so/{stopped}/in/stop"),
    ),
}

# Addresses that answer with something else than a page, or with a page named above.
NO_PAGES: dict[str, str] = {
    "outside:download": "CSV or a workbook",
    "figures:mine": "leads on to the scorecard of the own unit",
    "figures:download": "CSV or a workbook",
    "editions:feed": "Atom",
    "editions:newest": "the demo has no approved edition: the tests of editions see it",
    "editions:one": "the same",
    "editions:download": "CSV",
    "editions:draft": "needs a draft: the tests of editions see it",
    "editions:decide": "POST",
    "reform:open": "needs a draft, and the demo's round is open",
    "reform:close": "POST",
    "reform:file": "PDF or picture",
    "demo:become": "POST: plays a part",
    "demo:move": "POST: moves the date",
    "procedures:my_list_text": "plain text",
    "procedures:my_list_print": "PDF",
    "procedures:poster": "PDF",
    "procedures:posting_photo": "a picture",
    "places:cancel_mobile_day": "POST",
    "places:end_seat": "needs a seat, and the seed gives none",
    "people:choose_office": "POST",
    "account_change_password": "no part has a password: the story of accounts has",
    "people:reset_password": "POST",
    "notices:outcome": "POST",
    "dossiers:filed": "shown once, after sending: the story of filing sees it",
    "dossiers:filed_picture": "a picture",
    "dossiers:nudge": "POST",
    "dossiers:keep": "POST",
    "dossiers:let_go": "POST",
    "dossiers:capability": "leads on to the follow page",
    "dossiers:intake_found": "POST: a part of the intake",
    "dossiers:intake_form": "POST: a part of the intake",
    "dossiers:drop_parked": "POST",
    "dossiers:declaration": "PDF",
    "dossiers:visit_pdf": "PDF",
    "dossiers:take_up_several": "POST: the batch",
    "dossiers:register_workbook": "a workbook",
    "dossiers:file": "PDF or picture",
    "filing:pdf": "PDF",
    "filing:remove": "needs a group",
}

# What a list shows to whoever has nothing in it, and a search that finds nothing.
EMPTY: tuple[Look, ...] = (
    *looks(ANYONE, "/thu-tuc?q=zzzz", "/noi-tiep-nhan?q=zzzz", "/xa?q=zzzz"),
    *looks(LAND, "/danh-muc/thu-tuc?q=zzzz", f"{UNITS}?q=zzzz"),
    *looks(LAND, f"{UNITS}/dia-ban?q=zzzz"),
    *looks(ADMINISTRATOR, "/danh-muc/nguoi-dung?q=zzzz"),
    *looks(NEWCOMER, "/viec-cua-toi", "/viec-cua-toi/cho", "/viec-cua-toi/theo-xom"),
    *looks(NEWCOMER, "/viec-cua-toi/da-xong", "/nam-dong", "/tong-quan", "/quay"),
    *looks(NEWCOMER, "/ho-so/dang-giai-quyet", "/ho-so/tra-ket-qua"),
    *looks(NEWCOMER, "/ho-so/cho-tiep-nhan", "/ho-so/tam-giu", "/ho-so/so-theo-doi"),
    *looks(NEWCOMER, "/ho-so/xin-loi-hang-loat", "/ho-so/da-huong-dan"),
    *looks(NEWCOMER, "/so-lieu/tre-han"),
    *looks(NEWCOMER, "/quay/danh-gia", "/quay/goi-dien", "/quay/phieu-bao"),
)

# A stranger and an officer of another role meet the same page.
MISSING: tuple[Look, ...] = (
    Look(ANYONE, "/khong-co-trang-nay", status=404),
    Look(LAND, "/danh-muc/nguoi-dung", status=404),
    Look(ANYONE, "/thu-tuc/9.999999", status=404),
)
