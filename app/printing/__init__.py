"""Papers: frozen plain data in, PDF bytes out; the only room that knows ReportLab."""
