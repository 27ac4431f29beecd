"""Real servers for the tests: started when a test asks, stopped with the session."""
