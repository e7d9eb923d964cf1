"""What is printed: a module for each kind of document, and the typesetter that makes PDF files of them."""
