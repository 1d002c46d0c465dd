"""Search among the questions that authors wrote for a topic, and the texts that answer them."""
