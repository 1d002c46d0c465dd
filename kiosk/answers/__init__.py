"""Follow-up questions: answered from the library, or declined; nothing drawn, nothing kept."""
