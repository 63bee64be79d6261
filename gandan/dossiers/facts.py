"""The facts of the desk: what a figure may know of a dossier, and nothing of people."""

from gandan.figures.facts import Column, FactTable, Kind

_T, _I, _B, _D, _H = Kind.TEXT, Kind.INTEGER, Kind.BOOLEAN, Kind.DAY, Kind.HALF


def _date(name: str, meaning: str) -> tuple[Column, Column]:
    return (
        Column(f"{name}_day", _D, meaning, nullable=True),
        Column(f"{name}_half", _H, f"half of the month: {meaning}", nullable=True),
    )


_JUDGED = "early, on_time, late; empty while open or without a due day"

DOSSIER = FactTable(
    "dossier",
    "one row for each dossier that was received; drafts and rejected filings have none",
    (
        Column("record", _T, "public id of the dossier", public=False),
        Column("unit", _T, "key of the competent agency, the last one"),
        Column("first_unit", _T, "key of the agency competent at reception"),
        Column("receiver", _T, "key of the desk that received it"),
        Column("procedure", _T, "code of the procedure"),
        Column("field", _T, "field of the procedure"),
        Column("channel", _T, "counter, online, post"),
        Column("assisted", _B, "an official or village helper helped to file it"),
        Column("protected", _B, "of the sensitive class: never opened as a list"),
        *_date("received", "day zero: the day of receipt after normalising the hour"),
        *_date("ended", "decided, refused, withdrawn or stopped"),
        *_date("returned", "handed over"),
        Column("outcome", _T, "result, refused, withdrawn, stopped; empty while open"),
        Column("promised_day", _D, "the first promise, as printed", nullable=True),
        Column("due_day", _D, "the last due day: pauses and extensions in", True),
        Column("overdue_from", _D, "the first day it is past due if still open", True),
        Column("judged_promise", _T, f"against the first promise: {_JUDGED}"),
        Column("judged_extended", _T, f"after pauses and extensions: {_JUDGED}"),
        Column("judged_766", _T, f"by Decision 766, second request is late: {_JUDGED}"),
        Column("judged_ledger", _T, f"ontime/v1 of the ledger: {_JUDGED}"),
        Column("working_days", _I, "counted from day zero to the end", True),
        Column("days_all", _I, "calendar days from receipt to the end, all in", True),
        Column("left_out_days", _I, "calendar days that the law leaves out"),
        Column("supplements", _I, "requests for papers after reception"),
        Column("extensions", _I, "apologies with a new date"),
        Column("reroutings", _I, "times it was sent to another agency"),
        Column("visits", _I, "guided visits that this slip closed"),
        Column("nudges", _I, "times the applicant asked where it is"),
        Column("result_electronic", _B, "an electronic result was issued"),
        Column("digitised", _B, "its papers were digitised at reception"),
        Column("fee_vnd", _I, "fee in đồng; 0 where none", False),
        Column("paid", _T, "none, cash, online; empty where nothing is known"),
        Column("rating", _I, "1 to 5", True, public=False),
        Column("imported", _B, "labelled history, not made here"),
        Column("demo", _B, "synthetic"),
    ),
)

LEFT_OUT = FactTable(
    "left_out",
    "one row for each interval that was not counted, with its paper",
    (
        Column("record", _T, "public id of the dossier", public=False),
        Column("ordinal", _I, "number of the interval in its dossier"),
        Column("unit", _T, "key of the competent agency, the last one"),
        Column("procedure", _T, "code of the procedure"),
        Column("kind", _T, "supplement, payment, tax_assessment, measuring, …"),
        Column("owner", _T, "whose time: applicant, or the body's name"),
        *_date("started", "the interval began"),
        *_date("ended", "the day that counts again"),
        Column("days", _I, "calendar days, the end not in", nullable=True),
        Column("stops", _B, "false: asked after the due day, stopped nothing"),
    ),
)

VISIT = FactTable(
    "visit",
    "one row for each person who came and left without a slip",
    (
        Column("record", _T, "public id of the visit", public=False),
        Column("unit", _T, "key of the agency whose desk it was"),
        Column("procedure", _T, "code of the procedure"),
        *_date("visited", "the day of the visit"),
        Column("missing", _I, "papers that were missing"),
        Column("closed", _B, "a slip followed within 30 days"),
    ),
)

TABLES = (DOSSIER, LEFT_OUT, VISIT)
