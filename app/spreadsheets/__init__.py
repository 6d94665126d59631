"""The only room that knows workbooks: reading rosters as they are sent, writing lists."""
