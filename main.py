"""Sổ Lớp: starts the window, or one headless command."""

from app.startup import run

if __name__ == "__main__":
    raise SystemExit(run())
