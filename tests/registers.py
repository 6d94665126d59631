"""A small set of old registers, and ways to spoil it."""

import csv
from pathlib import Path

from app.database import Database
from app.services import registers
from app.services.registers import LoadReport
from app.spreadsheets.registers.reading import read_registers

SET = Path(__file__).parent / "data" / "binhgia"
CENTRE = "Trung tâm Bồi dưỡng chính trị huyện Bình Gia"
CENTRE_LATER = "Trung tâm Chính trị huyện Bình Gia"

SMALL = {
    "don_vi.csv": ["id,ten,loai", "1,Xã Hưng Đạo,xa", "2,Phòng Nội vụ,co_quan"],
    "giang_vien.csv": [
        "id,ma,ho_ten,gioi_tinh,ngay_sinh,dan_toc,chuc_vu,hoc_vi,ly_luan,loai,dien_thoai",
        "1,GV01,Hoàng Huy,Nam,1984-12-26,Tày,Phó Bí thư,Thạc sĩ,Cao cấp,giang_vien_kiem_chuc,"
        "0937187025",
        "2,GV02,Hà Văn Đạt,Nam,,Tày,Chánh Văn phòng,Đại học,Cao cấp,giang_vien_moi,",
    ],
    "chuong_trinh.csv": [
        "ma,ten,so_ngay,so_buoi,doi_tuong",
        "PN,Bồi dưỡng công tác Hội Liên hiệp Phụ nữ,1,2,nu",
        "NTVD,Bồi dưỡng nhận thức về Đảng (đối tượng kết nạp Đảng),1,2,quan_chung",
    ],
    "lop.csv": [
        "id,ma_lop,ten_lop,ma_chuong_trinh,nam,so_quyet_dinh,ngay_quyet_dinh,khai_giang,be_giang,"
        "so_buoi,dia_diem,ten_trung_tam,chu_nhiem_id,si_so",
        "7,PN01-2018,Bồi dưỡng công tác Hội Liên hiệp Phụ nữ khóa 1 năm 2018,PN,2018,127-QĐ/HU,"
        f"2018-01-04,2018-01-23,2018-01-23,2,Hội trường,{CENTRE},1,3",
        "9,NTVD01-2020,Nhận thức về Đảng khóa 1 năm 2020,NTVD,2020,155-QĐ/HU,2020-03-08,"
        f"2020-03-16,2020-03-16,2,Nhà văn hóa,{CENTRE_LATER},2,2",
    ],
    "lich_hoc.csv": [
        "lop_id,buoi,ngay,ca,chuyen_de,giang_vien_id,so_tiet",
        "7,1,2018-01-23,Sáng,Chuyên đề 1,1,5",
        "7,2,2018-01-23,Chiều,Chuyên đề 2,2,4",
        "9,1,2020-03-16,Sáng,Lịch sử Đảng,1,5",
        "9,2,2020-03-16,Chiều,Lịch sử Đảng,1,5",
    ],
    "hoc_vien.csv": [
        "id,ma_hv,ho_ten,ngay_sinh,gioi_tinh,dan_toc,cccd,dien_thoai,don_vi,chuc_vu,loai,"
        "ngay_vao_dang,trinh_do_cm,trinh_do_ll",
        "11,HV01,Triệu Thị Hiền,1983-08-06,Nữ,Nùng,020183262675,0822796271,Xã Hưng Đạo,Bí thư,"
        "can_bo,2011-06-18,THPT,Sơ cấp",
        "12,HV02,Dương Mùi Phậy,1964-03-04,Nữ,Dao,020164635769,,Xã Hưng Đạo,Văn phòng,cong_chuc,"
        "2018-01-24,Cao đẳng,",
        "13,HV03,Lương Thị Lan,1977-07-20,Nữ,Kinh,020077186363,,Phòng Nội vụ,Chuyên viên,cap_huyen,"
        ",Đại học,",
        "14,HV04,Lý Văn Đại,1990,Nam,Tày,020090000014,,Xã Hưng Đạo,Thôn đội,khong_chuyen_trach,,,",
    ],
    "dang_ky.csv": [
        "lop_id,hoc_vien_id,stt,don_vi_luc_hoc,chuc_vu_luc_hoc,so_buoi,vang_co_phep,"
        "vang_khong_phep,di_muon,diem,xep_loai,ket_qua,so_gcn",
        "7,11,1,Xã Hưng Đạo,Phó Chủ tịch,2,0,0,1,8.5,Giỏi,hoan_thanh,0001/2018",
        "7,12,2,Xã Hưng Đạo,Văn phòng,2,0,0,0,6,Trung bình,hoan_thanh,0002/2018",
        "7,13,3,Phòng Nội vụ,Chuyên viên,2,1,1,0,,,khong_hoan_thanh,",
        "9,13,1,Phòng Nội vụ,Chuyên viên,2,0,0,0,4.5,,khong_hoan_thanh,",
        "9,14,2,Xã Hưng Đạo,Thôn đội,2,0,0,0,7,Khá,hoan_thanh,0001/2020",
    ],
    "diem_danh_vang.csv": [
        "lop_id,buoi,hoc_vien_id,ma",
        "7,1,11,M",
        "7,1,13,K",
        "7,2,13,P",
    ],
    "chung_nhan.csv": [
        "so_gcn,so_vao_so,lop_id,hoc_vien_id,ngay_cap,xep_loai",
        "0001/2018,1,7,11,2018-01-23,Giỏi",
        "0002/2018,2,7,12,2018-01-23,Trung bình",
        "0001/2020,1,9,14,2020-03-16,Khá",
    ],
}


def write(folder: Path) -> Path:
    """Write the small set."""
    folder.mkdir(exist_ok=True)
    for name, lines in SMALL.items():
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def change(folder: Path, name: str, line: int, **cells: str) -> None:
    """Put other values into one line of a file; the header is line 1."""
    rows = list(csv.reader((folder / name).read_text("utf-8").splitlines()))
    for column, value in cells.items():
        rows[line - 1][rows[0].index(column)] = value
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def add(folder: Path, name: str, line: str) -> None:
    """Write one more line at the end of a file."""
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def load(opened: Database, folder: Path) -> LoadReport:
    """Take a set into a file, as one act."""
    with opened.writing("Nạp sổ cũ") as db:
        return registers.load(db, read_registers(folder))
