"""Reading what we are sent: accepted or refused with its reason, nothing dropped."""
