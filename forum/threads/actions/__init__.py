"""What people do in conversations, one family of verbs a module."""
