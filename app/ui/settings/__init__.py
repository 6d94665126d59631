"""Settings: the first run, the centre, who signs, the programme catalogue."""
