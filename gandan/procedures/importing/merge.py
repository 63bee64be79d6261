"""What the source says, laid over what we already hold.

Everyday names, search words, questions, steps and conditions are ours: an import
keeps them wherever the paper or case they belong to is still there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gandan.kernel.text import fold
from gandan.procedures.importing import portal
from gandan.procedures.importing.source import Kind, Row
from gandan.procedures.rules import Content, Draft, Limit, Paper
from gandan.procedures.rules.draft import LEVELS

SOURCE = "Cổng Dịch vụ công quốc gia"
# Fields whose dossiers tell of health, disability, children in care, criminal records:
# sensitive data of Law 91/2025/QH15. The class follows from the kind of procedure.
SENSITIVE_FIELDS = frozenset(
    {
        "bao tro xa hoi",
        "dan so, ba me - tre em",
        "ly lich tu phap",
        "nuoi con nuoi",
        "phong, chong te nan xa hoi",
        "to chuc cai nghien ma tuy va quan ly sau cai nghien",
        "tre em",
    }
)


def merged(current: Draft | None, rows: Mapping[Kind, Row]) -> Draft:
    first = next(iter(rows.values()))
    draft = current or Draft(
        code=first.code, name=portal.title(first.data["name"], first.code)
    )
    if row := rows.get("catalogue"):
        draft = _with_catalogue(draft, row.data)
    if row := rows.get("details"):
        draft = _with_details(draft, row.data, has_catalogue="catalogue" in rows)
    if row := rows.get("well_known"):
        groups = dict.fromkeys((*draft.groups, portal.one_line(row.data["group"])))
        draft = replace(draft, groups=tuple(g for g in groups if g))
    changed_by_source = current is not None and (
        replace(draft, groups=current.groups) != current
    )
    dates = [d for row in rows.values() if (d := row.data.get("as_of") or row.month)]
    if fold(draft.field) in SENSITIVE_FIELDS:
        draft = replace(draft, confidentiality="sensitive")
    return replace(
        draft,
        source=draft.source if current and not changed_by_source else SOURCE,
        source_date=max(dates, default=draft.source_date),
        reviewed=draft.reviewed and not changed_by_source,
    )


def _with_catalogue(draft: Draft, data: Mapping[str, Any]) -> Draft:
    return replace(
        draft,
        name=portal.title(data["name"], draft.code),
        field=portal.one_line(data["field"]),
        levels=_levels(data["levels"].split()),
        handled_by=data["handled_by"],
        kind=data["kind"],
        state=data.get("state", ""),
        promulgator=portal.one_line(data.get("promulgating_agency", "")),
        executing="; ".join(dict.fromkeys(_parts(data["executing_agencies"]))),
        subjects=_parts(data.get("subjects", "")),
        online_url=data.get("url", "") or draft.online_url,
    )


def _with_details(
    draft: Draft, record: Mapping[str, Any], *, has_catalogue: bool
) -> Draft:
    if not has_catalogue:
        draft = replace(
            draft,
            name=portal.title(record["name"], draft.code),
            field=portal.one_line(record.get("field") or "") or draft.field,
            levels=_levels(record["levels"]) or draft.levels,
            executing=portal.one_line(record.get("executing") or "") or draft.executing,
            subjects=_subjects(record["subjects"]) or draft.subjects,
            online_url=record.get("url") or draft.online_url,
        )
    return replace(
        draft,
        competent=portal.one_line(record.get("authority") or "") or draft.competent,
        decision_no=portal.one_line(record.get("decision_no") or ""),
        channels=portal.channels(record) or draft.channels,
        content=_content(draft.content, record),
    )


def _content(ours: Content, record: Mapping[str, Any]) -> Content:
    cases, limits = portal.times(record)
    if ours.limits and _times(ours.limits) == _times(limits):
        cases, limits = ours.cases, ours.limits
    papers, notes = portal.papers(record)
    known = {case.key for case in cases} | {""}
    return replace(
        ours,
        cases=cases,
        limits=limits,
        left_out=tuple(
            part if part.case in known else replace(part, case="")
            for part in ours.left_out
        ),
        papers=_papers(ours.papers, papers),
        notes=notes,
        fees=portal.fees(record),
        results=portal.results(record),
        basis=portal.basis(record),
        questions=tuple(
            q
            for q in ours.questions
            if q.decides != "case" or {o.value for o in q.options} <= known
        ),
        conduct=(record.get("steps") or "").strip(),
        conditions=(record.get("conditions") or "").strip(),
    )


def _times(limits: tuple[Limit, ...]) -> set[tuple[Any, ...]]:
    return {(limit.quantity, limit.unit) for limit in limits}


def _papers(ours: tuple[Paper, ...], new: tuple[Paper, ...]) -> tuple[Paper, ...]:
    by_name = {fold(paper.name): paper for paper in ours}
    kept = []
    used: set[str] = set()
    for paper in new:
        old = by_name.get(fold(paper.name))
        if old is None or old.key in used:
            kept.append(paper)
            continue
        used.add(old.key)
        kept.append(replace(old, original=paper.original, copies=paper.copies))
    return tuple(kept)


def _levels(names: list[str]) -> tuple[str, ...]:
    return tuple(level for level in LEVELS if level in names)


def _parts(text: str) -> tuple[str, ...]:
    """Subjects stand in one field; a comma inside brackets or words parts nothing."""
    return tuple(filter(None, (portal.one_line(part) for part in text.split(";"))))


def _subjects(names: list[str]) -> tuple[str, ...]:
    """The crawl split «Cán bộ, công chức, viên chức» at its commas."""
    whole = "; ".join(map(portal.one_line, names)).replace(
        "Cán bộ; công chức; viên chức", "Cán bộ, công chức, viên chức"
    )
    return _parts(whole)
