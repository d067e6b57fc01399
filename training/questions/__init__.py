"""What a question is, how it is read and written, how an answer is read and graded. Nothing here touches the database."""
