"""One definition of a form gives the web pages, the counter screen and the PDF."""
