"""The figures for programs and for people."""

from collections.abc import Iterator

from app import dates, numbers
from app.services.statistics.figures import (
    Clash,
    ClassFigures,
    Statistics,
    Totals,
    YearFigures,
)


def as_json(figures: Statistics) -> dict[str, object]:
    """Return the figures under the names the registers use."""
    return {
        "totals": _totals(figures.totals),
        "per_class": [_class(one) for one in figures.classes],
        "per_year": {str(one.year): _year(one) for one in figures.years},
        "xung_dot_lich_giang": [_clash(one) for one in figures.clashes],
    }


def _totals(one: Totals) -> dict[str, int]:
    return {
        "so_lop": one.classes,
        "luot_hoc_vien": one.learners,
        "so_nguoi": one.people,
        "hoc_vien_trong_danh_ba": one.registered,
        "giang_vien_kiem_chuc": one.part_time_lecturers,
        "cbcc_cap_xa": one.commune_staff,
        "cbcc_co_hoc": one.commune_staff_taught,
        "gcn": one.certificates,
        "buoi_hoc": one.sessions,
        "ban_ghi_vang": one.absence_records,
        "luot_diem_danh": one.turns,
    }


def _class(one: ClassFigures) -> dict[str, object]:
    return {
        "lop_id": one.id,
        "ma_lop": one.code,
        "si_so": one.learners,
        "nu": one.women,
        "dan_toc_thieu_so": one.minorities,
        "dang_vien": one.party_members,
        "hoan_thanh": one.completed,
        "khong_hoan_thanh": one.not_completed,
        "xep_loai": one.bands,
        "vang_co_phep": one.excused,
        "vang_khong_phep": one.absent,
        "di_muon": one.late,
        "theo_don_vi": one.units,
        "dan_toc": one.ethnicities,
        "ty_le_chuyen_can_phan_tram": one.share_attended,
    }


def _year(one: YearFigures) -> dict[str, object]:
    return {
        "so_lop": one.classes,
        "luot_hoc_vien": one.learners,
        "so_nguoi": one.people,
        "hoan_thanh": one.completed,
        "gcn": one.certificates,
        "nu": one.women,
        "theo_chuong_trinh": one.programmes,
        "gio_giang": one.periods,
    }


def _clash(one: Clash) -> dict[str, object]:
    return {
        "giang_vien_id": one.lecturer_id,
        "ngay": one.held_on.isoformat(),
        "ca": one.half_day.label,
        "lop_buoi": [list(place) for place in one.sessions],
    }


def lines(figures: Statistics) -> Iterator[str]:
    """Return what a person reads: the whole, each year, each class, double bookings."""
    grouped, totals = numbers.grouped, figures.totals
    yield (
        f"Toàn bộ: {grouped(totals.classes)} lớp, {grouped(totals.sessions)} buổi học, "
        f"{grouped(totals.learners)} lượt học viên ({grouped(totals.people)} người), "
        f"{grouped(totals.certificates)} giấy chứng nhận."
    )
    yield (
        f"Danh bạ: {grouped(totals.registered)} học viên, trong đó {grouped(totals.commune_staff)} "
        f"cán bộ, công chức cấp xã ({grouped(totals.commune_staff_taught)} đã học); "
        f"{totals.part_time_lecturers} giảng viên kiêm chức."
    )
    yield (
        f"Điểm danh: {grouped(totals.turns)} lượt, "
        f"{grouped(totals.absence_records)} lượt vắng hoặc đi muộn."
    )
    for year in figures.years:
        yield from _year_lines(year)
    names = {one.id: one.title for one in figures.classes}
    yield from map(_class_line, figures.classes)
    for clash in figures.clashes:
        held = "; ".join(f"{names[key]} (buổi {number})" for key, number in clash.sessions)
        day = f"{clash.half_day.label.lower()} {dates.grid(clash.held_on)}"
        yield f"Trùng lịch giảng: {clash.lecturer}, {day}: {held}."


def _year_lines(one: YearFigures) -> Iterator[str]:
    grouped = numbers.grouped
    yield (
        f"Năm {one.year}: {one.classes} lớp, {grouped(one.learners)} lượt học viên "
        f"({grouped(one.people)} người, {grouped(one.women)} lượt nữ), "
        f"{grouped(one.completed)} lượt hoàn thành, {grouped(one.certificates)} giấy chứng nhận."
    )
    programmes = ", ".join(f"{code} {count}" for code, count in sorted(one.programmes.items()))
    yield f"  Chương trình: {programmes}."
    periods = ", ".join(f"{code} {count}" for code, count in sorted(one.periods.items()))
    yield f"  Số tiết giảng: {periods or 'chưa có'}."


def _class_line(one: ClassFigures) -> str:
    share = "–" if one.share_attended is None else f"{numbers.decimal(one.share_attended)} %"
    bands = ", ".join(f"{name} {count}" for name, count in one.bands.items())
    return (
        f"{one.code}: {one.learners} học viên ({one.women} nữ, {one.minorities} dân tộc thiểu số, "
        f"{one.party_members} đảng viên), hoàn thành {one.completed}"
        f"{f' ({bands})' if bands else ''}, chuyên cần {share}."
    )
