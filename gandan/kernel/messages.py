"""The clock's few messages in Vietnamese, English and French (terms: the glossary)."""

from collections.abc import Mapping
from dataclasses import dataclass

from gandan.kernel.clock.allowance import Unit

OneAndMany = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Messages:
    decimal_sign: str
    weekdays: tuple[str, ...]
    units: Mapping[Unit, OneAndMany]
    due: str
    due_provisional: str
    stopped: str
    set_by_officer: str
    from_receipt: str
    from_completion: str
    hours_from_completion: str
    from_moment: str
    of_which: str
    days_left: str
    counted: OneAndMany
    in_hours: str
    made_up: str
    not_counted: str
    weekends: str
    waiting: str
    left_out: str
    provisional: str
    rule: str
    unverified: str
    other_kind: str
    rests: Mapping[str, str]
    days: Mapping[str, str]
    kinds: Mapping[str, str]
    owners: Mapping[str, str]


VI = Messages(
    decimal_sign=",",
    weekdays=(
        "thứ Hai",
        "thứ Ba",
        "thứ Tư",
        "thứ Năm",
        "thứ Sáu",
        "thứ Bảy",
        "Chủ nhật",
    ),
    units={
        Unit.WORKING_DAY: ("ngày làm việc", "ngày làm việc"),
        Unit.DAY: ("ngày", "ngày"),
        Unit.HOUR: ("giờ làm việc", "giờ làm việc"),
        Unit.MONTH: ("tháng", "tháng"),
    },
    due="Hạn trả kết quả: {due}",
    due_provisional="Hạn trả kết quả (dự kiến): {due}",
    stopped="Tạm dừng từ {since}",
    set_by_officer="Thời hạn ghi bằng lời: cán bộ ấn định ngày trả và ghi lý do",
    from_receipt="tính từ hôm sau ngày nhận ({zero})",
    from_completion="tính lại từ hôm sau ngày nhận đủ hồ sơ ({zero})",
    hours_from_completion="tính lại từ khi nhận đủ hồ sơ ({zero})",
    from_moment="tính từ {moment}",
    of_which=", trong đó {quantity} ngày {what}",
    days_left="Còn {days} {unit}, tính tiếp khi hết chờ",
    counted=("{days}: ngày {numbers}", "{days}: ngày {numbers}"),
    in_hours="{days}: {hours}",
    made_up="làm bù",
    not_counted="{days} không tính: {why}",
    weekends="Thứ Bảy, Chủ nhật không tính: {days}",
    waiting="Từ {day} không tính: {why}",
    left_out="Tổng thời gian luật không tính: {days} {unit}",
    provisional="Ngày dự kiến: lịch nghỉ của năm liên quan chưa được công bố",
    rule="Quy định áp dụng: {id}, {basis}",
    unverified="chưa kiểm chứng",
    other_kind="thời gian luật không tính",
    rests={
        "holiday": "nghỉ lễ",
        "substitute_off": "nghỉ bù",
        "swapped_off": "hoán đổi",
    },
    days={
        "outside_hours": "{days}: ngoài giờ làm việc, tính từ lúc mở cửa kế tiếp",
        "dropped": "{days} không tính nữa: tính lại từ đầu khi đủ hồ sơ",
        "day_of_completion": "{days}: nhận đủ hồ sơ, tính lại từ hôm sau",
        "moved_on": "{days}: hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc kế tiếp",
    },
    kinds={
        "supplement": "chờ bổ sung hồ sơ",
        "tax": "cơ quan thuế xác định nghĩa vụ tài chính",
        "tax_assessment": "cơ quan thuế xác định nghĩa vụ tài chính",
        "payment": "chờ nộp tiền",
        "measuring": "đo đạc",
        "posting": "niêm yết công khai",
        "public_posting": "niêm yết công khai",
        "expert_opinion": "lấy ý kiến chuyên môn",
        "inheritance": "giải quyết thừa kế",
        "verification": "xác minh",
    },
    owners={"applicant": "người nộp hồ sơ", "tax_office": "cơ quan thuế"},
)

EN = Messages(
    decimal_sign=".",
    weekdays=(
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
    units={
        Unit.WORKING_DAY: ("working day", "working days"),
        Unit.DAY: ("day", "days"),
        Unit.HOUR: ("office hour", "office hours"),
        Unit.MONTH: ("month", "months"),
    },
    due="Due date: {due}",
    due_provisional="Due date (provisional): {due}",
    stopped="Stopped since {since}",
    set_by_officer="The limit is a text: an officer sets the date and gives the reason",
    from_receipt="from the day after receipt ({zero})",
    from_completion="anew from the day after the complete papers came ({zero})",
    hours_from_completion="anew from when the complete papers came ({zero})",
    from_moment="from {moment}",
    of_which=", {quantity} of them {what}",
    days_left="{days} {unit} left, counted once the wait is over",
    counted=("{days}: day {numbers}", "{days}: days {numbers}"),
    in_hours="{days}: {hours}",
    made_up="made up for a day off",
    not_counted="{days} not counted: {why}",
    weekends="Saturdays and Sundays not counted: {days}",
    waiting="From {day} not counted: {why}",
    left_out="Time the law leaves out, in all: {days} {unit}",
    provisional="Provisional date: days off of a year concerned are not decreed yet",
    rule="Rule applied: {id}, {basis}",
    unverified="unverified",
    other_kind="time the law leaves out",
    rests={
        "holiday": "public holiday",
        "substitute_off": "substitute day off",
        "swapped_off": "swapped day off",
    },
    days={
        "outside_hours": "{days}: outside office hours, counted from the next opening",
        "dropped": "{days} no longer counted: the count begins anew",
        "day_of_completion": "{days}: papers complete, counted from the day after",
        "moved_on": "{days}: the limit ended on a rest day, next working day",
    },
    kinds={
        "supplement": "waiting for missing papers",
        "tax": "tax assessment",
        "tax_assessment": "tax assessment",
        "payment": "waiting for payment",
        "measuring": "measuring",
        "posting": "public posting",
        "public_posting": "public posting",
        "expert_opinion": "expert opinion",
        "inheritance": "settling the inheritance",
        "verification": "verification",
    },
    owners={"applicant": "applicant", "tax_office": "tax office"},
)

FR = Messages(
    decimal_sign=",",
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    units={
        Unit.WORKING_DAY: ("jour ouvré", "jours ouvrés"),
        Unit.DAY: ("jour", "jours"),
        Unit.HOUR: ("heure de bureau", "heures de bureau"),
        Unit.MONTH: ("mois", "mois"),
    },
    due="Échéance : {due}",
    due_provisional="Échéance (provisoire) : {due}",
    stopped="Suspendu depuis le {since}",
    set_by_officer="Délai en toutes lettres : un agent fixe la date et la motive",
    from_receipt="à compter du lendemain du dépôt ({zero})",
    from_completion="de nouveau à compter du lendemain du dossier complet ({zero})",
    hours_from_completion="de nouveau dès que le dossier est complet ({zero})",
    from_moment="à partir de {moment}",
    of_which=", dont {quantity} {what}",
    days_left="Il reste {days} {unit}, à compter de la fin de l'attente",
    counted=("{days} : jour {numbers}", "{days} : jours {numbers}"),
    in_hours="{days} : {hours}",
    made_up="travaillé en échange",
    not_counted="{days} non comptés : {why}",
    weekends="Samedis et dimanches non comptés : {days}",
    waiting="À partir du {day}, non compté : {why}",
    left_out="Temps que la loi ne compte pas, en tout : {days} {unit}",
    provisional="Date provisoire : les jours de repos d'une année ne sont pas fixés",
    rule="Règle appliquée : {id}, {basis}",
    unverified="non vérifiée",
    other_kind="temps que la loi ne compte pas",
    rests={
        "holiday": "jour férié",
        "substitute_off": "repos de remplacement",
        "swapped_off": "repos permuté",
    },
    days={
        "outside_hours": "{days} : hors des heures, compté dès la prochaine ouverture",
        "dropped": "{days} ne comptent plus : le délai recommence",
        "day_of_completion": "{days} : dossier complet, compté dès le lendemain",
        "moved_on": "{days} : fin sur un jour de repos, reportée au jour ouvré suivant",
    },
    kinds={
        "supplement": "attente de pièces complémentaires",
        "tax": "calcul de l'impôt",
        "tax_assessment": "calcul de l'impôt",
        "payment": "attente du paiement",
        "measuring": "mesurage",
        "posting": "affichage public",
        "public_posting": "affichage public",
        "expert_opinion": "avis d'expert",
        "inheritance": "règlement de la succession",
        "verification": "vérification",
    },
    owners={"applicant": "demandeur", "tax_office": "service des impôts"},
)

MESSAGES: dict[str, Messages] = {"vi": VI, "en": EN, "fr": FR}
