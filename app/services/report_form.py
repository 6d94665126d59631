"""What the clerk writes into a closing report."""

import datetime
from dataclasses import dataclass

STRENGTHS = (
    "Lớp học được tổ chức đúng kế hoạch, đúng đối tượng, bảo đảm nội dung, chương trình và thời "
    "gian theo quy định. Đội ngũ giảng viên chuẩn bị bài giảng chu đáo, gắn lý luận với thực tiễn "
    "địa phương. Đa số học viên có ý thức, thái độ học tập nghiêm túc."
)
LIMITATIONS = (
    "Một số chi bộ cử học viên chậm so với thời gian quy định; một số học viên còn đi học muộn, "
    "chưa tích cực trao đổi, thảo luận."
)
PROPOSALS = (
    "Đề nghị cấp ủy các chi bộ, đảng bộ cơ sở rà soát, cử học viên đúng đối tượng, đúng thời gian "
    "và tạo điều kiện để học viên tham gia học tập đầy đủ; tiếp tục theo dõi, giúp đỡ học viên "
    "vận dụng kiến thức đã học vào thực tiễn công tác."
)


@dataclass(frozen=True)
class ReportForm:
    """Number, day and narrative; three parts start from a usual sentence, to be edited."""

    number: str = ""
    signed_on: datetime.date | None = None
    strengths: str = STRENGTHS
    limitations: str = LIMITATIONS
    causes: str = ""
    lessons: str = ""
    proposals: str = PROPOSALS
    commendations: str = ""
