"""«Việc của tôi»: every official's list, and a leader's lines on a phone."""
