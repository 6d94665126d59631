"""From a damaged, missing or replaced centre file back to a working one."""
