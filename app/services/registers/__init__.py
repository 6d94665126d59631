"""A centre's old registers taken into its file: what is new, what is known, what is refused."""

from app.services.registers.loading import LoadReport, PartCount, check, load

__all__ = ["LoadReport", "PartCount", "check", "load"]
