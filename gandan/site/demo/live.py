"""About four hundred dossiers made by the actions, one by one, in every state.

Nothing is written past the actions: a dossier that the system could not have made is
not in the demo. Each is a short story told at times before the demo's day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused
from gandan.kernel.actors import Actor
from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.localtime import at_local
from gandan.places import queries as places
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.rules import LimitUnclear
from gandan.site.demo.cast import Crew
from gandan.site.demo.names import invented

BIRTH, LAND, HOUSEHOLD = "1.001193", "1.013978", "1.001612"
VILLAGES = ("Nà Lũng", "Bản Giới", "Lũng Mười", "Pác Rằng", "Cốc Lùng", "Khuổi Sáp")
POSTING, PAYMENT = "public_posting", "payment"
ELSEWHERE = "Hồ sơ thuộc thẩm quyền của Công an xã (minh họa)."

Story = Callable[["Teller", Dossier, Crew, datetime], None]


@dataclass(slots=True)
class Teller:
    """Tells stories up to the demo's day and never past it."""

    today: date
    draw: Random
    crews: dict[str, Crew]
    versions: dict[str, ProcedureVersion]
    calendar: WorkCalendar
    made: dict[str, list[str]] = field(default_factory=dict)

    # --- days ---------------------------------------------------------------------

    def working_day(self, back: int) -> date:
        """The day `back` working days before the demo's day."""
        day = self.today
        while back or not self.calendar.is_working_day(day):
            day -= timedelta(days=1)
            if self.calendar.is_working_day(day):
                back -= 1
        return day

    def after(self, at: datetime, days: int) -> datetime:
        """The same hour, so many working days later; never past the demo's day."""
        day = at.date()
        for _ in range(days):
            day = self.calendar.next_working_day(day)
        moment = at.timetz().replace(tzinfo=None)
        return at_local(min(day, self.today), moment)

    def moment(self, day: date) -> datetime:
        hour = self.draw.choice((8, 9, 10, 14, 15))
        return at_local(day, time(hour, self.draw.randrange(60)))

    # --- people and papers ------------------------------------------------------------

    def parties(self) -> tuple[actions.PartyIn, ...]:
        name, sex = invented(self.draw)
        telephone = (
            f"09{self.draw.randrange(10**8):08}" if self.draw.random() < 0.8 else ""
        )
        owner = actions.PartyIn(
            role="owner",
            full_name=name,
            sex=sex,
            born_year=self.draw.randrange(1950, 2004),
            telephone=telephone,
            fingerprint=self.draw.random() < 0.05,
        )
        if self.draw.random() < 0.15:
            helper, _sex = invented(self.draw)
            return (owner, actions.PartyIn(role="bringer", full_name=helper))
        return (owner,)

    def papers(self, version: ProcedureVersion) -> tuple[actions.PaperIn, ...]:
        return tuple(
            actions.PaperIn(
                key=paper.key,
                name=paper.name,
                originals=paper.original,
                copies=paper.copies,
            )
            for paper in version.papers()[:5]
        )

    def opening(
        self, crew: Crew, code: str, *, case: str = "", channel: str = "counter"
    ) -> actions.Opening:
        version = self.versions[code]
        return actions.Opening(
            procedure=version,
            competent=crew.committee,
            received_by=crew.desk,
            parties=self.parties(),
            place=places.directory().places[crew.committee.place_id],
            village=f"Xóm {self.draw.choice(VILLAGES)}",
            case=case,
            channel=channel,
            papers=self.papers(version),
            demo=True,
        )

    def receive(
        self, crew: Crew, code: str, at: datetime, case: str = ""
    ) -> Dossier | None:
        """Received at the counter; None where the law's time needs an officer."""
        try:
            receipt = actions.open_and_receive(
                self.opening(crew, code, case=case), by=crew.counter, at=at
            )
        except (MoveRefused, LimitUnclear):
            return None
        return receipt.dossier

    def note(self, name: str, dossier: Dossier) -> None:
        self.made.setdefault(name, []).append(str(dossier.public_id))


# --- stories: each brings a received dossier to where it stands today ---------------


def _taken_up(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    actions.take_up(dossier_id=d.pk, by=c.specialist, at=t.after(at, 1))


def waiting_to_be_taken_up(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    """Received, and nobody has opened it yet."""


def in_process(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    _taken_up(t, d, c, at)


def to_sign(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    _taken_up(t, d, c, at)
    actions.pass_on(
        dossier_id=d.pk,
        step="sign",
        name="Trình ký",
        role="signatory",
        by=c.specialist,
        at=t.after(at, 2),
    )


def waiting_for_papers(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    _taken_up(t, d, c, at)
    actions.ask_supplement(
        dossier_id=d.pk,
        wanted=wanted(d),
        bring_by=t.after(at, 12).date(),
        by=c.specialist,
        at=t.after(at, 1),
    )


def papers_came(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    waiting_for_papers(t, d, c, at)
    actions.take_papers(dossier_id=d.pk, by=c.counter, at=t.after(at, 4))


def left_out(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    """Paused by time the law leaves out, with its paper."""
    _taken_up(t, d, c, at)
    rows = [r for r in d.procedure.left_out() if r.kind not in ("supplement", PAYMENT)]
    chosen = rows[0]
    actions.open_left_out(
        dossier_id=d.pk,
        kind=chosen.kind,
        owner=str(chosen.owner.get("vi", "")),
        paper="Thông báo 15/TB-UBND (minh họa)",
        limit_on=t.after(at, 11).date(),
        by=c.specialist,
        at=t.after(at, 2),
    )


def waiting_for_payment(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    _taken_up(t, d, c, at)
    actions.ask_payment(
        dossier_id=d.pk,
        paper="Thông báo nộp tiền 07/TB (minh họa)",
        amount_vnd=120_000,
        by=c.specialist,
        at=t.after(at, 2),
    )


def apologised(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    _taken_up(t, d, c, at)
    d.refresh_from_db()
    assert d.due_on is not None
    new_due = d.due_on
    for _ in range(7):
        new_due = t.calendar.next_working_day(new_due)
    day_before = min(d.due_on - timedelta(days=1), t.today)
    actions.apologise(
        dossier_id=d.pk,
        reason="Chờ kết quả đo đạc, phải kiểm tra thực địa lại (minh họa).",
        new_due=new_due,
        by=c.signatory,
        at=at_local(max(day_before, at.date()), time(16, 30)),
    )


def asked_to_withdraw(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    actions.ask_withdrawal(dossier_id=d.pk, by=c.counter, at=t.after(at, 1))


def withdrawn(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    asked_to_withdraw(t, d, c, at)
    actions.grant_withdrawal(dossier_id=d.pk, by=c.head, at=t.after(at, 2))


def stopped(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    _taken_up(t, d, c, at)
    actions.stop(
        dossier_id=d.pk,
        reason="Thửa đất đang có tranh chấp do Tòa án thụ lý (minh họa).",
        by=c.signatory,
        at=t.after(at, 3),
    )


def refused(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    _taken_up(t, d, c, at)
    actions.refuse(
        dossier_id=d.pk,
        reason="Không đủ điều kiện theo quy định (minh họa).",
        by=c.signatory,
        at=t.after(at, 2),
    )


def done(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    """On the next working day; one in sixteen two days after that, which is late for a
    birth. No dice: they would change every record after it."""
    _taken_up(t, d, c, at)
    days = 3 if at.minute % 16 == 0 else 1
    when = t.after(at, days)
    actions.decide(dossier_id=d.pk, by=c.signatory, at=when, electronic=True)


def handed_over(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    done(t, d, c, at)
    actions.hand_over(dossier_id=d.pk, by=c.counter, at=t.after(at, 4))


def late(t: Teller, d: Dossier, c: Crew, at: datetime) -> None:
    """Past due on the demo's day: the card for those who ask where it is."""
    _taken_up(t, d, c, at)


def wanted(d: Dossier) -> list[dict[str, str]]:
    papers = d.procedure.papers()
    if not papers:
        return [{"key": "other-1", "name": "Giấy tờ chứng minh nơi cư trú", "why": ""}]
    return [{"key": papers[0].key, "name": papers[0].name, "why": "bản chụp mờ"}]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many, of which procedures, received how long ago in working days."""

    name: str
    story: Story
    count: int
    codes: tuple[str, ...]
    back: tuple[int, int]
    case: str = ""


# Shares are ours; what matters is that every state is there and land is many.
PLANS = (
    Plan("taken_up_soon", waiting_to_be_taken_up, 30, (), (0, 0)),
    Plan("land_received", waiting_to_be_taken_up, 18, (LAND,), (0, 1), "registration"),
    Plan("in_process", in_process, 60, (LAND,), (3, 14), "registration"),
    Plan("to_sign", to_sign, 20, (LAND,), (9, 15), "registration"),
    Plan("waiting_for_papers", waiting_for_papers, 14, (LAND,), (3, 8), "registration"),
    Plan("papers_came", papers_came, 8, (LAND,), (8, 14), "registration"),
    Plan("left_out", left_out, 8, (LAND,), (4, 9), "registration"),
    Plan(
        "waiting_for_payment", waiting_for_payment, 6, (LAND,), (6, 9), "registration"
    ),
    Plan("apologised", apologised, 8, (LAND,), (15, 16), "registration"),
    Plan("asked_to_withdraw", asked_to_withdraw, 4, (LAND,), (4, 8), "registration"),
    Plan("withdrawn", withdrawn, 5, (LAND,), (9, 20), "registration"),
    Plan("stopped", stopped, 5, (LAND,), (9, 20), "registration"),
    Plan("refused", refused, 6, (LAND, BIRTH), (9, 20), ""),
    Plan("done", done, 40, (BIRTH, HOUSEHOLD), (2, 6)),
    Plan("handed_over", handed_over, 150, (BIRTH, HOUSEHOLD), (4, 45)),
    Plan("late", late, 10, (LAND,), (19, 26), "registration"),
)


def tell(teller: Teller, plans: tuple[Plan, ...] = PLANS) -> Iterator[int]:
    """Make the dossiers; yields how many exist after each."""
    crews = [crew for crew in teller.crews.values() if _is_commune(crew)]
    total = 0
    for plan in plans:
        made = 0
        while made < plan.count:
            crew = crews[(total * 7 + made) % len(crews)]
            codes = plan.codes or (BIRTH, HOUSEHOLD)
            code = teller.draw.choice(codes)
            back = teller.draw.randint(*plan.back)
            at = teller.moment(teller.working_day(back))
            case = plan.case if code == LAND else ""
            if code == LAND and not case:
                case = "registration"
            dossier = teller.receive(crew, code, at, case)
            if dossier is None:
                raise LookupError(f"{code} cannot be received without an officer")
            plan.story(teller, dossier, crew, at)
            teller.note(plan.name, dossier)
            made += 1
            total += 1
            yield total


def _is_commune(crew: Crew) -> bool:
    place = places.directory().places[crew.committee.place_id]
    return place.level == "commune"


def before_reception(teller: Teller) -> Iterator[int]:
    """Filed online, sent back, rejected, and parked at a counter."""
    crews = [crew for crew in teller.crews.values() if _is_commune(crew)]
    nobody = Actor(kind="citizen", id="", user_id=None)
    for number in range(24):
        crew = crews[(number * 5) % len(crews)]
        at = teller.moment(teller.working_day(number % 2))
        if number % 6 == 5:
            parked = actions.draft(
                teller.opening(crew, BIRTH), by=crew.counter, at=at, parked=True
            )
            teller.note("parked", parked)
            yield number
            continue
        filed = actions.submit(teller.opening(crew, BIRTH), by=nobody, at=at).dossier
        if number % 6 == 3:
            actions.send_back(
                dossier_id=filed.pk, wanted=wanted(filed), by=crew.counter, at=at
            )
            teller.note("sent_back", filed)
        elif number % 6 == 4:
            actions.reject(
                dossier_id=filed.pk,
                reason=ELSEWHERE,
                by=crew.counter,
                at=at,
            )
            teller.note("rejected", filed)
        else:
            teller.note("submitted", filed)
        yield number


def visits(teller: Teller) -> Iterator[int]:
    """People who left without a slip, at a few desks, this week."""
    crews = [crew for crew in teller.crews.values() if _is_commune(crew)][:8]
    for number in range(24):
        crew = crews[number % len(crews)]
        version = teller.versions[teller.draw.choice((BIRTH, LAND, HOUSEHOLD))]
        missing = [{"key": p.key, "name": p.name} for p in version.papers()[:2]]
        actions.guide_visit(
            desk=crew.desk,
            procedure=version,
            missing=missing,
            by=crew.counter,
            at=teller.moment(teller.working_day(number % 5)),
        )
        yield number


def _of_department(teller: Teller, crew: Crew) -> list[ProcedureVersion]:
    """Procedures whose deciding body the source names like this department."""
    short = crew.committee.short_name or crew.committee.name
    found = []
    for version in teller.versions.values():
        named = short in version.competent or short in version.executing
        if not named or "province" not in version.levels:
            continue
        limits = version.limits()
        if len(limits) == 1 and limits[0].allowance is not None:
            found.append(version)
    return found[:6]


def departments(teller: Teller) -> Iterator[int]:
    """A few dossiers at each department whose procedures are in the catalogue."""
    number = 0
    for crew in teller.crews.values():
        if _is_commune(crew):
            continue
        for version in _of_department(teller, crew):
            number += 1
            at = teller.moment(teller.working_day(1 + number % 4))
            dossier = teller.receive(crew, version.code, at)
            if dossier is None:
                continue
            if number % 3:
                in_process(teller, dossier, crew, at)
            teller.note("department", dossier)
            yield number
